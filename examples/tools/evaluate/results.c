/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A file per recording and settings: one structure per line, the first about the recording. */
#include "results.h"

#include <string.h>
#include <unistd.h>

/* A recording whose results are being obtained. */
typedef struct
{
  Recording *recording;
  const Settings *settings;
  guint n_settings;
  char **files; /* one for each of the settings */
  GArray **reports;
  GError *error;
} Job;

/* All of them. */
typedef struct
{
  GMutex lock;
  guint n_done, n_jobs;
  gboolean terminal;
} Progress;

/* A hash of the plugin file: another build may give other results. */
static char *
fingerprint (GError **error)
{
  g_autoptr (GstPlugin) plugin = gst_registry_find_plugin (gst_registry_get (), "microexpr");
  g_autofree char *bytes = NULL, *sum = NULL;
  gsize size;

  if (!g_file_get_contents (gst_plugin_get_filename (plugin), &bytes, &size, error))
    return NULL;
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *)bytes, size);
  return g_strndup (sum, 12);
}

static char *
file_name (
    const char *folder, const char *plugin, const Recording *recording, const Settings *settings)
{
  g_autofree char *name = g_strconcat (recording->stamp, ".events", NULL);
  g_autofree char *described = settings_describe (settings);

  return g_build_filename (folder, plugin, described, name, NULL);
}

static GArray *
new_items (void)
{
  return g_array_new (FALSE, TRUE, sizeof (Item));
}

/* The reports of a file, and the frames of the recording; NULL: missing or incomplete. */
static GArray *
load (const char *file, Recording *recording)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GArray *reports = new_items ();
  gboolean whole = FALSE;

  if (g_file_get_contents (file, &text, NULL, NULL))
    lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; line && *line && **line; line++) {
    g_autoptr (GstStructure) s = gst_structure_from_string (*line, NULL);
    Item item;

    if (!s)
      break;
    if (line == lines) {
      whole = gst_structure_get (s, "frames", G_TYPE_UINT, &recording->n_frames, "frame-rate",
          G_TYPE_DOUBLE, &recording->frame_rate, NULL);
      continue;
    }
    item = item_read (s);
    g_array_append_val (reports, item);
  }
  if (!whole)
    g_clear_pointer (&reports, g_array_unref);
  return reports;
}

static gboolean
save (const char *file, const Recording *recording, const GPtrArray *events, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (file);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = g_filename_display_name (recording->path);
  GstStructure *head = gst_structure_new ("recording", "path", G_TYPE_STRING, path, "frames",
      G_TYPE_UINT, recording->n_frames, "frame-rate", G_TYPE_DOUBLE, recording->frame_rate, NULL);
  g_autofree char *line = gst_structure_to_string (head);

  gst_structure_free (head);
  g_string_append_printf (text, "%s\n", line);
  for (guint i = 0; i < events->len; i++) {
    g_autofree char *event = gst_structure_to_string (g_ptr_array_index (events, i));

    g_string_append_printf (text, "%s\n", event);
  }
  g_mkdir_with_parents (folder, 0777);
  return g_file_set_contents (file, text->str, (gssize)text->len, error);
}

/* Plays the recording with the settings whose results are missing. */
static void
play_missing (Job *job)
{
  g_autofree Settings *missing = g_new (Settings, job->n_settings);
  g_autofree guint *which = g_new (guint, job->n_settings);
  g_autofree GPtrArray **events = g_new (GPtrArray *, job->n_settings);
  guint n = 0;

  for (guint i = 0; i < job->n_settings; i++) {
    if (job->reports[i])
      continue;
    missing[n] = job->settings[i];
    which[n] = i;
    events[n++] = g_ptr_array_new_with_free_func ((GDestroyNotify)gst_structure_free);
  }
  if (n > 0 && play_recording (job->recording, missing, n, events, &job->error)) {
    for (guint i = 0; i < n && !job->error; i++) {
      const char *file = job->files[which[i]];

      if (save (file, job->recording, events[i], &job->error))
        job->reports[which[i]] = load (file, job->recording);
    }
  }
  for (guint i = 0; i < n; i++)
    g_ptr_array_unref (events[i]);
}

static void
run_job (gpointer data, gpointer user_data)
{
  Job *job = data;
  Progress *progress = user_data;

  play_missing (job);
  g_mutex_lock (&progress->lock);
  progress->n_done++;
  if (progress->terminal)
    g_printerr ("\r%u of %u recordings%s", progress->n_done, progress->n_jobs,
        progress->n_done == progress->n_jobs ? "\n" : "");
  g_mutex_unlock (&progress->lock);
}

static void
run_jobs (Job *jobs, guint n, guint n_threads)
{
  Progress progress = { .n_jobs = n, .terminal = isatty (STDERR_FILENO) };
  GThreadPool *pool = g_thread_pool_new (run_job, &progress, (gint)n_threads, FALSE, NULL);

  g_mutex_init (&progress.lock);
  for (guint i = 0; i < n; i++)
    g_thread_pool_push (pool, &jobs[i], NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  g_mutex_clear (&progress.lock);
}

static void
prepare (Job *job, const char *folder, const char *plugin)
{
  job->files = g_new0 (char *, job->n_settings + 1);
  for (guint i = 0; i < job->n_settings; i++) {
    job->files[i] = file_name (folder, plugin, job->recording, &job->settings[i]);
    job->reports[i] = load (job->files[i], job->recording);
  }
}

Results *
results_get (const GPtrArray *recordings, const Settings *settings, guint n_settings,
    const char *folder, guint n_jobs, GError **error)
{
  g_autofree char *plugin = fingerprint (error);
  g_autofree Job *jobs = g_new0 (Job, recordings->len);
  Results *results;
  gboolean ok = TRUE;

  if (!plugin)
    return NULL;
  results = g_new0 (Results, 1);
  results->n_recordings = recordings->len;
  results->n_settings = n_settings;
  results->reports = g_new0 (GArray **, recordings->len);
  for (guint i = 0; i < recordings->len; i++) {
    results->reports[i] = g_new0 (GArray *, n_settings);
    jobs[i] = (Job){ .recording = g_ptr_array_index (recordings, i),
      .settings = settings,
      .n_settings = n_settings,
      .reports = results->reports[i] };
    prepare (&jobs[i], folder, plugin);
  }
  run_jobs (jobs, recordings->len, n_jobs);
  for (guint i = 0; i < recordings->len; i++) {
    if (jobs[i].error && ok)
      g_propagate_error (error, g_error_copy (jobs[i].error));
    ok = ok && jobs[i].error == NULL;
    g_clear_error (&jobs[i].error);
    g_strfreev (jobs[i].files);
  }
  if (!ok)
    g_clear_pointer (&results, results_free);
  return results;
}

void
results_free (Results *results)
{
  for (guint i = 0; i < results->n_recordings; i++) {
    for (guint k = 0; k < results->n_settings; k++)
      g_clear_pointer (&results->reports[i][k], g_array_unref);
    g_free (results->reports[i]);
  }
  g_free (results->reports);
  g_free (results);
}
