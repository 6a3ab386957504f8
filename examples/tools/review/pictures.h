/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The second pass over the recording: portraits of onset and apex, by seeking. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* The portraits of one event: JPEG; NULL: none. */
typedef struct
{
  GBytes *onset, *apex;
} ReviewPictures;

/* One ReviewPictures per event, in their order; free with g_array_unref(). Those that cannot be
 * had, or that the user does not wait for, are missing. */
GArray *review_pictures_take (
    const ReviewAnalysis *analysis, const char *recording, AppProgress *progress);

G_END_DECLS
