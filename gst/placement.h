/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the picture that is analysed lies in its buffer. */
#pragma once

#include <glib.h>

#include "microexpr.h"

G_BEGIN_DECLS

/* buffer = origin + analysed * scale. */
typedef struct
{
  int x, y;    /* origin, px: of GstVideoCropMeta, else 0 */
  int y_scale; /* 2 when one field of interlaced video is analysed, else 1 */
} GstMicroexprPlacement;

#define GST_MICROEXPR_PLACEMENT_INIT                                                               \
  {                                                                                                \
    0, 0, 1                                                                                        \
  }

/* A box of the analysed picture in pixels of the buffer. */
static inline MeBox
gst_microexpr_placement_apply (const GstMicroexprPlacement *placement, MeBox box)
{
  return (MeBox){ placement->x + box.x, placement->y + box.y * placement->y_scale, box.width,
    box.height * placement->y_scale };
}

G_END_DECLS
