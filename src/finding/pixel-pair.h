/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Two neighbouring pixels in one number. */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* The pixel at p in the low byte, the next one in the high byte. */
static inline guint16
me_pixel_pair (const guint8 *p)
{
  guint16 both;

  memcpy (&both, p, sizeof both);
  return GUINT16_FROM_LE (both);
}

G_END_DECLS
