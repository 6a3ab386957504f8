/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The models embedded in the library. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The bytes of a file in data/models.gresource.xml, valid as long as the library is loaded. NULL
 * when it is missing. */
const guint8 *me_model_bytes (const char *name, gsize *size);

G_END_DECLS
