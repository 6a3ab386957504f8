/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Validates the file of a dlib shape predictor before dlib reads it. dlib trusts the sizes that a
 * file claims, and later every index in it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is wrong with the file (static), or NULL. A valid file has n_points points, dlib needs no
 * more than a few times `size` of memory to read it, and no index is out of bounds. Any thread. */
const char *me_dlib_file_problem (const guint8 *data, gsize size, guint n_points);

G_END_DECLS
