/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sums `stats` over the microexpr elements of successive connections, and watches whether packets
 * reach the decoder. */
#pragma once

#include <gst/gst.h>

typedef struct
{
  GstElement *element;               /* the current one; NULL: none */
  GstStructure *before;              /* totals of earlier elements */
  GstStructure *now;                 /* last stats of this one; NULL: not read yet */
  double latency_ms, max_latency_ms; /* of recent frames; worst since the start */
  gint *packet; /* atomic flag set by a probe, cleared when read; NULL: no element */
} Counters;

void counters_init (Counters *counters);
void counters_clear (Counters *counters);

/* Starts reading the pipeline's element `microexpr`, until counters_end(). Packets are watched at
 * the element `drain`, if there is one. */
void counters_begin (Counters *counters, GstElement *pipeline);
void counters_end (Counters *counters);

/* Reads the element's stats. TRUE: frames have arrived since the last call. */
gboolean counters_update (Counters *counters);

/* TRUE: packets have reached the decoder since the last call. */
gboolean counters_take_packet (Counters *counters);

/* A counter, summed over all elements. */
guint64 counters_get (const Counters *counters, const char *name);

/* A measurement of the current element; 0: unknown. */
double counters_get_double (const Counters *counters, const char *name);

/* All counters, summed over all elements, and the measurements of the current one. (transfer full)
 */
GstStructure *counters_dup (const Counters *counters);

/* "frames 120, analysed 118 ...", named as in `stats`; "" when nothing was counted. (transfer full)
 */
char *counters_to_string (const Counters *counters);
