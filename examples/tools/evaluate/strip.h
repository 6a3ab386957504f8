/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An expression as a strip of pictures of the face. */
#pragma once

#include "recordings.h"

G_BEGIN_DECLS

#define STRIP_PICTURES 8
#define STRIP_MARGIN 0.25 /* of its length, shown before the onset and after the offset */

/* A JPEG with STRIP_PICTURES frames side by side, evenly in time from before the onset to after the
 * offset (s since the first frame), each cut to the largest face or, without one, whole. NULL: the
 * recording does not show them. With g_bytes_unref(). */
GBytes *strip_take (const Recording *recording, double onset, double offset);

G_END_DECLS
