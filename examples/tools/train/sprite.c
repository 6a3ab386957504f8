/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pictures of an item as one JPEG. */
#include "sprite.h"

#include <string.h>

#define QUALITY "86"
#define SAME 2 /* of 255 levels: less does not survive JPEG */
/* Chroma interpolation in a decoder reaches one pixel into the neighboring cell: that rim is not
 * shown. */
#define RIM 1

GBytes *
train_sprite_encode (GdkPixbuf *picture)
{
  gchar *data = NULL;
  gsize size = 0;
  gboolean saved =
      gdk_pixbuf_save_to_buffer (picture, &data, &size, "jpeg", NULL, "quality", QUALITY, NULL);

  g_assert (saved); /* into memory */
  return g_bytes_new_take (data, size);
}

/* --- where something moves --- */

/* Whether a block differs in any of the pictures. */
static gboolean
block_moves (const GPtrArray *pictures, int x, int y)
{
  const GdkPixbuf *neutral = pictures->pdata[0];
  int stride = gdk_pixbuf_get_rowstride (neutral);
  const guint8 *rest = gdk_pixbuf_read_pixels (neutral) + y * stride + 3 * x;

  for (guint i = 1; i < pictures->len; i++) {
    const guint8 *moved = gdk_pixbuf_read_pixels (pictures->pdata[i]) + y * stride + 3 * x;

    for (int row = 0; row < TRAIN_BLOCK; row++)
      for (int c = 0; c < 3 * TRAIN_BLOCK; c++)
        if (ABS (moved[row * stride + c] - rest[row * stride + c]) > SAME)
          return TRUE;
  }
  return FALSE;
}

/* The extent of motion in a row of blocks. FALSE: nothing moves. */
static gboolean
find_extent (const GPtrArray *pictures, int y, int *left, int *right)
{
  int width = gdk_pixbuf_get_width (pictures->pdata[0]);

  *left = width;
  *right = 0;
  for (int x = 0; x < width; x += TRAIN_BLOCK) {
    if (!block_moves (pictures, x, y))
      continue;
    *left = MIN (*left, x);
    *right = x + TRAIN_BLOCK;
  }
  return *left < *right;
}

/* Extends the band that ends above the row, or begins one. The last band also takes all further
 * rows. */
static void
add_row (TrainSprite *sprite, int y, int left, int right)
{
  TrainBand *last = sprite->n_bands ? &sprite->bands[sprite->n_bands - 1] : NULL;

  if (!last || (last->y + last->height < y && sprite->n_bands < TRAIN_MAX_BANDS)) {
    sprite->bands[sprite->n_bands++] = (TrainBand){ left, y, right - left, TRAIN_BLOCK };
    return;
  }
  right = MAX (right, last->x + last->width);
  last->x = MIN (last->x, left);
  last->width = right - last->x;
  last->height = y + TRAIN_BLOCK - last->y;
}

static void
find_bands (TrainSprite *sprite, const GPtrArray *pictures)
{
  int height = gdk_pixbuf_get_height (pictures->pdata[0]), left, right;

  for (int y = 0; y < height; y += TRAIN_BLOCK)
    if (find_extent (pictures, y, &left, &right))
      add_row (sprite, y, left, right);
  for (guint i = 0; i < sprite->n_bands; i++) {
    sprite->cell_width = MAX (sprite->cell_width, sprite->bands[i].width);
    sprite->cell_height += sprite->bands[i].height;
  }
}

/* --- the grid --- */

/* Top left of a cell. */
static void
place_cell (const TrainSprite *sprite, guint cell, int *x, int *y)
{
  *x = (int)(cell % TRAIN_COLUMNS) * sprite->cell_width;
  *y = (int)(cell / TRAIN_COLUMNS) * sprite->cell_height;
}

TrainSprite *
train_sprite_new (const GPtrArray *pictures)
{
  TrainSprite *sprite = g_new0 (TrainSprite, 1);
  guint n = pictures->len - 1, rows = (n + TRAIN_COLUMNS - 1) / TRAIN_COLUMNS;
  GdkPixbuf *grid;

  find_bands (sprite, pictures);
  if (sprite->n_bands == 0)
    return sprite;
  grid = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, TRAIN_COLUMNS * sprite->cell_width,
      (int)rows * sprite->cell_height);
  gdk_pixbuf_fill (grid, 0x808080ff);
  for (guint i = 0; i < n; i++) {
    int x, y;

    place_cell (sprite, i, &x, &y);
    for (guint b = 0; b < sprite->n_bands; b++) {
      const TrainBand *band = &sprite->bands[b];

      gdk_pixbuf_copy_area (
          pictures->pdata[i + 1], band->x, band->y, band->width, band->height, grid, x, y);
      y += band->height;
    }
  }
  sprite->jpeg = train_sprite_encode (grid);
  g_object_unref (grid);
  return sprite;
}

void
train_sprite_free (TrainSprite *sprite)
{
  if (!sprite)
    return;
  g_clear_pointer (&sprite->jpeg, g_bytes_unref);
  g_free (sprite);
}

/* --- unpacking --- */

static GdkPixbuf *
decode (GBytes *jpeg)
{
  GdkPixbufLoader *loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *picture;
  gboolean good = gdk_pixbuf_loader_write_bytes (loader, jpeg, NULL);

  good = gdk_pixbuf_loader_close (loader, NULL) && good;
  g_assert (good); /* made by us */
  picture = g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
  g_object_unref (loader);
  return picture;
}

GPtrArray *
train_sprite_unpack (const TrainSprite *sprite, GBytes *neutral, guint n_steps)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func (g_object_unref);
  GdkPixbuf *grid = sprite->jpeg ? decode (sprite->jpeg) : NULL;

  g_ptr_array_add (pictures, decode (neutral));
  for (guint i = 0; i < n_steps; i++) {
    GdkPixbuf *picture = gdk_pixbuf_copy (pictures->pdata[0]);
    int x, y;

    place_cell (sprite, i, &x, &y);
    for (guint b = 0; b < sprite->n_bands; b++) {
      const TrainBand *band = &sprite->bands[b];

      gdk_pixbuf_copy_area (grid, x + RIM, y + RIM, band->width - 2 * RIM, band->height - 2 * RIM,
          picture, band->x + RIM, band->y + RIM);
      y += band->height;
    }
    g_ptr_array_add (pictures, picture);
  }
  g_clear_object (&grid);
  return pictures;
}
