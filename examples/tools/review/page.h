/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page: one file, put together from the pieces in page/, the data and the pictures. */
#pragma once

#include "pictures.h"

G_BEGIN_DECLS

/* Writes the page. data: JSON. pictures: one per event; NULL: without. video: a file to be held by
 * the page; NULL: none. FALSE and `error` set when it cannot be written; a page that was there
 * before is then still there. */
gboolean review_page_write (const char *path, const char *title, const char *data,
    const GArray *pictures, const char *video, GError **error);

/* How a file is called in a page: relative to it, as part of an URL. (transfer full) */
char *review_page_link (const char *page, const char *file);

G_END_DECLS
