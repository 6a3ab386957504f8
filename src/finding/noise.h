/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How much of a crop is noise of the camera and not skin. */
#pragma once

#include "finding/crop.h"

G_BEGIN_DECLS

/* Standard deviation of the noise of single pixels, levels of 255. Detail of a pixel or two counts
 * as noise: without any, a sharp face has up to a fifth of the standard deviation of its patches.
 */
float me_crop_noise (const MeCrop *crop);

G_END_DECLS
