/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Analyzes a recording and writes a page for reviewing the events: microexpr-review --help. */
#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "folder.h"
#include "page.h"
#include "report.h"
#include "transcode.h"

/* The copy is beside the page: report.webm for report.html. One that is embedded and then removed
 * gets a name that no file of the user has. */
static char *
name_copy (const ReviewSettings *settings)
{
  char *stem = g_strndup (settings->output,
      strlen (settings->output) - (g_str_has_suffix (settings->output, ".html") ? 5 : 0));
  const char *suffix = review_transcode_suffix (settings->format);
  char *copy = settings->video == REVIEW_VIDEO_EMBED
                   ? g_strdup_printf ("%s.embedded-%d.%s", stem, (int)getpid (), suffix)
                   : g_strdup_printf ("%s.%s", stem, suffix);

  g_free (stem);
  return copy;
}

/* Whether two paths lead to one file, so that writing one would destroy the other. */
static gboolean
is_same_file (const char *a, const char *b)
{
  GStatBuf x, y;

  return g_stat (a, &x) == 0 && g_stat (b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Whether the output would overwrite the recording. */
static gboolean
overwrites_recording (const ReviewSettings *settings)
{
  char *copy = settings->format == REVIEW_TRANSCODE_NO ? NULL : name_copy (settings);
  gboolean same = is_same_file (settings->output, settings->recording) ||
                  (copy && is_same_file (copy, settings->recording));

  g_free (copy);
  return same;
}

static void
fail (AppProgress *progress, const char *what, GError *error)
{
  app_progress_print (
      progress, "microexpr-review: %s%s%s", what ? what : "", what ? ": " : "", error->message);
  g_error_free (error);
}

static void
say_what_is_there (
    AppProgress *progress, const ReviewSettings *settings, const ReviewAnalysis *analysis)
{
  guint64 last = g_array_index (analysis->frames, guint64, analysis->frames->len - 1);

  if (analysis->problem)
    app_progress_print (progress, "microexpr-review: %s ends at %.1f s of %.1f s: %s",
        settings->recording, (double)last / GST_SECOND, (double)analysis->duration_ns / GST_SECOND,
        analysis->problem);
  else if (!analysis->complete)
    app_progress_print (progress,
        "Stopped at %.1f s of %.1f s; the page contains what was found until then.",
        (double)last / GST_SECOND, (double)analysis->duration_ns / GST_SECOND);
  if (analysis->motions->len == 0)
    app_progress_print (progress,
        "No face was found: faces must be upright, look at the camera and be at least 80 pixels "
        "wide.");
  if (settings->video != REVIEW_VIDEO_NONE && settings->format == REVIEW_TRANSCODE_NO &&
      !review_transcode_is_playable (analysis->container, analysis->codec))
    app_progress_print (progress,
        "Most browsers cannot play this recording (%s in %s); --transcode=webm makes a copy "
        "that they can play.",
        analysis->codec ? analysis->codec : "unknown",
        analysis->container ? analysis->container : "unknown");
}

/* The file that the page plays: the recording, a copy, or NULL. (transfer full) */
static char *
prepare_video (const ReviewSettings *settings, AppProgress *progress)
{
  GError *error = NULL;
  char *copy;

  if (settings->video == REVIEW_VIDEO_NONE)
    return NULL;
  if (settings->format == REVIEW_TRANSCODE_NO)
    return g_strdup (settings->recording);
  copy = name_copy (settings);
  if (review_transcode (settings->recording, copy, settings->format, progress, &error))
    return copy;
  fail (progress, "the copy failed, so the page uses the recording", error);
  g_free (copy);
  return g_strdup (settings->recording);
}

static gboolean
write_page (const ReviewSettings *settings, const ReviewAnalysis *analysis, const GArray *pictures,
    const char *video, GError **error)
{
  gboolean embed = settings->video == REVIEW_VIDEO_EMBED;
  char *link = video && !embed ? review_page_link (settings->output, video) : NULL;
  char *data = review_report_write (analysis, settings, embed ? "" : link);
  char *title = g_filename_display_basename (settings->recording);
  gboolean good =
      review_page_write (settings->output, title, data, pictures, embed ? video : NULL, error);

  g_free (title);
  g_free (data);
  g_free (link);
  return good;
}

/* index: where to tell what became of it; NULL: a single recording. FALSE: failed, and printed why.
 */
static gboolean
review (const ReviewSettings *settings, ReviewIndex *index, AppProgress *progress)
{
  GError *error = NULL;
  ReviewAnalysis *analysis = review_analysis_run (settings, progress, &error);
  GArray *pictures = NULL;
  gboolean good;
  char *video;

  if (!analysis) {
    if (index)
      review_index_add_failed (index, settings, error->message);
    fail (progress, settings->recording, error);
    return FALSE;
  }
  say_what_is_there (progress, settings, analysis);
  if (settings->pictures)
    pictures = review_pictures_take (analysis, settings->recording, progress);
  video = prepare_video (settings, progress);
  good = write_page (settings, analysis, pictures, video, &error);
  if (good && index)
    review_index_add (index, settings, analysis, analysis->problem);
  else if (index)
    review_index_add_failed (index, settings, error->message);
  if (good)
    g_print ("%s: %u %s\n", settings->output, analysis->events->len,
        analysis->events->len == 1 ? "event" : "events");
  else
    fail (progress, NULL, error);
  if (settings->video == REVIEW_VIDEO_EMBED && settings->format != REVIEW_TRANSCODE_NO &&
      g_strcmp0 (video, settings->recording) != 0)
    g_unlink (video); /* it is in the page */
  good = good && !analysis->problem;

  g_free (video);
  g_clear_pointer (&pictures, g_array_unref);
  review_analysis_free (analysis);
  return good;
}

/* --- one or many --- */

static gboolean
review_one (const ReviewSettings *settings, ReviewIndex *index, AppProgress *progress)
{
  GError *error = NULL;

  if (!overwrites_recording (settings))
    return review (settings, index, progress);
  g_set_error_literal (&error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
      "the page or its copy of the video would overwrite the recording: choose another --output");
  if (index)
    review_index_add_failed (index, settings, error->message);
  fail (progress, NULL, error);
  return FALSE;
}

/* The recordings in turn, each with a page in `pages`. After Ctrl-C those that follow are only
 * listed. FALSE: one of them failed. */
static gboolean
review_each (const ReviewSettings *settings, char **recordings, char **pages, ReviewIndex *index,
    AppProgress *progress)
{
  guint stops = app_progress_stops (progress), n = g_strv_length (recordings);
  ReviewSettings one = *settings;
  gboolean good = TRUE;

  for (guint i = 0; i < n; i++) {
    one.recording = recordings[i];
    one.output = pages[i];
    if (app_progress_stops (progress) != stops) {
      review_index_add_failed (index, &one, "not analyzed: stopped before");
      continue;
    }
    app_progress_print (progress, "%u of %u: %s", i + 1, n, recordings[i]);
    good = review_one (&one, index, progress) && good;
  }
  return good;
}

static gboolean
review_folder (const ReviewSettings *settings, AppProgress *progress)
{
  GError *error = NULL;
  char **recordings = review_folder_list (settings->folder, &error), **pages, *folder;
  ReviewIndex *index;
  gboolean good;

  if (!recordings) {
    fail (progress, NULL, error);
    return FALSE;
  }
  folder = g_path_get_dirname (settings->output);
  pages = review_folder_name_pages (folder, recordings);
  index = review_index_new (settings->folder, settings->output);
  good = review_each (settings, recordings, pages, index, progress);
  if (review_index_write (index, &error)) {
    g_print ("%s: %u recordings\n", settings->output, g_strv_length (recordings));
  } else {
    fail (progress, NULL, error);
    good = FALSE;
  }
  g_strfreev (pages);
  g_strfreev (recordings);
  g_free (folder);
  return good;
}

int
main (int argc, char **argv)
{
  ReviewSettings settings;
  GError *error = NULL;
  gboolean good;

  setlocale (LC_ALL, "");
  good = review_settings_parse (&settings, &argc, &argv, &error);
  if (good) {
    AppProgress *progress = app_progress_new ();

    good = settings.folder ? review_folder (&settings, progress)
                           : review_one (&settings, NULL, progress);
    app_progress_free (progress);
  } else {
    g_printerr ("microexpr-review: %s\n", error->message);
    g_error_free (error);
  }
  review_settings_clear (&settings);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
