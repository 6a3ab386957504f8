/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of microexpr-train, an argument a line: taken, or refused with an error in
 * words. */
#include "fuzz.h"

#include "train/course.h"
#include "train/faces.h"
#include "train/items.h"
#include "train/settings.h"

#include <string.h>

/* Those that end the process, and those of GStreamer, which may. */
static gboolean
ends (const char *argument)
{
  return g_str_has_prefix (argument, "--gst") || strstr (argument, "help") ||
         strstr (argument, "version") ||
         (argument[0] == '-' && argument[1] != '-' && strpbrk (argument, "hV?"));
}

/* The arguments after the name of the program. */
static char **
split (const char *text)
{
  GPtrArray *arguments = g_ptr_array_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", 16);

  g_ptr_array_add (arguments, g_strdup ("microexpr-train"));
  for (char **line = lines; *line; line++)
    if (!ends (*line))
      g_ptr_array_add (arguments, g_strdup (*line));
  g_ptr_array_add (arguments, NULL);
  return (char **)g_ptr_array_free (arguments, FALSE);
}

/* GLib quotes options and numbers as they are. */
static gboolean
is_from_glib (const GError *error)
{
  return error->domain == G_OPTION_ERROR && error->code != G_OPTION_ERROR_FAILED;
}

/* What was taken can be drawn from. */
static void
check (const TrainSettings *settings)
{
  g_autoptr (GArray) items = NULL;

  g_assert_nonnull (settings->output);
  g_assert_nonnull (settings->language);
  g_assert_cmpuint (settings->n_faces, >=, TRAIN_FEWEST_FACES);
  g_assert_cmpuint (settings->n_faces, <=, TRAIN_BUILT_IN_FACES);
  items = train_items_draw (settings->n_faces, settings->contempt, settings->seed);
  g_assert_cmpuint (items->len, >, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_auto (GStrv) arguments = split (text);
  g_autofree char **left = g_memdup2 (arguments, (g_strv_length (arguments) + 1) * sizeof (char *));
  int n = (int)g_strv_length (arguments);
  g_autoptr (GError) error = NULL;
  TrainSettings settings;
  gboolean good = train_settings_parse (&settings, &n, &left, &error);

  g_assert_true (good == (error == NULL));
  g_assert_true (good || is_from_glib (error) || g_utf8_validate (error->message, -1, NULL));
  if (good)
    check (&settings);
  train_settings_clear (&settings);
  return 0;
}
