/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frames that arrive in bursts. A source that stamps frames on arrival, behind a USB bus, a network
 * or a jitter buffer, gives those of a burst about the same timestamp, and the next ones a pause
 * later, although the pictures were taken at a constant interval. That interval is found from the
 * timestamps alone (elapsed time over frames), and each frame gets its time on that grid.
 * Timestamps that are regular already stay as they are. Belongs to the streaming thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define GST_MICROEXPR_N_STEPS 64 /* between timestamps, from which bursts are recognised */

typedef struct
{
  GstClockTime steps[GST_MICROEXPR_N_STEPS]; /* ns; a ring of the newest ones */
  guint n_steps, next;
  GstClockTime stamp;    /* of the newest frame; NONE: none yet */
  GstClockTime nominal;  /* frame interval by caps; NONE: unknown */
  gboolean active;       /* frames come in bursts */
  GstClockTime interval; /* between pictures, while active */
  GstClockTime pause;    /* usual one between bursts, while active; else 0 */
  guint frames;          /* usual number in a burst, while active */
  GstClockTime time;     /* of the newest picture; NONE: the next one follows nothing */
  GstClockTime slack;    /* smallest lag of a picture behind its timestamp in this burst */
  GstClockTime lift;     /* added to the interval in this burst, to catch up */
} GstMicroexprBursts;

void gst_microexpr_bursts_init (GstMicroexprBursts *bursts);

/* The next frame follows nothing, but comes from the same source: what is known of its bursts is
 * kept. */
void gst_microexpr_bursts_break (GstMicroexprBursts *bursts);

/* Adds the timestamp of the next frame. TRUE: bursts have begun or ended with it, so that the time
 * of its picture does not continue those before. */
gboolean gst_microexpr_bursts_add (GstMicroexprBursts *bursts, GstClockTime stamp);

/* When the picture of that frame was taken: at its timestamp or before it. Later than the picture
 * before, and therefore after the timestamp at the end of a burst that is larger than usual. Once
 * for each frame, after gst_microexpr_bursts_add(). */
GstClockTime gst_microexpr_bursts_time (GstMicroexprBursts *bursts);

G_END_DECLS
