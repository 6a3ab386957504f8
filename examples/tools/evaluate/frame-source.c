/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frames from files. Images are pushed one by one, so their names need no pattern. */
#include "frame-source.h"

#include <gst/app/app.h>

#define UPRIGHT "videoflip video-direction=auto" /* by the orientation tag of phones */

/* The next existing, non-empty image; NULL: no more, or source->error is set. */
static GstBuffer *
read_image (FrameSource *source, gint64 *position)
{
  const Recording *recording = source->recording;

  while (!source->error && source->next_image < recording->images->len) {
    guint i = source->next_image++;
    g_autofree char *path =
        g_build_filename (recording->path, g_ptr_array_index (recording->images, i), NULL);
    char *bytes = NULL;
    gsize n_bytes = 0;

    *position = g_array_index (recording->positions, gint64, i);
    if (g_file_get_contents (path, &bytes, &n_bytes, &source->error) && n_bytes > 0)
      return gst_buffer_new_wrapped (bytes, n_bytes);
    g_free (bytes);
    if (g_error_matches (source->error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      g_clear_error (&source->error); /* a dangling link */
  }
  return NULL;
}

/* Runs in the streaming thread whenever the source wants more. */
static void
push_image (GstAppSrc *element, guint size, gpointer user_data)
{
  FrameSource *source = user_data;
  double frame_ns = GST_SECOND / source->recording->frame_rate;
  gint64 position;
  GstBuffer *buffer;

  (void)size;
  buffer = read_image (source, &position);
  if (!buffer) {
    gst_app_src_end_of_stream (element);
    return;
  }
  GST_BUFFER_PTS (buffer) = (GstClockTime)((double)position * frame_ns);
  GST_BUFFER_DURATION (buffer) = (GstClockTime)frame_ns;
  gst_app_src_push_buffer (element, buffer);
}

/* Media type, by the extension of the first image. */
static const char *
image_type (const Recording *recording)
{
  g_autofree char *lower = g_ascii_strdown (g_ptr_array_index (recording->images, 0), -1);

  if (g_str_has_suffix (lower, ".png"))
    return "image/png";
  return g_str_has_suffix (lower, ".bmp") ? "image/bmp" : "image/jpeg";
}

char *
frame_source_describe (const Recording *recording)
{
  if (!recording->images)
    return g_strdup ("filesrc name=frames ! decodebin ! videoconvert ! " UPRIGHT);
  return g_strdup_printf ("appsrc name=frames format=time max-buffers=4 "
                          "caps=%s,framerate=%.0f/1000 ! decodebin ! videoconvert ! " UPRIGHT,
      image_type (recording), recording->frame_rate * 1000);
}

void
frame_source_attach (FrameSource *source, GstElement *pipeline)
{
  g_autoptr (GstElement) element = gst_bin_get_by_name (GST_BIN (pipeline), "frames");
  GstAppSrcCallbacks callbacks = { .need_data = push_image };

  if (source->recording->images)
    gst_app_src_set_callbacks (GST_APP_SRC (element), &callbacks, source, NULL);
  else
    g_object_set (element, "location", source->recording->path, NULL);
}

void
frame_source_fail (const FrameSource *source, GError *cause, GError **error)
{
  const char *why = source->error ? source->error->message : "it contains no frame";

  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: cannot be played: %s",
      source->recording->path, cause ? cause->message : why);
  g_clear_error (&cause);
}
