/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page: one file, assembled from page/, the data and the pictures. */
#pragma once

#include "pictures.h"

G_BEGIN_DECLS

/* Writes the page. data: JSON. pictures: one per event; NULL: without. video: a file to embed;
 * NULL: none. FALSE and `error` set when it cannot be written; an existing page is then left as it
 * was. */
gboolean review_page_write (const char *path, const char *title, const char *data,
    const GArray *pictures, const char *video, GError **error);

/* Writes the index page of a folder likewise. */
gboolean review_page_write_index (
    const char *path, const char *title, const char *data, GError **error);

/* The URL of a file relative to a page. (transfer full) */
char *review_page_link (const char *page, const char *file);

G_END_DECLS
