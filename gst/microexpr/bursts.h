/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frames that arrive several at a time. A source that stamps frames when they arrive, behind a USB
 * bus, a network or a jitter buffer, gives those of a burst about the same time, and the next ones
 * a pause later; the pictures were taken at an even pace. From the stamps alone the pace is found
 * (elapsed time over frames), and each frame gets a time on it. Stamps that are even already stay
 * as they are. Belongs to the streaming thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_MICROEXPR_N_STEPS 64 /* between stamps, that the rhythm is read from */

typedef struct
{
  GstClockTime steps[GST_MICROEXPR_N_STEPS]; /* the newest ones, a ring */
  guint n_steps, next;
  GstClockTime stamp;    /* of the newest frame; NONE: none yet */
  GstClockTime nominal;  /* between frames by caps; NONE: unknown */
  gboolean active;       /* frames come in bursts */
  GstClockTime interval; /* between pictures, when active */
  GstClockTime pause;    /* usual one between bursts, when active; else 0 */
  guint frames;          /* usual number in a burst */
  GstClockTime time;     /* given to the newest frame; NONE: the next one follows nothing */
  GstClockTime slack;    /* least distance of a time behind its stamp in this burst */
  GstClockTime lift;     /* that each frame of this burst makes up for */
} GstMicroexprBursts;

void gst_microexpr_bursts_init (GstMicroexprBursts *bursts);

/* The next frame follows nothing, but the rhythm is kept; init: it is another source's. */
void gst_microexpr_bursts_break (GstMicroexprBursts *bursts);

/* The stamp of the next frame. TRUE: bursts have begun or ended with it, and times do not go on
 * from those before. */
gboolean gst_microexpr_bursts_add (GstMicroexprBursts *bursts, GstClockTime stamp);

/* When the picture of that frame was taken: at its stamp, or in a burst larger than usual up to a
 * quarter of the pace a frame after it; later than the one before;
 * once a frame, after gst_microexpr_bursts_add(). */
GstClockTime gst_microexpr_bursts_time (GstMicroexprBursts *bursts);

G_END_DECLS
