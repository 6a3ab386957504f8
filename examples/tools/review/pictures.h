/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The second pass over the recording: portraits of onset and apex, by seeking. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* The portraits of one event as JPEG; NULL: none. */
typedef struct
{
  GBytes *onset, *apex;
} ReviewPictures;

/* One ReviewPictures per event, in the order of the events; free with g_array_unref(). A picture
 * that cannot be taken, or comes after Ctrl-C, is NULL. */
GArray *review_pictures_take (
    const ReviewAnalysis *analysis, const char *recording, AppProgress *progress);

G_END_DECLS
