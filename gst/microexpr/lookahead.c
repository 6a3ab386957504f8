/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frames held back until what happens on them is known. The delay follows the times of the frames,
 * not their number, and never exceeds what was asked for. */
#include "lookahead.h"

#include "structure-list.h"

#define MOST_FRAMES 4096                 /* whatever their times */
#define USUAL_INTERVAL (GST_SECOND / 30) /* of streams that do not tell theirs */
#define SPARE_BUFFERS 16                 /* of a pool: what a decoder keeps for reference */

void
gst_microexpr_lookahead_init (GstMicroexprLookahead *lookahead)
{
  g_queue_init (&lookahead->items);
  lookahead->n_frames = 0;
}

static GstMicroexprHeld *
new_held (void)
{
  GstMicroexprHeld *held = g_new0 (GstMicroexprHeld, 1);

  gst_microexpr_list_init (&held->coming);
  gst_microexpr_list_init (&held->events);
  gst_microexpr_list_init (&held->news);
  return held;
}

static void
unset (GValue *value)
{
  if (G_IS_VALUE (value))
    g_value_unset (value);
}

void
gst_microexpr_held_free (GstMicroexprHeld *held)
{
  gst_clear_buffer (&held->buffer);
  gst_clear_event (&held->event);
  unset (&held->faces);
  unset (&held->coming);
  unset (&held->events);
  unset (&held->news);
  g_free (held);
}

/* The last frame; there is one. */
static const GstMicroexprHeld *
newest (const GstMicroexprLookahead *lookahead)
{
  const GList *item = lookahead->items.tail;

  while (!((const GstMicroexprHeld *)item->data)->buffer)
    item = item->prev;
  return item->data;
}

/* Time starts anew: what is held waits for nothing any more. */
static void
stop_waiting (GstMicroexprLookahead *lookahead)
{
  for (GList *item = lookahead->items.head; item; item = item->next)
    ((GstMicroexprHeld *)item->data)->due = TRUE;
}

/* Tells the frames back to the last one that has the face. */
static void
announce (GstMicroexprLookahead *lookahead, const GstStructure *face)
{
  guint id = 0;

  gst_structure_get_uint (face, "id", &id);
  for (GList *item = lookahead->items.tail; item; item = item->prev) {
    GstMicroexprHeld *held = item->data;
    if (!held->buffer)
      continue;
    if (gst_microexpr_list_has_face (&held->faces, id))
      return;
    gst_microexpr_list_append (&held->coming, gst_structure_copy (face));
  }
}

GstMicroexprHeld *
gst_microexpr_lookahead_hold (GstMicroexprLookahead *lookahead, GstBuffer *buffer,
    GstClockTime time, GstClockTime duration, GstClockTime stream_time, GValue *faces)
{
  GstMicroexprHeld *held = new_held ();

  if (lookahead->n_frames > 0 && time < newest (lookahead)->time)
    stop_waiting (lookahead);
  held->buffer = buffer;
  held->time = held->end = time;
  if (GST_CLOCK_TIME_IS_VALID (time) && GST_CLOCK_TIME_IS_VALID (duration))
    held->end = time + duration;
  held->stream_time = stream_time;
  for (guint i = 0; i < gst_value_list_get_size (faces); i++)
    announce (lookahead, gst_microexpr_list_get (faces, i));
  held->faces = *faces;
  *faces = (GValue)G_VALUE_INIT;
  g_queue_push_tail (&lookahead->items, held);
  lookahead->n_frames++;
  return held;
}

gboolean
gst_microexpr_lookahead_hold_event (GstMicroexprLookahead *lookahead, GstEvent *event)
{
  GstMicroexprHeld *held;

  if (lookahead->n_frames == 0)
    return FALSE;
  held = new_held ();
  held->event = event;
  g_queue_push_tail (&lookahead->items, held);
  return TRUE;
}

static gboolean
lies_on (const GstStructure *event, const GstMicroexprHeld *held)
{
  guint64 onset, offset;

  return held->buffer && GST_CLOCK_TIME_IS_VALID (held->stream_time) &&
         gst_structure_get_uint64 (event, "onset", &onset) &&
         gst_structure_get_uint64 (event, "offset", &offset) && held->stream_time >= onset &&
         held->stream_time <= offset;
}

static void
distribute_one (GstMicroexprLookahead *lookahead, const GstStructure *event)
{
  GstMicroexprHeld *first = NULL, *oldest = NULL;

  for (GList *item = lookahead->items.head; item; item = item->next) {
    GstMicroexprHeld *held = item->data;
    if (held->buffer && !oldest)
      oldest = held;
    if (!lies_on (event, held))
      continue;
    gst_microexpr_list_append (&held->events, gst_structure_copy (event));
    if (!first)
      first = held;
  }
  if (!first)
    gst_microexpr_list_append (&oldest->events, gst_structure_copy (event));
  gst_microexpr_list_append (first ? &first->news : &oldest->news, gst_structure_copy (event));
}

void
gst_microexpr_lookahead_distribute (GstMicroexprLookahead *lookahead, GValue *events)
{
  if (lookahead->n_frames == 0)
    return;
  for (guint i = 0; i < gst_value_list_get_size (events); i++)
    distribute_one (lookahead, gst_microexpr_list_get (events, i));
  g_value_reset (events);
}

static gboolean
is_due (const GstMicroexprLookahead *lookahead, const GstMicroexprHeld *oldest, GstClockTime ns)
{
  const GstMicroexprHeld *last;

  if (!oldest->buffer || oldest->due || ns == 0 || lookahead->n_frames > MOST_FRAMES)
    return TRUE;
  last = newest (lookahead);
  if (!GST_CLOCK_TIME_IS_VALID (last->time) || !GST_CLOCK_TIME_IS_VALID (oldest->time))
    return TRUE;
  return last->end - oldest->time > ns;
}

GstMicroexprHeld *
gst_microexpr_lookahead_release (GstMicroexprLookahead *lookahead, GstClockTime ns)
{
  GstMicroexprHeld *oldest = g_queue_peek_head (&lookahead->items);

  if (!oldest || !is_due (lookahead, oldest, ns))
    return NULL;
  if (oldest->buffer)
    lookahead->n_frames--;
  return g_queue_pop_head (&lookahead->items);
}

void
gst_microexpr_lookahead_flush (GstMicroexprLookahead *lookahead, GstPad *pad, GValue *events)
{
  GstMicroexprHeld *held;

  while ((held = g_queue_pop_head (&lookahead->items))) {
    gst_microexpr_list_move (events, &held->news);
    if (held->event)
      gst_pad_push_event (pad, g_steal_pointer (&held->event));
    gst_microexpr_held_free (held);
  }
  lookahead->n_frames = 0;
}

guint
gst_microexpr_lookahead_n_frames (GstClockTime ns, GstClockTime interval)
{
  guint64 step = GST_CLOCK_TIME_IS_VALID (interval) ? MAX (interval, 1) : USUAL_INTERVAL;

  return ns > 0 ? (guint)MIN (ns / step + 1, MOST_FRAMES) : 0;
}

void
gst_microexpr_lookahead_propose (GstQuery *query, gsize size, guint n)
{
  guint n_pools = gst_query_get_n_allocation_pools (query);

  if (n_pools == 0)
    gst_query_add_allocation_pool (query, NULL, (guint)size, n, 0);
  for (guint i = 0; i < n_pools; i++) {
    GstBufferPool *pool;
    guint bytes, min, max;
    gst_query_parse_nth_allocation_pool (query, i, &pool, &bytes, &min, &max);
    gst_query_set_nth_allocation_pool (
        query, i, pool, bytes, min + n, max == 0 ? 0 : MAX (max, min + n));
    gst_clear_object (&pool);
  }
}

/* Most buffers that a pool will ever have; 0: no limit. */
static guint
limit_of (GstBufferPool *pool)
{
  GstStructure *config = gst_buffer_pool_get_config (pool);
  guint max = 0;

  gst_buffer_pool_config_get_params (config, NULL, NULL, NULL, &max);
  gst_structure_free (config);
  return max;
}

GstBuffer *
gst_microexpr_lookahead_own (GstBuffer *buffer, guint n)
{
  guint limit = buffer->pool && n > 0 ? limit_of (buffer->pool) : 0;
  GstBuffer *copy;

  if (limit == 0 || limit >= n + SPARE_BUFFERS)
    return buffer;
  copy = gst_buffer_copy_deep (buffer);
  if (!copy)
    return buffer;
  gst_buffer_unref (buffer);
  return copy;
}
