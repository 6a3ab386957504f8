/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether the analysis keeps starting anew. Of what began before a start little is found, so a
 * stream that restarts it all the time gives few events or none. Belongs to the streaming
 * thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  double per_minute; /* recent rate: the weight of a restart decays with a time constant of 10 s */
  GstClockTime newest;  /* buffer time of the newest frame; NONE: none yet */
  GstClockTime elapsed; /* buffer time that has passed, without jumps back */
  GstClockTime differs; /* `elapsed` since when rate and warning disagree; NONE: they agree */
  gboolean warned;
} GstMicroexprRestarts;

void gst_microexpr_restarts_init (GstMicroexprRestarts *restarts);

/* The analysis starts anew. */
void gst_microexpr_restarts_count (GstMicroexprRestarts *restarts);

/* A frame is analysed. TRUE: the warning starts or clears with it; restarts->warned says which. */
gboolean gst_microexpr_restarts_warns (GstMicroexprRestarts *restarts, GstClockTime time);

G_END_DECLS
