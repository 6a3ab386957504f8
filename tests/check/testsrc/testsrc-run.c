/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs microexprtestsrc into a sink and keeps what came. */
#include "testsrc-run.h"

#include <gst/video/video.h>
#include <string.h>

void
result_clear (Result *result)
{
  g_clear_pointer (&result->frames, g_ptr_array_unref);
  g_clear_pointer (&result->truths, g_ptr_array_unref);
  gst_clear_buffer (&result->last);
  g_clear_pointer (&result->error, g_free);
  g_clear_pointer (&result->debug, g_free);
}

/* Without what formats leave unused beside it. */
static void
add_component (GChecksum *checksum, const GstVideoFrame *frame, guint c)
{
  gsize size = (GST_VIDEO_FRAME_COMP_DEPTH (frame, c) + 7) / 8;
  gsize width = (gsize)GST_VIDEO_FRAME_COMP_WIDTH (frame, c);
  g_autofree guint8 *row = g_malloc (width * size);

  for (int y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT (frame, c); y++) {
    const guint8 *pixel = (const guint8 *)GST_VIDEO_FRAME_COMP_DATA (frame, c) +
                          y * GST_VIDEO_FRAME_COMP_STRIDE (frame, c);
    for (gsize x = 0; x < width; x++, pixel += GST_VIDEO_FRAME_COMP_PSTRIDE (frame, c))
      memcpy (row + x * size, pixel, size);
    g_checksum_update (checksum, row, (gssize)(width * size));
  }
}

char *
frame_checksum (GstCaps *caps, GstBuffer *buffer)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  GstVideoFrame frame;
  GstVideoInfo info;

  fail_unless (gst_video_info_from_caps (&info, caps));
  fail_unless (gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ));
  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS (&frame); c++)
    add_component (checksum, &frame, c);
  gst_video_frame_unmap (&frame);
  return g_strdup (g_checksum_get_string (checksum));
}

static GstPadProbeReturn
take_frame (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Result *result = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

  g_ptr_array_add (result->frames, frame_checksum (caps, buffer));
  gst_clear_buffer (&result->last);
  result->last = gst_buffer_copy_deep (buffer);
  return GST_PAD_PROBE_OK;
}

static void
take_messages (GstBus *bus, Result *result)
{
  while (!result->eos && !result->error) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (
        bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT);

    fail_unless (message != NULL);
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS) {
      result->eos = TRUE;
    } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
      g_autoptr (GError) error = NULL;

      gst_message_parse_error (message, &error, &result->debug);
      result->error = g_strdup (error->message);
    } else {
      g_ptr_array_add (result->truths, gst_structure_copy (gst_message_get_structure (message)));
    }
  }
}

GstElement *
build_testsrc (const char *properties, const char *caps)
{
  g_autofree char *text =
      g_strdup_printf ("microexprtestsrc name=src %s ! %s ! fakesink name=sink", properties, caps);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (text, &error);

  g_assert_no_error (error);
  return pipeline;
}

Result
run_testsrc (const char *properties, const char *caps)
{
  Result result = { g_ptr_array_new_with_free_func (g_free),
    g_ptr_array_new_with_free_func ((GDestroyNotify)gst_structure_free), NULL, NULL, NULL, FALSE };
  g_autoptr (GstElement) pipeline = build_testsrc (properties, caps);
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, take_frame, &result, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  take_messages (bus, &result);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return result;
}
