/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The course of an expression in pictures. An item is rendered once, densely, from neutral to apex;
 * the way back is the same pictures. Any duration at any frame rate chooses among them by phase.
 * The page does the same: page/course.js. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRAIN_STEPS 14 /* pictures from neutral, not counted, to the apex */

/* Parts of the duration: those of microexprtestsrc. */
#define TRAIN_RISE 0.45
#define TRAIN_FALL 0.45

/* How many frames of that rate come nearest to the duration; at least one. */
guint train_course_frames (double duration_s, double frame_rate);

/* Which picture the k-th of n frames shows, 0 (neutral) to TRAIN_STEPS (apex): that of the middle
 * of the frame. The frame in the middle of the course shows the apex, however few there are. */
guint train_course_step (guint k, guint n);

G_END_DECLS
