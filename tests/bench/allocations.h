/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Counts what a program takes from the heap, in whatever library: linked in, it stands before the
 * C library's functions. glibc only; not with a sanitizer, which does the same. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Allocations of the calling thread so far. */
guint64 allocations_so_far (void);

G_END_DECLS
