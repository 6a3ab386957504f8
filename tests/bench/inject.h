/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Puts drawn micro-expressions on the faces of real clips: the first face found is followed, and
 * its skin displaced by the field of the test source, in the axes of the head. */
#pragma once

#include <gst/video/video.h>

#include "accuracy-score.h"

G_BEGIN_DECLS

typedef struct _Injector Injector;

/* Movements as in `webcam`, micro-expressions only, drawn from the seed. duration_s: of the clip,
 * or less when not known. fields: as the test source takes them, NULL: those of the analysis. NULL
 * and `error`: no landmark model, or no such fields. Free with injector_free(). */
Injector *injector_new (guint seed, double duration_s, const char *fields, GError **error);
void injector_free (Injector *injector);

/* Changes a frame of 8-bit planar YUV in place; the truth of movements that show goes to `clip`. */
void injector_add (Injector *injector, GstVideoFrame *frame, guint64 time_ns, Clip *clip);

G_END_DECLS
