/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The geometry of a portrait: an upright cutout with the eyes always in the same place, so that
 * onset and apex can be overlaid. */
#pragma once

#include <cairo.h>

#include "shared/moments.h"

G_BEGIN_DECLS

/* px of the portrait. The eyes are REVIEW_PORTRAIT_IPD apart. */
#define REVIEW_PORTRAIT_WIDTH 256
#define REVIEW_PORTRAIT_HEIGHT 320
#define REVIEW_PORTRAIT_IPD 92

/* Maps px of the portrait to square px of the picture. pixel_aspect: of the picture. */
cairo_matrix_t review_portrait_place (const AppMoment *moment, double pixel_aspect);

/* The same for another moment of the event, following only the head: all landmarks are fitted to
 * those of the first moment, so that no single one makes the picture jump. */
cairo_matrix_t review_portrait_follow (
    const cairo_matrix_t *place, const AppMoment *from, const AppMoment *to, double pixel_aspect);

G_END_DECLS
