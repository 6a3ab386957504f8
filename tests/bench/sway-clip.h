/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A clip that is the same on every machine: a photograph that sways before a gray wall, with the
 * noise of a camera. Whole numbers only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SWAY_CLIP_WIDTH 640
#define SWAY_CLIP_HEIGHT 480

typedef struct _SwayClip SwayClip;

/* NULL and `error`: the photograph cannot be read. Free with sway_clip_free(). */
SwayClip *sway_clip_new (const char *photograph, GError **error);
void sway_clip_free (SwayClip *clip);

/* The luma of frame n: SWAY_CLIP_HEIGHT rows of SWAY_CLIP_WIDTH bytes, valid until the next call.
 * To be called for 0, 1, 2... */
const guint8 *sway_clip_draw (SwayClip *clip, guint n);

G_END_DECLS
