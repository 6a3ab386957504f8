/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events stay on the buffers for a while after the one that brought them. A consumer takes each
 * once, by its id. */
#include "repeats.h"

typedef struct
{
  GstStructure *event; /* owned */
  guint64 id;
  GstClockTime since; /* buffer time of the first buffer with it */
  gboolean late;      /* it was over by then */
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  gst_structure_free (item->event);
  g_free (item);
}

void
gst_microexpr_repeats_init (GstMicroexprRepeats *repeats)
{
  g_queue_init (&repeats->items);
}

void
gst_microexpr_repeats_clear (GstMicroexprRepeats *repeats)
{
  g_queue_clear_full (&repeats->items, item_free);
}

static guint64
id_of (const GstStructure *event)
{
  guint64 id = 0;

  gst_structure_get_uint64 (event, "id", &id);
  return id;
}

static const GstStructure *
nth (const GValue *list, guint i)
{
  return gst_value_get_structure (gst_value_list_get_value (list, i));
}

static gboolean
contains (const GValue *list, guint64 id)
{
  for (guint i = 0; i < gst_value_list_get_size (list); i++)
    if (id_of (nth (list, i)) == id)
      return TRUE;
  return FALSE;
}

static void
append (GValue *list, const GstStructure *event)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, GST_TYPE_STRUCTURE);
  gst_value_set_structure (&value, event);
  gst_value_list_append_and_take_value (list, &value);
}

static gboolean
is_over (const Item *item, GstClockTime time)
{
  return !GST_CLOCK_TIME_IS_VALID (time) || !GST_CLOCK_TIME_IS_VALID (item->since) ||
         time < item->since || time - item->since > GST_MICROEXPR_REPEAT_NS;
}

static void
drop_old (GstMicroexprRepeats *repeats, GstClockTime time)
{
  for (GList *l = repeats->items.head, *next; l; l = next) {
    next = l->next;
    if (is_over (l->data, time)) {
      item_free (l->data);
      g_queue_delete_link (&repeats->items, l);
    }
  }
}

static gboolean
knows (const GstMicroexprRepeats *repeats, guint64 id)
{
  for (const GList *l = repeats->items.head; l; l = l->next)
    if (((const Item *)l->data)->id == id)
      return TRUE;
  return FALSE;
}

static void
remember (GstMicroexprRepeats *repeats, const GstStructure *event, GstClockTime time,
    GstClockTime stream_time)
{
  Item *item;
  guint64 offset = 0;

  if (knows (repeats, id_of (event)))
    return;
  gst_structure_get_uint64 (event, "offset", &offset);
  item = g_new (Item, 1);
  *item = (Item){ gst_structure_copy (event), id_of (event), time, stream_time > offset };
  g_queue_push_tail (&repeats->items, item);
}

/* A list of the remembered events that are not on the buffer yet, only the late ones on demand, and
 * of its own. */
static GValue
joined (const GstMicroexprRepeats *repeats, const GValue *own, gboolean late_only)
{
  GValue all = G_VALUE_INIT;

  g_value_init (&all, GST_TYPE_LIST);
  for (const GList *l = repeats->items.head; l; l = l->next) {
    const Item *item = l->data;
    if ((item->late || !late_only) && !contains (own, item->id))
      append (&all, item->event);
  }
  for (guint i = 0; i < gst_value_list_get_size (own); i++)
    append (&all, nth (own, i));
  return all;
}

void
gst_microexpr_repeats_apply (GstMicroexprRepeats *repeats, GValue *events, GValue *labels,
    GstClockTime time, GstClockTime stream_time)
{
  GValue all;

  drop_old (repeats, time);
  if (g_queue_is_empty (&repeats->items))
    *labels = (GValue)G_VALUE_INIT;
  if (g_queue_is_empty (&repeats->items) && gst_value_list_get_size (events) == 0)
    return;
  all = joined (repeats, events, FALSE);
  *labels = joined (repeats, events, TRUE);
  for (guint i = 0; i < gst_value_list_get_size (events); i++)
    remember (repeats, nth (events, i), time, stream_time);
  g_value_unset (events);
  *events = all;
}

void
gst_microexpr_repeats_finish (GstMicroexprRepeats *repeats, GValue *events)
{
  GValue all = joined (repeats, events, FALSE);

  g_value_unset (events);
  *events = all;
  gst_microexpr_repeats_clear (repeats);
}
