/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The property `stats`: counters, by a table of their names, and times in milliseconds. */
#include "stats.h"

static const char *const count_names[GST_MICROEXPR_N_COUNTS] = {
  [GST_MICROEXPR_COUNT_FRAMES] = "frames",
  [GST_MICROEXPR_COUNT_SKIPPED_LATE] = "skipped-late",
  [GST_MICROEXPR_COUNT_SKIPPED_CORRUPT] = "skipped-corrupt",
  [GST_MICROEXPR_COUNT_SKIPPED_UNTIMED] = "skipped-untimed",
  [GST_MICROEXPR_COUNT_RESETS_GAP] = "resets-gap",
  [GST_MICROEXPR_COUNT_RESETS_SEEK] = "resets-seek",
  [GST_MICROEXPR_COUNT_RESETS_CAPS] = "resets-caps",
  [GST_MICROEXPR_COUNT_RESETS_FLUSH] = "resets-flush",
  [GST_MICROEXPR_COUNT_WARNINGS] = "warnings",
};

void
gst_microexpr_stats_add_frame (
    GstMicroexprStats *stats, guint64 elapsed_ns, guint64 map_ns, const MeAnalyzer *analyzer)
{
  stats->map_ns += map_ns;
  stats->total_ns += elapsed_ns;
  stats->max_ns = MAX (stats->max_ns, elapsed_ns);
  me_analyzer_get_stats (analyzer, &stats->analysis);
}

static double
mean_ms (guint64 total_ns, guint64 runs)
{
  return runs ? total_ns / 1e6 / runs : 0.0;
}

/* Two fields per stage: `detect-ms`, the mean time of a run, and `detect-runs`. */
static void
set_stages (GstStructure *s, const MeStats *analysis)
{
  for (guint i = 0; i < ME_N_STAGES; i++) {
    char *ms = g_strdup_printf ("%s-ms", me_stage_name (i));
    char *runs = g_strdup_printf ("%s-runs", me_stage_name (i));

    gst_structure_set (s, ms, G_TYPE_DOUBLE,
        mean_ms (analysis->stage_ns[i], analysis->stage_runs[i]), runs, G_TYPE_UINT64,
        analysis->stage_runs[i], NULL);
    g_free (ms);
    g_free (runs);
  }
}

GstStructure *
gst_microexpr_stats_to_structure (const GstMicroexprStats *stats)
{
  const MeStats *analysis = &stats->analysis;
  guint64 n_timed = analysis->frames + analysis->repeated;
  GstStructure *s = gst_structure_new ("microexpr-stats", "analysed", G_TYPE_UINT64,
      analysis->frames, "faces", G_TYPE_UINT64, analysis->faces, "events", G_TYPE_UINT64,
      analysis->events, "events-dropped", G_TYPE_UINT64, analysis->events_dropped, "frame-rate",
      G_TYPE_DOUBLE, analysis->frame_rate, "mean-ms", G_TYPE_DOUBLE,
      mean_ms (stats->total_ns, n_timed), "max-ms", G_TYPE_DOUBLE, stats->max_ns / 1e6, "map-ms",
      G_TYPE_DOUBLE, mean_ms (stats->map_ns, n_timed), "latency-ms", G_TYPE_DOUBLE,
      stats->latency_ms, "max-latency-ms", G_TYPE_DOUBLE, stats->max_latency_ms, NULL);

  gst_structure_set (s, "repeated", G_TYPE_UINT64, analysis->repeated, "candidates", G_TYPE_UINT64,
      analysis->candidates, NULL);
  for (guint i = 0; i < GST_MICROEXPR_N_COUNTS; i++)
    gst_structure_set (s, count_names[i], G_TYPE_UINT64, stats->counts[i], NULL);
  set_stages (s, analysis);
  return s;
}
