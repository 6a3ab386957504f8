/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The time course of an expression in pictures. An item is rendered once, densely, from neutral to
 * apex; the way back uses the same pictures. Any duration at any frame rate picks among them by
 * phase, here and in page/course.js. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TRAIN_STEPS 14 /* pictures after neutral, up to the apex */

/* Parts of the duration: those of microexprtestsrc. */
#define TRAIN_RISE 0.45
#define TRAIN_FALL 0.45

/* The number of frames nearest to the duration; at least one. */
guint train_course_frames (double duration_s, double frame_rate);

/* The picture that frame k of n shows, 0 (neutral) to TRAIN_STEPS (apex), by the phase at the
 * middle of the frame. The middle frame always shows the apex. */
guint train_course_step (guint k, guint n);

G_END_DECLS
