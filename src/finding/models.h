/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes of the models inside the library. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of a file in data/models.gresource.xml; they last as long as the library. NULL when it is
 * missing. */
const guint8 *me_model_bytes (const char *name, gsize *size);

G_END_DECLS
