/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "item.h"

static const MeKind kinds[] = { ME_KIND_MICRO, ME_KIND_MACRO, ME_KIND_BLINK };

void
clip_init (Clip *clip)
{
  clip->truths = g_array_new (FALSE, TRUE, sizeof (Item));
  clip->reports = g_array_new (FALSE, TRUE, sizeof (Item));
  clip->duration = 0;
}

void
clip_clear (Clip *clip)
{
  g_clear_pointer (&clip->truths, g_array_unref);
  g_clear_pointer (&clip->reports, g_array_unref);
}

const Item *
item_at (const GArray *items, guint i)
{
  return &g_array_index (items, Item, i);
}

static double
seconds (const GstStructure *s, const char *field)
{
  guint64 ns = 0;

  gst_structure_get_uint64 (s, field, &ns);
  return ns / 1e9;
}

static void
read_units (const GstStructure *s, const char *field, double strength[ME_N_AUS])
{
  const GValue *value = gst_structure_get_value (s, field);

  if (!value || !GST_VALUE_HOLDS_STRUCTURE (value))
    return;
  for (MeAu au = 0; au < ME_N_AUS; au++)
    gst_structure_get_double (gst_value_get_structure (value), me_au_name (au), &strength[au]);
}

static void
read_emotions (const GstStructure *s, double scores[ME_N_EMOTIONS])
{
  const GValue *value = gst_structure_get_value (s, "emotions");

  if (!value || !GST_VALUE_HOLDS_STRUCTURE (value))
    return;
  for (MeEmotion e = 0; e < ME_N_EMOTIONS; e++)
    gst_structure_get_double (gst_value_get_structure (value), me_emotion_name (e), &scores[e]);
}

Item
item_read (const GstStructure *s)
{
  Item item = { .kind = ME_KIND_MICRO, .match = -1 };
  const char *emotion = gst_structure_get_string (s, "emotion");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_strcmp0 (gst_structure_get_string (s, "kind"), me_kind_name (kinds[i])) == 0)
      item.kind = kinds[i];
  }
  item.onset = seconds (s, "onset");
  item.apex = seconds (s, "apex");
  item.offset = seconds (s, "offset");
  read_units (s, "action-units", item.strength);
  read_units (s, "left", item.left);
  read_units (s, "right", item.right);
  read_emotions (s, item.emotions);
  g_strlcpy (item.emotion, emotion ? emotion : "", sizeof item.emotion);
  gst_structure_get_double (s, "intensity", &item.intensity);
  gst_structure_get_double (s, "confidence", &item.confidence);
  gst_structure_get_double (s, "snr", &item.snr);
  return item;
}

/* A codec may put source and analysis into different threads. */
static GstBusSyncReply
collect (GstBus *bus, GstMessage *message, gpointer user_data)
{
  const GstStructure *s = gst_message_get_structure (message);
  Clip *clip = user_data;
  gboolean truth = s && gst_structure_has_name (s, "microexpr-truth");
  Item item;

  if (!truth && !(s && gst_structure_has_name (s, "microexpr-event")))
    return GST_BUS_PASS;
  item = item_read (s);
  GST_OBJECT_LOCK (bus);
  g_array_append_val (truth ? clip->truths : clip->reports, item);
  GST_OBJECT_UNLOCK (bus);
  gst_message_unref (message);
  return GST_BUS_DROP;
}

void
clip_collect (Clip *clip, GstElement *pipeline)
{
  GstBus *bus = gst_element_get_bus (pipeline);

  gst_bus_set_sync_handler (bus, collect, clip, NULL);
  gst_object_unref (bus);
}
