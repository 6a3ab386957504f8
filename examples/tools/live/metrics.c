/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* https://prometheus.io/docs/instrumenting/exposition_formats/ */
#include "metrics.h"

#include <string.h>

/* Counters of `stats`. Rows of one metric follow one another; a label tells them apart. */
static const struct
{
  const char *metric, *help, *label, *counter;
} counters[] = {
  { "frames_total", "Frames received.", NULL, "frames" },
  { "frames_analysed_total", "Frames analyzed.", NULL, "analysed" },
  { "frames_repeated_total", "Copies of the previous picture.", NULL, "repeated" },
  { "frames_skipped_total", "Frames that were not analyzed.", "reason=\"late\"", "skipped-late" },
  { "frames_skipped_total", NULL, "reason=\"corrupt\"", "skipped-corrupt" },
  { "frames_skipped_total", NULL, "reason=\"untimed\"", "skipped-untimed" },
  { "resets_total", "How often the analysis started anew.", "reason=\"gap\"", "resets-gap" },
  { "resets_total", NULL, "reason=\"seek\"", "resets-seek" },
  { "resets_total", NULL, "reason=\"caps\"", "resets-caps" },
  { "resets_total", NULL, "reason=\"flush\"", "resets-flush" },
  { "faces_followed_total", "Faces followed.", NULL, "faces" },
  { "candidates_total", "Candidates reported, which are not among the events.", NULL,
      "candidates" },
  { "events_dropped_total", "Events lost inside the analysis.", NULL, "events-dropped" },
  { "warnings_total", "Warnings that started.", NULL, "warnings" },
};

typedef struct
{
  GString *out;
  const LiveCamera *cameras;
  const LiveStatus *status; /* of each camera */
  char **names;             /* of each, escaped */
  guint n;
} Print;

/* https://prometheus.io/docs/instrumenting/exposition_formats/#comments-help-text-and-type-information
 */
static char *
escape (const char *name)
{
  GString *escaped = g_string_new (name);

  g_string_replace (escaped, "\\", "\\\\", 0);
  g_string_replace (escaped, "\"", "\\\"", 0);
  g_string_replace (escaped, "\n", "\\n", 0);
  return g_string_free (escaped, FALSE);
}

static void
head (const Print *p, const char *metric, const char *type, const char *help)
{
  g_string_append_printf (
      p->out, "# HELP microexpr_%s %s\n# TYPE microexpr_%s %s\n", metric, help, metric, type);
}

/* label: `reason="gap"`; NULL: none. */
static void
sample (const Print *p, guint camera, const char *metric, const char *label, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (p->out, "microexpr_%s{camera=\"%s\"%s%s} %s\n", metric, p->names[camera],
      label ? "," : "", label ? label : "", g_ascii_dtostr (number, sizeof number, value));
}

static void
print_counters (const Print *p)
{
  for (guint row = 0; row < G_N_ELEMENTS (counters); row++) {
    if (counters[row].help)
      head (p, counters[row].metric, "counter", counters[row].help);
    for (guint i = 0; i < p->n; i++)
      sample (p, i, counters[row].metric, counters[row].label,
          (double)live_status_count (&p->status[i], counters[row].counter));
  }
}

static void
print_events (const Print *p, LiveEventLog *log)
{
  head (p, "events_total", "counter", "Events reported, by kind.");
  for (guint i = 0; i < p->n; i++)
    for (const char *const *kind = live_event_kinds; *kind; kind++) {
      g_autofree char *label = g_strdup_printf ("kind=\"%s\"", *kind);
      sample (p, i, "events_total", label, (double)live_event_log_count (log, i, *kind));
    }
}

static double
up (const LiveStatus *s)
{
  return s->watching;
}

static double
faces (const LiveStatus *s)
{
  return s->faces;
}

static double
frame_rate (const LiveStatus *s)
{
  return live_status_measure (s, "frame-rate");
}

static double
connections (const LiveStatus *s)
{
  return s->connections;
}

static const struct
{
  const char *metric, *type, *help;
  double (*value) (const LiveStatus *);
} states[] = {
  { "camera_up", "gauge", "1 while the camera is watched.", up },
  { "connections_total", "counter", "Connections made to the camera.", connections },
  { "faces", "gauge", "Faces in the newest frame.", faces },
  { "frame_rate_hertz", "gauge", "New pictures a second; 0: unknown.", frame_rate },
};

static void
print_states (const Print *p)
{
  for (guint row = 0; row < G_N_ELEMENTS (states); row++) {
    head (p, states[row].metric, states[row].type, states[row].help);
    for (guint i = 0; i < p->n; i++)
      sample (p, i, states[row].metric, NULL, states[row].value (&p->status[i]));
  }
}

/* The warnings of a camera by reason, each with the number of faces that have it: the part before
 * " of face 0" tells the reason. */
static void
print_active_of (const Print *p, guint camera)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer reason, count;

  for (char **warning = p->status[camera].warnings; *warning; warning++) {
    char *name = g_strndup (*warning, strcspn (*warning, " "));
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));
    g_hash_table_replace (counts, name, GUINT_TO_POINTER (n + 1));
  }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &reason, &count)) {
    g_autofree char *label = g_strdup_printf ("reason=\"%s\"", (char *)reason);
    sample (p, camera, "warning_active", label, GPOINTER_TO_UINT (count));
  }
}

static void
print_active (const Print *p)
{
  head (p, "warning_active", "gauge", "Active warnings, or faces that have them.");
  for (guint i = 0; i < p->n; i++)
    print_active_of (p, i);
}

static void
print_latency_of (const Print *p, guint camera)
{
  LiveLatency latency;
  guint64 count = 0;

  live_feed_get_latency (p->cameras[camera].feed, &latency);
  for (guint row = 0; row <= LIVE_LATENCY_BOUNDS; row++) {
    char bound[G_ASCII_DTOSTR_BUF_SIZE] = "+Inf";
    g_autofree char *label = NULL;

    if (row < LIVE_LATENCY_BOUNDS)
      g_ascii_formatd (bound, sizeof bound, "%g", live_latency_bounds_s[row]);
    label = g_strdup_printf ("le=\"%s\"", bound);
    count += latency.counts[row];
    sample (p, camera, "latency_seconds_bucket", label, (double)count);
  }
  sample (p, camera, "latency_seconds_sum", NULL, latency.sum_s);
  sample (p, camera, "latency_seconds_count", NULL, (double)count);
}

static void
print_latency (const Print *p)
{
  head (p, "latency_seconds", "histogram",
      "From the timestamp of a frame of a live camera to the end of its analysis.");
  for (guint i = 0; i < p->n; i++)
    print_latency_of (p, i);
}

static void
print_pictures (const Print *p)
{
  head (p, "pictures_total", "counter", "Pictures made for people who look.");
  for (guint i = 0; i < p->n; i++)
    sample (p, i, "pictures_total", NULL, (double)live_feed_n_pictures (p->cameras[i].feed));
}

static void
print_server (const Print *p, const LiveServerCounts *server)
{
  const struct
  {
    const char *metric, *type, *help;
    guint64 value;
  } rows[] = {
    { "http_connections", "gauge", "Open connections to this server.", server->connections },
    { "http_readers", "gauge", "Readers of events and pictures.", server->readers },
    { "http_requests_total", "counter", "Requests answered.", server->requests },
    { "http_refused_total", "counter", "Requests and connections refused.", server->refused },
    { "http_events_skipped_total", "counter", "Events that slow readers of /events missed.",
        server->events_skipped },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    head (p, rows[i].metric, rows[i].type, rows[i].help);
    g_string_append_printf (
        p->out, "microexpr_%s %" G_GUINT64_FORMAT "\n", rows[i].metric, rows[i].value);
  }
}

GString *
live_metrics_print (
    const LiveCamera *cameras, guint n, LiveEventLog *log, const LiveServerCounts *server)
{
  g_autofree LiveStatus *status = g_new0 (LiveStatus, n);
  g_auto (GStrv) names = g_new0 (char *, n + 1);
  Print print = { g_string_new (NULL), cameras, status, names, n };

  for (guint i = 0; i < n; i++) {
    cameras[i].functions->describe (cameras[i].camera, &status[i]);
    names[i] = escape (status[i].name);
  }
  head (&print, "build_info", "gauge", "Version of the program.");
  g_string_append (print.out, "microexpr_build_info{version=\"" VERSION "\"} 1\n");
  print_states (&print);
  print_counters (&print);
  print_events (&print, log);
  print_active (&print);
  print_latency (&print);
  print_pictures (&print);
  print_server (&print, server);
  for (guint i = 0; i < n; i++)
    live_status_clear (&status[i]);
  return print.out;
}
