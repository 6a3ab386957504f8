/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plays the test source through elements, to its end, and keeps what the bus said. */
#pragma once

#include <gst/check/gstcheck.h>

typedef struct
{
  GList *truth, *events; /* GstStructure, in order */
} Outcome;

/* elements: a part of a pipeline, from video to the last pad; probe: called for every buffer that
 * reaches the sink, or that passes an "identity name=here signal-handoffs=true" among the elements,
 * or NULL. */
typedef void (*ChainProbe) (GstBuffer *buffer, gpointer user_data);
Outcome chain_play (
    guint n_frames, const char *script, const char *elements, ChainProbe probe, gpointer user_data);
void chain_forget (Outcome *outcome);

/* A probe that appends the contents of each buffer to a GString. */
void chain_gather_text (GstBuffer *buffer, gpointer text);

/* A time of an event, in s. */
double chain_seconds (const GstStructure *s, const char *field);

/* Intersection of the intervals over their union. */
double chain_overlap (const GstStructure *a, const GstStructure *b);

/* where: action-units, left or right */
gboolean chain_has_unit (const GstStructure *event, const char *where, const char *unit);
