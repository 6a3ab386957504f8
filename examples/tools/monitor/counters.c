/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "counters.h"

void
counters_init (Counters *c)
{
  *c = (Counters){ .before = gst_structure_new_empty ("before") };
}

void
counters_clear (Counters *c)
{
  counters_end (c);
  gst_structure_free (c->before);
}

/* Streaming thread. */
static GstPadProbeReturn
note_packet (GstPad *pad G_GNUC_UNUSED, GstPadProbeInfo *info G_GNUC_UNUSED, gpointer user_data)
{
  g_atomic_int_set ((gint *)user_data, TRUE);
  return GST_PAD_PROBE_OK;
}

static void
watch_packets (Counters *c, GstElement *drain)
{
  GstPad *pad = gst_element_get_static_pad (drain, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, note_packet,
      g_atomic_rc_box_acquire (c->packet), g_atomic_rc_box_release);
  gst_object_unref (pad);
}

void
counters_begin (Counters *c, GstElement *pipeline)
{
  GstElement *drain = gst_bin_get_by_name (GST_BIN (pipeline), "drain");

  c->element = gst_bin_get_by_name (GST_BIN (pipeline), "microexpr");
  c->packet = g_atomic_rc_box_new0 (gint);
  if (drain)
    watch_packets (c, drain);
  gst_clear_object (&drain);
}

static guint64
get (const GstStructure *s, const char *name)
{
  guint64 value = 0;

  return s && gst_structure_get_uint64 (s, name, &value) ? value : 0;
}

static gboolean
add_field (GQuark field, const GValue *value, gpointer user_data)
{
  GstStructure *sum = user_data;

  if (G_VALUE_HOLDS_UINT64 (value))
    gst_structure_id_set (sum, field, G_TYPE_UINT64,
        get (sum, g_quark_to_string (field)) + g_value_get_uint64 (value), NULL);
  return TRUE;
}

void
counters_end (Counters *c)
{
  if (!c->element)
    return;
  counters_update (c);
  gst_structure_foreach (c->now, add_field, c->before);
  g_clear_pointer (&c->now, gst_structure_free);
  g_clear_pointer (&c->packet, g_atomic_rc_box_release);
  gst_clear_object (&c->element);
}

gboolean
counters_take_packet (Counters *c)
{
  return g_atomic_int_compare_and_exchange (c->packet, TRUE, FALSE);
}

gboolean
counters_update (Counters *c)
{
  guint64 frames = get (c->now, "frames");

  g_clear_pointer (&c->now, gst_structure_free);
  g_object_get (c->element, "stats", &c->now, NULL);
  c->latency_ms = counters_get_double (c, "latency-ms");
  c->max_latency_ms = MAX (c->max_latency_ms, counters_get_double (c, "max-latency-ms"));
  return get (c->now, "frames") > frames;
}

guint64
counters_get (const Counters *c, const char *name)
{
  return get (c->before, name) + get (c->now, name);
}

double
counters_get_double (const Counters *c, const char *name)
{
  double value = 0;

  return c->now && gst_structure_get_double (c->now, name, &value) ? value : 0;
}

static gboolean
add_measurement (GQuark field, const GValue *value, gpointer user_data)
{
  if (G_VALUE_HOLDS_DOUBLE (value))
    gst_structure_id_set_value (user_data, field, value);
  return TRUE;
}

GstStructure *
counters_dup (const Counters *c)
{
  GstStructure *sum = gst_structure_copy (c->before);

  if (c->now) {
    gst_structure_foreach (c->now, add_field, sum);
    gst_structure_foreach (c->now, add_measurement, sum);
  }
  return sum;
}

char *
counters_to_string (const Counters *c)
{
  static const char *const names[] = { "frames", "analysed", "skipped-late", "skipped-corrupt",
    "skipped-untimed", "resets-gap", "resets-seek", "resets-caps", "resets-flush", "faces",
    "events", "events-dropped", "warnings" };
  GString *text = g_string_new (NULL);

  if (counters_get (c, names[0]) > 0)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      g_string_append_printf (
          text, "%s%s %" G_GUINT64_FORMAT, i > 0 ? ", " : "", names[i], counters_get (c, names[i]));
  if (c->max_latency_ms > 0)
    g_string_append_printf (
        text, ", latency-ms %.0f, max-latency-ms %.0f", c->latency_ms, c->max_latency_ms);
  return g_string_free (text, FALSE);
}
