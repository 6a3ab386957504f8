/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The file of a dlib shape predictor, looked through before dlib reads it: dlib believes what a
 * file says of its own sizes, and later that every index in it is one of its own. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is wrong with it, or NULL. Good: it has n_points points, dlib takes no more than a few times
 * `size` of memory to read it, and no index leaves its array. Any thread. */
const char *me_dlib_file_problem (const guint8 *data, gsize size, guint n_points);

G_END_DECLS
