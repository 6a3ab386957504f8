/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How late the frames of a live pipeline leave the analysis, as a histogram. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define LIVE_LATENCY_BOUNDS 9

/* Upper bounds in seconds; the last class has none. */
extern const double live_latency_bounds_s[LIVE_LATENCY_BOUNDS];

typedef struct
{
  guint64 counts[LIVE_LATENCY_BOUNDS + 1]; /* frames in each class */
  double sum_s;
} LiveLatency;

void live_latency_add (LiveLatency *latency, double latency_s);

/* From the running time of a buffer that passes `pad` to that of the pipeline's clock. FALSE:
 * unknown. Streaming thread. */
gboolean live_latency_measure (GstPad *pad, GstBuffer *buffer, double *latency_s);

G_END_DECLS
