/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The next picture of the pyramid in which dlib's detector searches, for the processor at hand. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pixels of a picture whose rows lie `stride` bytes apart. */
typedef struct
{
  guint8 *at;
  gsize stride;
  int width, height;
} MeLevel;

/* Fills `to`, which is smaller than `from`, with the pixels of dlib 19's resize_image(). */
void me_pyramid_down (const MeLevel *from, MeLevel *to);

G_END_DECLS
