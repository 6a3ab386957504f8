/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the element microexpr has done since READY, for its property `stats`. */
#pragma once

#include <gst/gst.h>

#include "microexpr.h"

G_BEGIN_DECLS

typedef enum
{
  GST_MICROEXPR_COUNT_FRAMES,          /* buffers received */
  GST_MICROEXPR_COUNT_SKIPPED_LATE,    /* not analysed: too late for a live pipeline */
  GST_MICROEXPR_COUNT_SKIPPED_CORRUPT, /* not analysed: damaged */
  GST_MICROEXPR_COUNT_SKIPPED_UNTIMED, /* not analysed: no usable time */
  GST_MICROEXPR_COUNT_RESETS_GAP,
  GST_MICROEXPR_COUNT_RESETS_SEEK,
  GST_MICROEXPR_COUNT_RESETS_CAPS,
  GST_MICROEXPR_COUNT_RESETS_FLUSH,
  GST_MICROEXPR_COUNT_WARNINGS, /* that started */
  GST_MICROEXPR_N_COUNTS
} GstMicroexprCount;

typedef struct
{
  guint64 counts[GST_MICROEXPR_N_COUNTS];
  guint64 total_ns, max_ns;          /* wall time to analyse frames, reading the luma included */
  guint64 map_ns;                    /* its part to map it */
  double latency_ms, max_latency_ms; /* delay of live frames once analysed: recent mean, maximum */
  MeStats analysis;
} GstMicroexprStats;

/* Counts an analysed frame that took `elapsed_ns`, `map_ns` of them to map it. */
void gst_microexpr_stats_add_frame (
    GstMicroexprStats *stats, guint64 elapsed_ns, guint64 map_ns, const MeAnalyzer *analyzer);

/* The structure `microexpr-stats`. (transfer full) */
GstStructure *gst_microexpr_stats_to_structure (const GstMicroexprStats *stats);

G_END_DECLS
