/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keeps events on the buffers after the one that first carried them. */
#include "retention.h"

#include "structure-list.h"

typedef struct
{
  GstStructure *event; /* owned */
  guint64 id;
  GstClockTime since; /* buffer time of the first buffer with it */
  gboolean late;      /* that buffer came after its offset: it was not on its own frames */
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  gst_structure_free (item->event);
  g_free (item);
}

void
gst_microexpr_retention_init (GstMicroexprRetention *retention)
{
  g_queue_init (&retention->items);
}

void
gst_microexpr_retention_clear (GstMicroexprRetention *retention)
{
  g_queue_clear_full (&retention->items, item_free);
}

static guint64
id_of (const GstStructure *event)
{
  guint64 id = 0;

  gst_structure_get_uint64 (event, "id", &id);
  return id;
}

static gboolean
contains (const GValue *list, guint64 id)
{
  for (guint i = 0; i < gst_microexpr_list_size (list); i++)
    if (id_of (gst_microexpr_list_get (list, i)) == id)
      return TRUE;
  return FALSE;
}

static gboolean
has_expired (const Item *item, GstClockTime time)
{
  return !GST_CLOCK_TIME_IS_VALID (time) || !GST_CLOCK_TIME_IS_VALID (item->since) ||
         time < item->since || time - item->since > GST_MICROEXPR_RETENTION_NS;
}

static void
drop_expired (GstMicroexprRetention *retention, GstClockTime time)
{
  for (GList *l = retention->items.head, *next; l; l = next) {
    next = l->next;
    if (has_expired (l->data, time)) {
      item_free (l->data);
      g_queue_delete_link (&retention->items, l);
    }
  }
}

static gboolean
retains (const GstMicroexprRetention *retention, guint64 id)
{
  for (const GList *l = retention->items.head; l; l = l->next)
    if (((const Item *)l->data)->id == id)
      return TRUE;
  return FALSE;
}

static void
retain (GstMicroexprRetention *retention, const GstStructure *event, GstClockTime time,
    GstClockTime stream_time)
{
  Item *item;
  guint64 offset = 0;

  if (retains (retention, id_of (event)))
    return;
  gst_structure_get_uint64 (event, "offset", &offset);
  item = g_new (Item, 1);
  *item = (Item){ gst_structure_copy (event), id_of (event), time, stream_time > offset };
  g_queue_push_tail (&retention->items, item);
}

/* Appends the retained events that are not in `own`, those that came late or all, then `own`. */
static void
join (const GstMicroexprRetention *retention, const GValue *own, gboolean late_only, GValue *all)
{
  for (const GList *l = retention->items.head; l; l = l->next) {
    const Item *item = l->data;
    if ((item->late || !late_only) && !contains (own, item->id))
      gst_microexpr_list_append (all, gst_structure_copy (item->event));
  }
  for (guint i = 0; i < gst_microexpr_list_size (own); i++)
    gst_microexpr_list_append (all, gst_structure_copy (gst_microexpr_list_get (own, i)));
}

static void
add_retained (const GstMicroexprRetention *retention, GValue *events)
{
  GValue all = G_VALUE_INIT;

  join (retention, events, FALSE, &all);
  g_value_unset (events);
  *events = all;
}

void
gst_microexpr_retention_apply (GstMicroexprRetention *retention, GValue *events, GValue *labels,
    GstClockTime time, GstClockTime stream_time)
{
  drop_expired (retention, time);
  for (guint i = 0; i < gst_microexpr_list_size (events); i++)
    retain (retention, gst_microexpr_list_get (events, i), time, stream_time);
  join (retention, events, TRUE, labels);
  add_retained (retention, events);
}

void
gst_microexpr_retention_finish (GstMicroexprRetention *retention, GValue *events)
{
  add_retained (retention, events);
  gst_microexpr_retention_clear (retention);
}
