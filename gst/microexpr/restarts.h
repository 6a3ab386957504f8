/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether the analysis keeps starting anew: each start costs the first second after it, and a
 * stream that never lets it go on gives no events at all. Belongs to the streaming thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  double per_minute;    /* of late: each counts, and fades within about ten seconds */
  GstClockTime newest;  /* buffer time of the newest frame; NONE: none yet */
  GstClockTime elapsed; /* of the stream, so far */
  GstClockTime differs; /* since when the rate contradicts the warning, in `elapsed`; NONE */
  gboolean warned;
} GstMicroexprRestarts;

void gst_microexpr_restarts_init (GstMicroexprRestarts *restarts);

/* The analysis starts anew. */
void gst_microexpr_restarts_count (GstMicroexprRestarts *restarts);

/* A frame is analysed. TRUE: the warning starts or clears with it; restarts->warned says which. */
gboolean gst_microexpr_restarts_warns (GstMicroexprRestarts *restarts, GstClockTime time);

G_END_DECLS
