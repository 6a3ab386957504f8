/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "chain-run.h"

#define SOURCE                                                                                     \
  "microexprtestsrc seed=5 noise=0.5 micro-rate=0 macro-rate=0 blink-rate=0 num-buffers=%u "       \
  "script=\"%s\" ! video/x-raw,width=480,height=360,framerate=30/1 ! %s ! "                        \
  "fakesink name=out async=false signal-handoffs=true"

static void
collect (Outcome *outcome, GstMessage *message)
{
  const GstStructure *s = gst_message_get_structure (message);

  if (gst_message_has_name (message, "microexpr-truth"))
    outcome->truth = g_list_append (outcome->truth, gst_structure_copy (s));
  else if (gst_message_has_name (message, "microexpr-event"))
    outcome->events = g_list_append (outcome->events, gst_structure_copy (s));
}

typedef struct
{
  ChainProbe probe;
  gpointer user_data;
} Watch;

static void
handoff (GstElement *element G_GNUC_UNUSED, GstBuffer *buffer, Watch *watch)
{
  if (watch->probe)
    watch->probe (buffer, watch->user_data);
}

/* fakesink names its pad before the user data, identity does not. */
static void
sink_handoff (GstElement *sink, GstBuffer *buffer, GstPad *pad G_GNUC_UNUSED, Watch *watch)
{
  handoff (sink, buffer, watch);
}

/* Until the end of the stream. */
static void
watch_bus (GstElement *pipeline, Outcome *outcome)
{
  const GstMessageType wanted = GST_MESSAGE_ELEMENT | GST_MESSAGE_EOS | GST_MESSAGE_ERROR;
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessageType type = GST_MESSAGE_UNKNOWN;

  while (type != GST_MESSAGE_EOS) {
    GstMessage *message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, wanted);
    type = GST_MESSAGE_TYPE (message);
    fail_if (type == GST_MESSAGE_ERROR, "%" GST_PTR_FORMAT, message);
    if (type == GST_MESSAGE_ELEMENT)
      collect (outcome, message);
    gst_message_unref (message);
  }
  gst_object_unref (bus);
}

Outcome
chain_play (
    guint n_frames, const char *script, const char *elements, ChainProbe probe, gpointer user_data)
{
  char *line = g_strdup_printf (SOURCE, n_frames, script, elements);
  GstElement *pipeline = gst_parse_launch (line, NULL);
  Watch watch = { probe, user_data };
  Outcome outcome = { NULL, NULL };
  GstElement *here, *out;

  fail_unless (pipeline != NULL, "%s", line);
  here = gst_bin_get_by_name (GST_BIN (pipeline), "here");
  out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  if (here)
    g_signal_connect (here, "handoff", G_CALLBACK (handoff), &watch);
  else
    g_signal_connect (out, "handoff", G_CALLBACK (sink_handoff), &watch);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  watch_bus (pipeline, &outcome);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_clear_object (&here);
  gst_object_unref (out);
  gst_object_unref (pipeline);
  g_free (line);
  return outcome;
}

void
chain_forget (Outcome *outcome)
{
  g_list_free_full (outcome->truth, (GDestroyNotify)gst_structure_free);
  g_list_free_full (outcome->events, (GDestroyNotify)gst_structure_free);
}

void
chain_gather_text (GstBuffer *buffer, gpointer text)
{
  GstMapInfo map;

  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_string_append_len (text, (const char *)map.data, (gssize)map.size);
  gst_buffer_unmap (buffer, &map);
}

double
chain_seconds (const GstStructure *s, const char *field)
{
  guint64 time = 0;

  fail_unless (gst_structure_get_uint64 (s, field, &time));
  return time / 1e9;
}

double
chain_overlap (const GstStructure *a, const GstStructure *b)
{
  double both = MIN (chain_seconds (a, "offset"), chain_seconds (b, "offset")) -
                MAX (chain_seconds (a, "onset"), chain_seconds (b, "onset"));
  double any = MAX (chain_seconds (a, "offset"), chain_seconds (b, "offset")) -
               MIN (chain_seconds (a, "onset"), chain_seconds (b, "onset"));

  return both > 0 ? both / any : 0;
}

gboolean
chain_has_unit (const GstStructure *event, const char *where, const char *unit)
{
  return gst_structure_has_field (
      gst_value_get_structure (gst_structure_get_value (event, where)), unit);
}
