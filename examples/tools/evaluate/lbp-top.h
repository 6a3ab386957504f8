/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Local binary patterns on three orthogonal planes (Zhao & Pietikäinen 2007, IEEE TPAMI 29(6)), a
 * baseline for comparison that the plugin does not use.
 *
 * Of every pixel of a stack of frames, in each of the planes XY, XT and YT, four neighbors at
 * angles of 0, 90, 180 and 270 degrees give a bit each: 1 when the neighbor is at least as bright.
 * The patterns are counted by blocks of the picture. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ME_LBP_TOP_PLANES 3 /* XY, XT, YT */
#define ME_LBP_TOP_BINS 16  /* of four neighbors */

typedef struct
{
  guint blocks_x, blocks_y; /* over the picture */
  guint rx, ry;             /* radii, pixels */
  guint rt;                 /* radius, frames */
} MeLbpTopParams;

/* Of Yan et al. 2014 for CASME II, at 200 frames/s: 5 x 5 blocks, radii 1, 1 and 4. */
extern const MeLbpTopParams me_lbp_top_casme2;

/* Number of values of me_lbp_top(). */
guint me_lbp_top_size (const MeLbpTopParams *params);

/* pixels: n_frames frames of height rows of width bytes, one behind the other. histograms: of each
 * block, row by row, the planes XY, XT, YT with ME_LBP_TOP_BINS values each, which sum up to 1. Bit
 * 0 is the neighbor at +x (in YT: +y), bit 1 at -y (in XT and YT: +t), bit 2 at -x (-y), bit 3 at
 * +y (-t). Pixels without all neighbors do not count. FALSE when a block has none that does.
 * Thread safe. */
gboolean me_lbp_top (const MeLbpTopParams *params, const guint8 *pixels, guint width, guint height,
    guint n_frames, float *histograms);

G_END_DECLS
