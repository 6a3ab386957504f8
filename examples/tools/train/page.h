/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page: one file, assembled from page/, the data and the pictures. */
#pragma once

#include "bank.h"

G_BEGIN_DECLS

/* Writes the page. data: JSON. size: of the file, bytes. FALSE and `error` set when it cannot be
 * written; an existing page is then left as it was. */
gboolean train_page_write (
    const char *path, const char *data, const TrainBank *bank, gsize *size, GError **error);

G_END_DECLS
