/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line of microexpr-review. */
#include "settings.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "shared/page-file.h"

#define SUMMARY                                                                                    \
  "Finds the facial expressions in a recording and writes a single HTML page for reviewing\n"      \
  "them: the video beside a timeline of facial motion, and a table of the events with\n"           \
  "pictures of onset and apex. You accept, reject or relabel the events and export them as\n"      \
  "JSON, CSV or ELAN. The page opens in any browser with a double click and makes no network\n"    \
  "requests. Of a folder, every recording gets its page, and review.html lists them, with the\n"   \
  "totals and your progress."

#define DESCRIPTION                                                                                 \
  "Ctrl-C ends the current step: the analysis, the pictures, or the copy of the video. The\n"       \
  "page then contains what was finished.\n"                                                         \
  "\n"                                                                                              \
  "The page links to the recording by a relative path: do not move one without the other.\n"        \
  "With --video=embed the page contains the video. Most browsers play H.264 in MP4, and VP8,\n"     \
  "VP9 and AV1 in WebM; for anything else, --transcode writes a copy beside the page, or into\n"    \
  "it.\n"                                                                                           \
  "\n"                                                                                              \
  "Of a folder, each file with a name like interview.mp4 is a recording. One that cannot be read\n" \
  "does not stop the others. Ctrl-C leaves out those that come after.\n"                            \
  "\n"                                                                                              \
  "Examples:\n"                                                                                     \
  "  microexpr-review interview.mp4\n"                                                              \
  "  microexpr-review -o reports/interview.html --kinds=micro+macro+blink interview.mp4\n"          \
  "  microexpr-review -o pages recordings/\n"                                                       \
  "  microexpr-review --transcode=webm --video=embed clinic.avi\n"                                  \
  "  microexpr-review --no-pictures --video=none --interpretation=action-units interview.mp4\n"     \
  "\n"                                                                                              \
  "Exit status: 0 if the page was written, also after Ctrl-C; 1 if it was not, or if the\n"         \
  "recording, or one of a folder, could not be read to its end.\n"

/* Words of an option, in the order of its enum. */
static const char *const videos[] = { "link", "embed", "none", NULL };
static const char *const formats[] = { "no", "webm", "mp4", NULL };

/* Options that stand for a property of microexpr. */
typedef struct
{
  const char *name, *help, *argument;
  const char *fallback; /* NULL: that of microexpr */
  char *value;          /* owned */
} PropertyOption;

static const PropertyOption property_options[] = {
  { "kinds", "Kinds of events: micro, macro, blink [micro+macro]", "KINDS", "micro+macro", NULL },
  { "interpretation", "emotions, or action-units to infer and show no emotion [emotions]", "HOW",
      NULL, NULL },
  { "sensitivity", "0.1 to 10; higher values detect weaker motion and more false positives [1]",
      "NUMBER", NULL, NULL },
  { "min-confidence", "0 to 1; leave out events with a lower confidence [0.5]", "NUMBER", NULL,
      NULL },
  { "candidate-confidence", "0 to 1; keep those from this confidence on as candidates [1: none]",
      "NUMBER", NULL, NULL },
};

#define N_PROPERTY_OPTIONS G_N_ELEMENTS (property_options)

const char *
review_transcode_suffix (ReviewTranscode format)
{
  return formats[format];
}

/* Index of the word; 0 for NULL. */
static gboolean
choose (
    const char *option, const char *word, const char *const *words, guint *chosen, GError **error)
{
  char *all;

  *chosen = 0;
  for (guint i = 0; word && words[i]; i++)
    if (g_str_equal (word, words[i])) {
      *chosen = i;
      return TRUE;
    }
  if (!word)
    return TRUE;
  all = g_strjoinv (", ", (char **)words);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--%s=%s: must be one of %s",
      option, word, all);
  g_free (all);
  return FALSE;
}

/* The default path of the page: in the current directory, named after the recording. */
static char *
default_output (const char *recording)
{
  char *name = g_path_get_basename (recording), *dot = strrchr (name, '.'), *output;

  if (dot && dot != name)
    *dot = '\0';
  output = g_strconcat (name, ".review.html", NULL);
  g_free (name);
  return output;
}

static gboolean
check (const ReviewSettings *settings, GError **error)
{
  const char *problem = NULL;

  if (!settings->pictures &&
      (settings->video == REVIEW_VIDEO_EMBED || settings->format != REVIEW_TRANSCODE_NO))
    problem = "--no-pictures writes no image of a face: use --video=link or --video=none, and no "
              "--transcode";
  else if (settings->video == REVIEW_VIDEO_NONE && settings->format != REVIEW_TRANSCODE_NO)
    problem = "--transcode makes a video for the page, but --video=none leaves it out: choose one";
  if (problem)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, problem);
  return !problem;
}

/* The file or the folder to analyze. */
static gboolean
parse_recording (ReviewSettings *settings, char **arguments, GError **error)
{
  GFile *file;

  if (!arguments || g_strv_length (arguments) != 1) {
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
        "one recording or one folder, please: microexpr-review [OPTION...] RECORDING");
    return FALSE;
  }
  file = g_file_test (arguments[0], G_FILE_TEST_EXISTS) /* its name may look like a URI */
             ? g_file_new_for_path (arguments[0])
             : g_file_new_for_commandline_arg (arguments[0]);
  settings->recording = g_file_get_path (file);
  g_object_unref (file);
  if (settings->recording && g_file_test (settings->recording, G_FILE_TEST_IS_DIR))
    settings->folder = g_steal_pointer (&settings->recording);
  else if (!settings->recording || !g_file_test (settings->recording, G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s: no such file", arguments[0]);
    return FALSE;
  }
  return TRUE;
}

/* Where to write. For a folder --output is a folder, too, which is made when there is none; the
 * index is in it. */
static gboolean
find_output (ReviewSettings *settings, GError **error)
{
  char *folder;

  if (settings->folder) {
    folder = settings->output ? settings->output : g_strdup (".");
    if (!g_file_test (folder, G_FILE_TEST_EXISTS))
      g_mkdir (folder, 0777); /* what stands in the way is said below */
    if (!g_file_test (folder, G_FILE_TEST_IS_DIR)) {
      settings->output = folder;
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR,
          "--output=%s: of a folder, this has to be a folder for the pages", folder);
      return FALSE;
    }
    settings->output = g_build_filename (folder, "review.html", NULL);
    g_free (folder);
  } else if (!settings->output) {
    settings->output = default_output (settings->recording);
  }
  return app_page_check_output (settings->output, error);
}

/* "name=value" for each property with an option of its own, then those of --set. */
static char **
join_properties (const PropertyOption *options, char **more)
{
  GPtrArray *all = g_ptr_array_new ();

  for (guint i = 0; i < N_PROPERTY_OPTIONS; i++) {
    const char *value = options[i].value ? options[i].value : options[i].fallback;
    if (value)
      g_ptr_array_add (all, g_strdup_printf ("%s=%s", options[i].name, value));
  }
  for (guint i = 0; more && more[i]; i++)
    g_ptr_array_add (all, g_strdup (more[i]));
  g_ptr_array_add (all, NULL);
  return (char **)g_ptr_array_free (all, FALSE);
}

static void
add_property_options (GOptionContext *context, PropertyOption *options)
{
  for (guint i = 0; i < N_PROPERTY_OPTIONS; i++) {
    GOptionEntry entries[] = {
      { options[i].name, 0, 0, G_OPTION_ARG_STRING, &options[i].value, options[i].help,
          options[i].argument },
      { NULL, 0, 0, 0, NULL, NULL, NULL },
    };
    g_option_context_add_main_entries (context, entries, NULL);
  }
}

gboolean
review_settings_parse (ReviewSettings *settings, int *argc, char ***argv, GError **error)
{
  PropertyOption options[N_PROPERTY_OPTIONS];
  char *video = NULL, *format = NULL, **set = NULL, **arguments = NULL;
  gboolean no_pictures = FALSE, version = FALSE, good;
  guint chosen;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &settings->output,
        "Page to write [RECORDING.review.html here]; of a folder, where to write the pages [here]",
        "FILE" },
    { "video", 0, 0, G_OPTION_ARG_STRING, &video,
        "How the page includes the video: link (relative path), embed, none [link]", "HOW" },
    { "transcode", 0, 0, G_OPTION_ARG_STRING, &format,
        "Make a copy that browsers can play: webm (VP8), mp4 (H.264)", "FORMAT" },
    { "no-pictures", 0, 0, G_OPTION_ARG_NONE, &no_pictures,
        "Write no image of a face, that is, no pictures of onset and apex", NULL },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &set,
        "Any other property of microexpr; can be repeated", "NAME=VALUE" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Print the version and exit", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments, NULL, "RECORDING|FOLDER" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GOptionContext *context = g_option_context_new (NULL);

  memset (settings, 0, sizeof *settings);
  memcpy (options, property_options, sizeof options);
  g_option_context_set_summary (context, SUMMARY);
  g_option_context_set_description (context, DESCRIPTION);
  g_option_context_add_main_entries (context, entries, NULL);
  add_property_options (context, options);
  g_option_context_add_group (context, gst_init_get_option_group ());
  good = g_option_context_parse (context, argc, argv, error);
  g_option_context_free (context);
  if (good && version) {
    g_print ("microexpr-review %s\n", VERSION);
    exit (EXIT_SUCCESS);
  }

  settings->pictures = !no_pictures;
  good = good && choose ("video", video, videos, &chosen, error);
  if (good)
    settings->video = (ReviewVideo)chosen;
  good = good && choose ("transcode", format, formats, &chosen, error);
  if (good)
    settings->format = (ReviewTranscode)chosen;
  settings->properties = join_properties (options, set);
  good = good && check (settings, error) && parse_recording (settings, arguments, error);
  good = good && find_output (settings, error);

  for (guint i = 0; i < N_PROPERTY_OPTIONS; i++)
    g_free (options[i].value);
  g_strfreev (arguments);
  g_strfreev (set);
  g_free (format);
  g_free (video);
  return good;
}

void
review_settings_clear (ReviewSettings *settings)
{
  g_clear_pointer (&settings->folder, g_free);
  g_clear_pointer (&settings->recording, g_free);
  g_clear_pointer (&settings->output, g_free);
  g_clear_pointer (&settings->properties, g_strfreev);
}
