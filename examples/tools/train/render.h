/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pictures of the items of a face, by microexprtestsrc. */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "course.h"
#include "items.h"

G_BEGIN_DECLS

/* px of a picture, multiples of TRAIN_BLOCK. */
#define TRAIN_WIDTH 384
#define TRAIN_HEIGHT 480
#define TRAIN_IPD 112

/* For each item an array of GdkPixbuf (RGB), pictures 0 (neutral) to TRAIN_STEPS (apex); free with
 * g_ptr_array_unref(). items: of one face; photo: its path. NULL and `error` set: the photograph
 * shows no usable face, or elements are missing. */
GPtrArray *train_render (const TrainItem *items, guint n_items, const char *photo, GError **error);

G_END_DECLS
