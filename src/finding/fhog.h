/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Histograms of oriented gradients in cells of 8 x 8 pixels (Felzenszwalb et al., "Object Detection
 * with Discriminatively Trained Part Based Models", PAMI 2010, section 6): what the filters of
 * dlib's detector are applied to. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ME_FHOG_CELL_PX 8
/* Of a cell: 18 directions of gradients, 9 without their sign, and 4 sums of the former, each
 * normalized with another neighbour. */
#define ME_FHOG_PLANES 31

/* Cells along that many pixels. The first and the last one only normalize their neighbours. */
int me_fhog_cells (int size_px);

/* Numbers that me_fhog_extract() needs as memory. */
gsize me_fhog_scratch (int width, int height);

/* Writes the features of all cells but those at the border, at least one. planes: where that of the
 * first cell goes, each with rows `stride` numbers apart. Features are those of dlib 19's
 * extract_fhog_features(), rounded in the same order. */
void me_fhog_extract (const guint8 *pixels, gsize pixel_stride, int width, int height,
    float *scratch, float *const planes[ME_FHOG_PLANES], gsize stride);

G_END_DECLS
