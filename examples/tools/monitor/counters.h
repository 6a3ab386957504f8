/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The property `stats` of one microexpr after another, added up; and whether anything comes to be
 * decoded for it. */
#pragma once

#include <gst/gst.h>

typedef struct
{
  GstElement *element;               /* that counts now; NULL: none */
  GstStructure *before;              /* of the elements before it */
  GstStructure *now;                 /* of this one; NULL: not asked yet */
  double latency_ms, max_latency_ms; /* of the newest frames; worst ever */
  gint *packet; /* has come since it was asked; shared with a probe; atomic; NULL: no element */
} Counters;

void counters_init (Counters *counters);
void counters_clear (Counters *counters);

/* The element `microexpr` of a pipeline counts from here on, until counters_end(); what comes to be
 * decoded passes an element `drain`, where there is one. */
void counters_begin (Counters *counters, GstElement *pipeline);
void counters_end (Counters *counters);

/* Asks the element. TRUE: frames have come since the last time. */
gboolean counters_update (Counters *counters);

/* TRUE: something has come to be decoded since the last time. */
gboolean counters_take_packet (Counters *counters);

/* A counter, over all elements. */
guint64 counters_get (const Counters *counters, const char *name);

/* A measurement, of the element that counts now; 0: unknown. */
double counters_get_double (const Counters *counters, const char *name);

/* "frames 120, analysed 118 ..."; "" when nothing was counted. (transfer full) */
char *counters_to_string (const Counters *counters);
