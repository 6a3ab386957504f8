/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is known of a frame once it has been through the analysis: goes from the stream to the
 * outlet, and stays with the frame while it is held. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  GstClockTime time;        /* of the frame, buffer time; NONE: unknown, as below */
  GstClockTime duration;    /* its own, else the usual one */
  GstClockTime stream_time; /* its own */
  int width, height;        /* of the buffer's picture, px */
  gboolean unseen;          /* the frame was not analysed */
  GValue faces;             /* list of structures: those in the frame */
  GValue events;            /* list of structures: concluded since the frame before */
} GstMicroexprFindings;

/* Nothing is known. */
void gst_microexpr_findings_init (GstMicroexprFindings *findings);
void gst_microexpr_findings_clear (GstMicroexprFindings *findings);

/* Replaces `to`; `from` is left as after init. */
void gst_microexpr_findings_move (GstMicroexprFindings *to, GstMicroexprFindings *from);

G_END_DECLS
