/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The frame of a portrait: a piece of the picture in which the eyes are always at the same place,
 * upright, so that onset and apex can be laid on each other. */
#pragma once

#include <cairo.h>

#include "shared/moments.h"

G_BEGIN_DECLS

/* px of the portrait. The eyes are REVIEW_PORTRAIT_IPD apart. */
#define REVIEW_PORTRAIT_WIDTH 256
#define REVIEW_PORTRAIT_HEIGHT 320
#define REVIEW_PORTRAIT_IPD 92

/* From px of the portrait to square px of the picture. pixel_aspect: of the picture. */
cairo_matrix_t review_portrait_place (const AppMoment *moment, double pixel_aspect);

/* The same for another moment of the same event, moved along with the head alone: the fit of all
 * landmarks to those of the first moment, so that no single one makes the picture jump. */
cairo_matrix_t review_portrait_follow (
    const cairo_matrix_t *place, const AppMoment *from, const AppMoment *to, double pixel_aspect);

G_END_DECLS
