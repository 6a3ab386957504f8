/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "clips.h"

#define MOST_CLIPS 16
#define MOST_BYTES (32 * 1024 * 1024)

typedef struct
{
  guint64 event;
  GBytes *bytes; /* NULL: it cannot be made */
} Kept;

typedef struct
{
  guint64 event;
  LiveMoment moment; /* owns its path */
  GBytes *bytes;     /* NULL: failed */
  gint done;         /* atomic; then the thread reads and writes nothing more */
} Job;

struct _LiveClips
{
  gboolean cover;
  GQueue kept; /* Kept, the newest first */
  gsize n_bytes;
  GThread *thread; /* NULL: none is being made */
  Job job;
  gint cancelled; /* atomic */
};

static gpointer
make (gpointer user_data)
{
  LiveClips *clips = user_data;

  clips->job.bytes = live_clip_make (&clips->job.moment, clips->cover, &clips->cancelled);
  g_atomic_int_set (&clips->job.done, TRUE);
  return NULL;
}

static void
drop_oldest (LiveClips *clips)
{
  Kept *kept = g_queue_pop_tail (&clips->kept);

  if (kept->bytes)
    clips->n_bytes -= g_bytes_get_size (kept->bytes);
  g_clear_pointer (&kept->bytes, g_bytes_unref);
  g_free (kept);
}

static void
keep (LiveClips *clips, guint64 event, GBytes *bytes)
{
  Kept *kept = g_new (Kept, 1);

  *kept = (Kept){ event, bytes };
  g_queue_push_head (&clips->kept, kept);
  if (bytes)
    clips->n_bytes += g_bytes_get_size (bytes);
  while (clips->kept.length > 1 && (clips->kept.length > MOST_CLIPS || clips->n_bytes > MOST_BYTES))
    drop_oldest (clips);
}

/* Waits for the thread. */
static void
finish (LiveClips *clips)
{
  g_thread_join (g_steal_pointer (&clips->thread));
  keep (clips, clips->job.event, clips->job.bytes);
  g_free (clips->job.moment.path);
}

static void
begin (LiveClips *clips, guint64 event, const LiveMoment *moment)
{
  clips->job = (Job){ .event = event, .moment = *moment };
  clips->job.moment.path = g_strdup (moment->path);
  clips->thread = g_thread_new ("clip", make, clips);
}

LiveClipState
live_clips_get (LiveClips *clips, guint64 event, const LiveMoment *moment, GBytes **clip)
{
  if (clips->thread && g_atomic_int_get (&clips->job.done))
    finish (clips);
  for (GList *item = clips->kept.head; item; item = item->next) {
    Kept *kept = item->data;

    if (kept->event != event)
      continue;
    *clip = kept->bytes ? g_bytes_ref (kept->bytes) : NULL;
    return kept->bytes ? LIVE_CLIP_READY : LIVE_CLIP_NONE;
  }
  if (!clips->thread)
    begin (clips, event, moment);
  return LIVE_CLIP_PENDING;
}

LiveClips *
live_clips_new (gboolean cover)
{
  LiveClips *clips = g_new0 (LiveClips, 1);

  clips->cover = cover;
  return clips;
}

void
live_clips_free (LiveClips *clips)
{
  g_atomic_int_set (&clips->cancelled, TRUE);
  if (clips->thread)
    finish (clips);
  while (clips->kept.length > 0)
    drop_oldest (clips);
  g_free (clips);
}
