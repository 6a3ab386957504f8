/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How two pictures of one stream differ, read from their thumbnails (microexpr.h): whether one goes
 * on with the other, and whether a third is a blend of both. Light that changes by a gain and an
 * offset is no difference. */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

/* The part of a thumbnail under a box of the frame: columns and rows of the thumbnail. Boxes reach
 * beyond the frame at will; the part is empty when there is nothing of it inside. */
MeBox me_thumbnail_part (const MeFrame *frame, const MeBox *box);

/* 1 - correlation of the two over that part, 0..2. */
float me_thumbnail_change (const MeThumbnail *a, const MeThumbnail *b, const MeBox *part);

/* `middle` as the blend of two others that comes closest. */
typedef struct
{
  float from, to; /* shares of the two */
  float residual; /* what they do not explain, in standard deviations of their difference */
} MeBlend;

/* Over that part. */
MeBlend me_thumbnail_blend (
    const MeThumbnail *from, const MeThumbnail *middle, const MeThumbnail *to, const MeBox *part);

G_END_DECLS
