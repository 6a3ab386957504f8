/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frames held until what happens on them is known. How long depends on their timestamps, not on
 * their number, and never exceeds the lookahead. */
#include "lookahead.h"

#include "continuity.h"
#include "structure-list.h"

#define MOST_FRAMES 4096                 /* held, whatever their timestamps */
#define USUAL_INTERVAL (GST_SECOND / 30) /* where caps have none */
#define SPARE_BUFFERS 16 /* of a pool: those that a decoder keeps as reference frames */

void
gst_microexpr_lookahead_init (GstMicroexprLookahead *lookahead)
{
  *lookahead = (GstMicroexprLookahead){ .items = G_QUEUE_INIT };
}

static void
free_held (gpointer held)
{
  gst_microexpr_held_free (held);
}

void
gst_microexpr_lookahead_clear (GstMicroexprLookahead *lookahead)
{
  g_queue_clear_full (&lookahead->items, free_held);
  g_value_unset (&lookahead->events);
}

static GstMicroexprHeld *
new_held (void)
{
  GstMicroexprHeld *held = g_new0 (GstMicroexprHeld, 1);

  gst_microexpr_findings_init (&held->findings);
  return held;
}

void
gst_microexpr_held_free (GstMicroexprHeld *held)
{
  gst_clear_buffer (&held->buffer);
  gst_clear_event (&held->event);
  gst_microexpr_findings_clear (&held->findings);
  g_value_unset (&held->coming);
  g_value_unset (&held->news);
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

/* Time has gone back: no frame to come will make those that are held due. */
static void
stop_waiting (GstMicroexprLookahead *lookahead)
{
  for (GList *item = lookahead->items.head; item; item = item->next)
    ((GstMicroexprHeld *)item->data)->due = TRUE;
}

/* Adds a face to `coming` of the frames back to the last one that has it. */
static void
announce (GstMicroexprLookahead *lookahead, const GstStructure *face)
{
  guint id = 0;

  gst_structure_get_uint (face, "id", &id);
  for (GList *item = lookahead->items.tail; item; item = item->prev) {
    GstMicroexprHeld *held = item->data;
    if (!held->buffer)
      continue;
    if (gst_microexpr_list_has_face (&held->findings.faces, id))
      return;
    gst_microexpr_list_append (&held->coming, gst_structure_copy (face));
  }
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
  GstClockTime time = held->findings.stream_time;
  guint64 onset, offset;

  return held->buffer && GST_CLOCK_TIME_IS_VALID (time) &&
         gst_structure_get_uint64 (event, "onset", &onset) &&
         gst_structure_get_uint64 (event, "offset", &offset) && time >= onset && time <= offset;
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
    gst_microexpr_list_append (&held->findings.events, gst_structure_copy (event));
    if (!first)
      first = held;
  }
  if (!first) {
    first = oldest;
    gst_microexpr_list_append (&first->findings.events, gst_structure_copy (event));
  }
  gst_microexpr_list_append (&first->news, gst_structure_copy (event));
}

static void
distribute (GstMicroexprLookahead *lookahead)
{
  if (lookahead->n_frames == 0)
    return;
  for (guint i = 0; i < gst_microexpr_list_size (&lookahead->events); i++)
    distribute_one (lookahead, gst_microexpr_list_get (&lookahead->events, i));
  g_value_unset (&lookahead->events);
}

void
gst_microexpr_lookahead_add_events (GstMicroexprLookahead *lookahead, GValue *events)
{
  gst_microexpr_list_move (&lookahead->events, events);
  distribute (lookahead);
}

void
gst_microexpr_lookahead_hold (
    GstMicroexprLookahead *lookahead, GstBuffer *buffer, GstMicroexprFindings *findings)
{
  GstMicroexprHeld *held = new_held ();

  if (lookahead->n_frames > 0 && findings->time < newest (lookahead)->findings.time)
    stop_waiting (lookahead);
  for (guint i = 0; i < gst_microexpr_list_size (&findings->faces); i++)
    announce (lookahead, gst_microexpr_list_get (&findings->faces, i));
  held->buffer = buffer;
  gst_microexpr_list_move (&lookahead->events, &findings->events);
  gst_microexpr_findings_move (&held->findings, findings);
  g_queue_push_tail (&lookahead->items, held);
  lookahead->n_frames++;
  distribute (lookahead);
}

static gboolean
is_due (const GstMicroexprLookahead *lookahead, const GstMicroexprHeld *oldest, GstClockTime ns)
{
  const GstMicroexprFindings *last;
  GstClockTime end;

  if (!oldest->buffer || oldest->due || ns == 0 || lookahead->n_frames > MOST_FRAMES)
    return TRUE;
  last = &newest (lookahead)->findings;
  if (!GST_CLOCK_TIME_IS_VALID (last->time) || !GST_CLOCK_TIME_IS_VALID (oldest->findings.time))
    return TRUE;
  end = last->time + (GST_CLOCK_TIME_IS_VALID (last->duration) ? last->duration : 0);
  return end - oldest->findings.time > ns;
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
gst_microexpr_lookahead_flush (GstMicroexprLookahead *lookahead, GstPad *pad)
{
  GstMicroexprHeld *held;

  while ((held = g_queue_pop_head (&lookahead->items))) {
    gst_microexpr_list_move (&lookahead->events, &held->news);
    if (held->event && GST_EVENT_IS_STICKY (held->event))
      gst_pad_push_event (pad, g_steal_pointer (&held->event));
    gst_microexpr_held_free (held);
  }
  lookahead->n_frames = 0;
}

/* How many frames are held at most for `ns`. */
static guint
most_frames (GstClockTime ns, GstClockTime interval)
{
  guint64 step = GST_CLOCK_TIME_IS_VALID (interval) ? MAX (interval, 1) : USUAL_INTERVAL;

  return ns > 0 ? (guint)MIN (ns / step + 1, MOST_FRAMES) : 0;
}

gboolean
gst_microexpr_lookahead_propose (GstQuery *query, GstClockTime ns)
{
  guint n_pools = gst_query_get_n_allocation_pools (query), n;
  GstVideoInfo info;
  GstCaps *caps;

  gst_query_parse_allocation (query, &caps, NULL);
  if (ns == 0 || !caps || !gst_video_info_from_caps (&info, caps))
    return FALSE;
  n = most_frames (ns, gst_microexpr_continuity_nominal (&info));
  if (n_pools == 0)
    gst_query_add_allocation_pool (query, NULL, (guint)GST_VIDEO_INFO_SIZE (&info), n, 0);
  for (guint i = 0; i < n_pools; i++) {
    GstBufferPool *pool;
    guint bytes, min, max;
    gst_query_parse_nth_allocation_pool (query, i, &pool, &bytes, &min, &max);
    gst_query_set_nth_allocation_pool (
        query, i, pool, bytes, min + n, max == 0 ? 0 : MAX (max, min + n));
    gst_clear_object (&pool);
  }
  return TRUE;
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
gst_microexpr_lookahead_own (GstBuffer *buffer, GstClockTime ns, GstClockTime interval)
{
  guint n = most_frames (ns, interval);
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
