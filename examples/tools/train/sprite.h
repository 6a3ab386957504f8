/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pictures of an item as one JPEG: of each picture only the bands that differ from the neutral
 * face, in a grid. They lie on the blocks of the JPEG, so that what does not move decodes to the
 * very pixels of the neutral face, and no seam gives an expression away. */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

#define TRAIN_BLOCK 16 /* px: a JPEG with halved chroma */
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

/* What a page shows: the pictures back from a neutral face and a sprite, step 0 to n. (transfer
 * full) as of train_render(). */
GPtrArray *train_sprite_unpack (const TrainSprite *sprite, GBytes *neutral, guint n_steps);

G_END_DECLS
