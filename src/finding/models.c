/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models.h"

#include <gio/gio.h>

#include "finding/models-resources.h"

#define FOLDER "/org/freedesktop/gstreamer/microexpr/"

const guint8 *
me_model_bytes (const char *name, gsize *size)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (me_models_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  *size = 0;
  return bytes ? g_bytes_get_data (bytes, size) : NULL; /* in the library, not in `bytes` */
}
