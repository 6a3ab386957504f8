/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pictures of an item as one JPEG: a grid with only those bands of each picture that differ
 * from the neutral face. They align with JPEG blocks, so that what does not move decodes to the
 * same pixels as the neutral face, and no seam gives an expression away. */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

#define TRAIN_BLOCK 16 /* px, of a JPEG with 4:2:0 chroma */
#define TRAIN_MAX_BANDS 8
#define TRAIN_COLUMNS 4 /* cells in a row of the sprite */

/* px of the picture. In a cell the bands stand one below the other. */
typedef struct
{
  int x, y, width, height;
} TrainBand;

typedef struct
{
  guint n_bands;
  TrainBand bands[TRAIN_MAX_BANDS];
  int cell_width, cell_height;
  GBytes *jpeg;
} TrainSprite;

/* pictures: of train_render(). Free with train_sprite_free(). */
TrainSprite *train_sprite_new (const GPtrArray *pictures);
void train_sprite_free (TrainSprite *sprite);

/* The picture of a face at rest. */
GBytes *train_sprite_encode (GdkPixbuf *picture);

/* Unpacks the pictures, as the page does, from a neutral face and a sprite, steps 0 to n. Free as
 * for train_render(). */
GPtrArray *train_sprite_unpack (const TrainSprite *sprite, GBytes *neutral, guint n_steps);

G_END_DECLS
