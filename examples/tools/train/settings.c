/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of microexpr-train. */
#include "settings.h"

#include <gst/gst.h>
#include <stdlib.h>
#include <string.h>

#include "shared/page-file.h"
#include "faces.h"

#define SUMMARY                                                                                    \
  "Writes a page that trains people to recognize micro-expressions: a test, lessons, practice\n"   \
  "that adapts to the learner, a second test on other faces, and statistics. The expressions\n"    \
  "are synthetic and their action units are known. The page opens in any browser with a double\n"  \
  "click, makes no network requests and keeps the results in the browser."

#define DESCRIPTION                                                                                \
  "Photographs for --photos must show one frontal face at rest, with the mouth closed and at\n"    \
  "least 100 pixels between the eyes; those with several faces, a smile, an open mouth or\n"       \
  "closed eyes are refused, each with the reason. The people shown must consent: their faces\n"    \
  "make every expression, and the page contains the photographs. At least three are required;\n"   \
  "of four, two are for practice and one for each test; eight are as good as the built-in\n"       \
  "faces, which are composites and show no real person.\n"                                         \
  "\n"                                                                                             \
  "--check plays every item to microexpr for 100, 250 and 500 ms, prints what it found next\n"     \
  "to what was intended, and adds both to the page.\n"                                             \
  "\n"                                                                                             \
  "Training of this kind makes people better at such items. It does not make anybody better\n"     \
  "at detecting lies: the page says what is known, with sources.\n"                                \
  "\n"                                                                                             \
  "Examples:\n"                                                                                    \
  "  microexpr-train\n"                                                                            \
  "  microexpr-train -o course.html --seed=7 --language=de --check\n"                              \
  "  microexpr-train --photos=faces/ --photos=one-more.jpg\n"                                      \
  "\n"                                                                                             \
  "Exit status: 0 if the page was written; 1 if it was not; 2 if it was written, but --check\n"    \
  "found that microexpr reads fewer than nine in ten items as intended.\n"

static const char *const languages[] = { "auto", "en", "de", "tr", NULL };

static gboolean
check_language (const char *language, GError **error)
{
  char *all;

  if (g_strv_contains (languages, language))
    return TRUE;
  all = g_strjoinv (", ", (char **)languages);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--language=%s: must be one of %s",
      language, all);
  g_free (all);
  return FALSE;
}

static gboolean
check_faces (gint faces, gboolean photos, GError **error)
{
  if (photos && faces >= 0)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--faces is a number of built-in faces, --photos replaces them: choose one");
  else if (!photos && faces >= 0 && (faces < TRAIN_FEWEST_FACES || faces > TRAIN_BUILT_IN_FACES))
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--faces=%d: must be %d to %d",
        faces, TRAIN_FEWEST_FACES, TRAIN_BUILT_IN_FACES);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check (
    const TrainSettings *settings, gint faces, gint64 seed, int argc, char **argv, GError **error)
{
  if (argc > 1) {
    char *shown = g_filename_display_name (argv[1]);
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
        "%s: pass photographs as --photos=%s", shown, shown);
    g_free (shown);
    return FALSE;
  }
  if (seed < 0 || seed > G_MAXUINT32) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        "--seed=%" G_GINT64_FORMAT ": must be 0 to %u", seed, G_MAXUINT32);
    return FALSE;
  }
  return check_language (settings->language, error) &&
         check_faces (faces, settings->photos != NULL, error) &&
         app_page_check_output (settings->output, error);
}

gboolean
train_settings_parse (TrainSettings *settings, int *argc, char ***argv, GError **error)
{
  gboolean version = FALSE, good;
  gint faces = -1;
  gint64 seed = 1;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &settings->output,
        "Page to write [trainer.html here]", "FILE" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Random seed that selects the items [1]", "NUMBER" },
    { "photos", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &settings->photos,
        "Your own photographs in place of the built-in faces; can be repeated", "FILE|FOLDER" },
    { "faces", 0, 0, G_OPTION_ARG_INT, &faces,
        "Number of built-in faces, 3 to 8; fewer make a smaller page [8]", "NUMBER" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &settings->language,
        "Initial language of the page: en, de, tr, or auto for that of the browser [auto]",
        "LANGUAGE" },
    { "contempt", 0, 0, G_OPTION_ARG_NONE, &settings->contempt,
        "Also teach contempt, a one-sided AU12 or AU14", NULL },
    { "check", 0, 0, G_OPTION_ARG_NONE, &settings->check,
        "Play every item to microexpr and show what it found next to the truth", NULL },
    { "no-key", 0, 0, G_OPTION_ARG_NONE, &settings->no_key,
        "Leave the answer key out of the page, for learners who would look", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Print the version and exit", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GOptionContext *context = g_option_context_new (NULL);

  memset (settings, 0, sizeof *settings);
  g_option_context_set_summary (context, SUMMARY);
  g_option_context_set_description (context, DESCRIPTION);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  good = g_option_context_parse (context, argc, argv, error);
  g_option_context_free (context);
  if (good && version) {
    g_print ("microexpr-train %s\n", VERSION);
    exit (EXIT_SUCCESS);
  }

  if (!settings->output)
    settings->output = g_strdup ("trainer.html");
  if (!settings->language)
    settings->language = g_strdup (languages[0]);
  settings->seed = (guint32)seed;
  settings->n_faces = faces >= 0 ? (guint)faces : TRAIN_BUILT_IN_FACES;
  return good && check (settings, faces, seed, *argc, *argv, error);
}

void
train_settings_clear (TrainSettings *settings)
{
  g_clear_pointer (&settings->output, g_free);
  g_clear_pointer (&settings->language, g_free);
  g_clear_pointer (&settings->photos, g_strfreev);
}
