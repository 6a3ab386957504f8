/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pictures, and places in them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  float x, y;
} MePoint;

typedef struct
{
  int x, y, width, height; /* pixels; clipped to the frame */
} MeBox;

typedef struct _MeReader MeReader;

/* What fills in luma where it is looked at, and leaves the rest as it is. */
struct _MeReader
{
  /* Returns when the part is filled in: a box inside the frame. Called by several threads at once,
   * also for parts that overlap, of which others may read what is filled in already. */
  void (*read) (MeReader *reader, const MeBox *part);
};

/* One picture. It is only read, and only during the call. */
typedef struct
{
  const guint8 *luma; /* height rows of width bytes, stride bytes apart; full or limited range */
  int width, height;  /* pixels, each at least 1 */
  gsize stride;
  double pixel_aspect; /* width of a pixel / its height; 1 is square */
  guint64 time_ns;     /* of presentation; must grow from call to call until me_analyzer_reset() */
  MeReader *reader;    /* not owned; NULL: all luma is there. Else see me_frame_part() */
} MeFrame;

/* The first pixel of a part of the picture, which is inside the frame and not empty. Luma is read
 * in parts that were asked for only. Any thread. */
static inline const guint8 *
me_frame_part (const MeFrame *frame, const MeBox *part)
{
  if (frame->reader)
    frame->reader->read (frame->reader, part);
  return frame->luma + (gsize)part->y * frame->stride + (gsize)part->x;
}

static inline const guint8 *
me_frame_row (const MeFrame *frame, int y)
{
  const MeBox row = { 0, y, frame->width, 1 };

  return me_frame_part (frame, &row);
}

G_END_DECLS
