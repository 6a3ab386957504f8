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

/* One picture. It is only read, and only during the call. */
typedef struct
{
  const guint8 *luma; /* height rows of width bytes, stride bytes apart; full or limited range */
  int width, height;  /* pixels, each at least 1 */
  gsize stride;
  double pixel_aspect; /* width of a pixel / its height; 1 is square */
  guint64 time_ns;     /* of presentation; must grow from call to call until me_analyzer_reset() */
} MeFrame;

G_END_DECLS
