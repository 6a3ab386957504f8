/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page: one file, put together from the pieces in page/, the data and the pictures. */
#pragma once

#include "bank.h"

G_BEGIN_DECLS

/* Writes the page. data: JSON. FALSE and `error` set when it cannot be written; a page that was
 * there before is then still there. size: of the file, bytes. */
gboolean train_page_write (
    const char *path, const char *data, const TrainBank *bank, gsize *size, GError **error);

G_END_DECLS
