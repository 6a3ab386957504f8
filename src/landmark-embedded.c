/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The landmark model inside the library. */
#include "landmark-model.h"

#include <gio/gio.h>

#include "landmarks-resources.h"

#define PATH "/org/freedesktop/gstreamer/microexpr/landmarks.bin"

/* The bytes lie in the library itself and are never copied. */
static gpointer
read_embedded (gpointer unused)
{
  GBytes *bytes = g_resource_lookup_data (
      me_landmarks_get_resource (), PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  MeLandmarkModel *model = g_new0 (MeLandmarkModel, 1);
  gsize size = 0;
  const guint8 *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;

  (void)unused;
  if (!me_landmark_model_read (model, data, size, NULL))
    g_clear_pointer (&model, g_free);
  return model;
}

const MeLandmarkModel *
me_landmark_model_embedded (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, read_embedded, NULL);
}
