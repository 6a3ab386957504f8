/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A stream through microexpr with the scripted analysis, frame by frame, for tests. */
#include "scripted-stream.h"

#include "microexpr/gstmicroexpr.h"

static void
register_once (void)
{
  static gsize done;

  if (g_once_init_enter (&done)) {
    fail_unless (GST_ELEMENT_REGISTER (microexpr, NULL));
    g_once_init_leave (&done, 1);
  }
}

void
stream_start (Stream *stream, const char *properties)
{
  char *line = g_strdup_printf ("microexpr %s", properties ? properties : "");

  register_once ();
  memset (&script, 0, sizeof script);
  script.n_faces = 1;
  stream->harness = gst_harness_new_parse (line);
  stream->element = gst_harness_find_element (stream->harness, "microexpr");
  stream->bus = gst_bus_new ();
  gst_element_set_bus (stream->element, stream->bus);
  stream->time = 0;
  gst_harness_set_src_caps_str (stream->harness, CAPS);
  g_free (line);
}

void
stream_stop (Stream *stream)
{
  gst_harness_teardown (stream->harness);
  gst_bus_set_flushing (stream->bus, TRUE);
  gst_element_set_bus (stream->element, NULL);
  gst_object_unref (stream->bus);
  gst_object_unref (stream->element);
}

GstBuffer *
stream_new_frame (GstClockTime time)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, WIDTH * HEIGHT, NULL);

  gst_buffer_memset (buffer, 0, 0, WIDTH * HEIGHT);
  GST_BUFFER_PTS (buffer) = time;
  GST_BUFFER_DURATION (buffer) = FRAME;
  return buffer;
}

GstBuffer *
stream_push (Stream *stream, GstBuffer *buffer)
{
  return gst_harness_push_and_pull (stream->harness, buffer);
}

GstBuffer *
stream_push_until_event (Stream *stream)
{
  for (guint i = 0; i < 100; i++) {
    GstBuffer *buffer = stream_push (stream, stream_new_frame (stream->time));
    stream->time += FRAME;
    if (buffer_item (buffer, "events", 0))
      return buffer;
    gst_buffer_unref (buffer);
  }
  fail ("no event came");
  return NULL;
}

void
stream_run_until (Stream *stream, GstClockTime end)
{
  for (; stream->time < end; stream->time += FRAME)
    gst_buffer_unref (stream_push (stream, stream_new_frame (stream->time)));
}

GstStructure *
stream_pop_message (Stream *stream, const char *name)
{
  GstMessage *message;
  GstStructure *found = NULL;

  while (!found && (message = gst_bus_pop_filtered (stream->bus, GST_MESSAGE_ELEMENT))) {
    if (gst_message_has_name (message, name))
      found = gst_structure_copy (gst_message_get_structure (message));
    gst_message_unref (message);
  }
  return found;
}

guint64
stream_count (Stream *stream, const char *field)
{
  GstStructure *stats;
  guint64 value;

  g_object_get (stream->element, "stats", &stats, NULL);
  value = get_uint64 (stats, field);
  gst_structure_free (stats);
  return value;
}

MeEvent
stream_event (GstClockTime onset)
{
  return (MeEvent){ .face = 0,
    .kind = ME_KIND_MICRO,
    .onset_ns = onset,
    .apex_ns = onset + 80 * GST_MSECOND,
    .offset_ns = onset + 200 * GST_MSECOND,
    .strength = { [ME_AU12] = 1.9 },
    .left = { [ME_AU12] = 1.9 },
    .right = { [ME_AU12] = 1.2 },
    .emotion = ME_HAPPINESS,
    .emotions = { [ME_HAPPINESS] = 0.8 },
    .confidence = 0.7,
    .intensity = 2.1,
    .snr = 9.5,
    .speaking = 0.75,
    .context = ME_CONTEXT_CONVERSATIONAL,
    .box = { 4, 8, 16, 12 } };
}

const GstStructure *
buffer_item (GstBuffer *buffer, const char *list, guint n)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, "GstMicroexprMeta");
  const GValue *items;

  fail_unless (meta != NULL, "the buffer has no GstMicroexprMeta");
  items = gst_structure_get_value (gst_custom_meta_get_structure (meta), list);
  fail_unless (items && GST_VALUE_HOLDS_LIST (items), "no list %s", list);
  if (n >= gst_value_list_get_size (items))
    return NULL;
  return gst_value_get_structure (gst_value_list_get_value (items, n));
}

guint64
get_uint64 (const GstStructure *structure, const char *field)
{
  guint64 value = 0;

  fail_unless (gst_structure_get_uint64 (structure, field, &value), "no guint64 %s", field);
  return value;
}

double
get_double (const GstStructure *structure, const char *field)
{
  double value = 0;

  fail_unless (gst_structure_get_double (structure, field, &value), "no double %s", field);
  return value;
}

guint
get_uint (const GstStructure *structure, const char *field)
{
  guint value = 0;

  fail_unless (gst_structure_get_uint (structure, field, &value), "no guint %s", field);
  return value;
}
