/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pipeline.h"

gboolean
app_pipeline_wait (GstElement *pipeline, AppMessageFunc take, gpointer user_data, GError **error)
{
  GstMessageType wanted = GST_MESSAGE_EOS | GST_MESSAGE_ERROR | (take ? GST_MESSAGE_ELEMENT : 0);
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message;
  gboolean good;

  while ((message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, wanted)) &&
         GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT) {
    take (message, user_data);
    gst_message_unref (message);
  }
  good = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
  if (!good)
    gst_message_parse_error (message, error, NULL);
  gst_message_unref (message);
  gst_object_unref (bus);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return good;
}

gboolean
app_pipeline_check (GstElement *pipeline, GError **error)
{
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  gboolean good = !message;

  if (message)
    gst_message_parse_error (message, error, NULL);
  gst_clear_message (&message);
  gst_object_unref (bus);
  return good;
}
