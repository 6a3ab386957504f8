/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit/hidden-picture.h"

#include <string.h>

struct _HiddenPicture
{
  MeReader reader; /* first */
  GMutex lock;     /* of the writers of `shown` */
  MeFrame whole;
  guint8 *shown; /* rows without gaps */
};

static void
show_row (const guint8 *luma, guint8 *shown, int width)
{
  for (int x = 0; x < width; x++)
    if (shown[x] != luma[x]) /* others may be reading it */
      shown[x] = luma[x];
}

static void
show (MeReader *reader, const MeBox *part)
{
  HiddenPicture *picture = (HiddenPicture *)reader;
  const MeFrame *whole = &picture->whole;

  g_assert_cmpint (MIN (part->x, part->y), >=, 0);
  g_assert_cmpint (MIN (part->width, part->height), >, 0);
  g_assert_cmpint (part->x + part->width, <=, whole->width);
  g_assert_cmpint (part->y + part->height, <=, whole->height);
  g_mutex_lock (&picture->lock);
  for (int y = part->y; y < part->y + part->height; y++)
    show_row (whole->luma + (gsize)y * whole->stride + part->x,
        picture->shown + y * whole->width + part->x, part->width);
  g_mutex_unlock (&picture->lock);
}

HiddenPicture *
hidden_picture_new (void)
{
  HiddenPicture *picture = g_new0 (HiddenPicture, 1);

  picture->reader.read = show;
  g_mutex_init (&picture->lock);
  return picture;
}

void
hidden_picture_free (HiddenPicture *picture)
{
  g_mutex_clear (&picture->lock);
  g_free (picture->shown);
  g_free (picture);
}

MeFrame
hidden_picture_hide (HiddenPicture *picture, const MeFrame *frame, guint8 cover)
{
  gsize size = (gsize)frame->width * (gsize)frame->height;
  MeFrame hidden = *frame;

  picture->whole = *frame;
  picture->shown = g_realloc (picture->shown, size);
  memset (picture->shown, cover, size);
  hidden.luma = picture->shown;
  hidden.stride = (gsize)frame->width;
  hidden.reader = &picture->reader;
  return hidden;
}
