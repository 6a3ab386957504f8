/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "accuracy-recording.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "reading/certain-micros.h"
#include "reading/reading.h"
#include "watch.h"

#define MAGIC "microexpr recording 3"
/* The same, but for truths with fewer units. */
#define OLDER_MAGIC "microexpr recording 2"
#define TRUTH_SIZE offsetof (Item, evidence)

/* The units of older recordings, in their order. */
static const MeAu older_units[] = { ME_AU1, ME_AU2, ME_AU4, ME_AU5, ME_AU6, ME_AU7, ME_AU9, ME_AU10,
  ME_AU12, ME_AU14, ME_AU15, ME_AU17, ME_AU20, ME_AU23, ME_AU24, ME_AU25, ME_AU26, ME_AU45,
  ME_AU43 };
#define N_OLDER_UNITS G_N_ELEMENTS (older_units)

/* A record: this head, then the payload of its kind. */
typedef enum
{
  RECORD_BEGIN = ME_WATCH_BEGIN, /* points, landmarks */
  RECORD_FRAME = ME_WATCH_FRAME, /* MeObservation */
  RECORD_FINISH = ME_WATCH_FINISH,
  RECORD_TRUTH, /* the head of an Item, up to its evidence */
  RECORD_END,   /* number: duration in s */
} RecordKind;

typedef struct
{
  guint32 kind, face;
  double number; /* frame_s; duration */
} RecordHead;

struct _Recorder
{
  FILE *file;
  MeAnalyzer *analyzer;
  guint64 now_ns;
};

Item
item_from_event (const MeEvent *event, guint64 now_ns)
{
  Item item = { .kind = event->kind,
    .onset = event->onset_ns / 1e9,
    .apex = event->apex_ns / 1e9,
    .offset = event->offset_ns / 1e9,
    .intensity = event->intensity,
    .confidence = event->confidence,
    .snr = event->snr,
    .latency = ((double)now_ns - (double)event->offset_ns) / 1e9,
    .match = -1 };

  memcpy (item.strength, event->strength, sizeof item.strength);
  memcpy (item.left, event->left, sizeof item.left);
  memcpy (item.right, event->right, sizeof item.right);
  g_strlcpy (item.emotion,
      event->emotion == ME_EMOTION_NONE ? "" : me_emotion_name (event->emotion),
      sizeof item.emotion);
  return item;
}

static void
write_head (FILE *file, RecordKind kind, guint face, double number)
{
  RecordHead head = { kind, face, number };

  fwrite (&head, sizeof head, 1, file);
}

static void
write_step (MeWatchStep step, const MeTrack *track, double frame_s, gpointer user_data)
{
  FILE *file = user_data;

  write_head (file, (RecordKind)step, track->id, frame_s);
  if (step == ME_WATCH_BEGIN) {
    fwrite (track->points, sizeof track->points, 1, file);
    fwrite (track->landmarks, sizeof track->landmarks, 1, file);
  } else if (step == ME_WATCH_FRAME) {
    fwrite (&track->now, sizeof track->now, 1, file);
  }
}

static MeConfig
all_events (double sensitivity)
{
  MeConfig config;

  me_config_default (&config);
  config.kinds = ME_KIND_MICRO | ME_KIND_MACRO | ME_KIND_BLINK;
  config.min_confidence = 0;
  config.sensitivity = sensitivity;
  return config;
}

Recorder *
recorder_new (const char *path, GError **error)
{
  MeConfig config = all_events (1);
  MeAnalyzer *analyzer = me_analyzer_new (&config, error);
  Recorder *recorder;
  FILE *file = analyzer ? fopen (path, "wb") : NULL;

  if (!file) {
    if (analyzer)
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "cannot write %s", path);
    me_analyzer_free (analyzer);
    return NULL;
  }
  recorder = g_new0 (Recorder, 1);
  recorder->file = file;
  recorder->analyzer = analyzer;
  fwrite (MAGIC, sizeof MAGIC, 1, file);
  me_analyzer_watch (analyzer, write_step, file);
  return recorder;
}

static void
collect (const Recorder *recorder, Clip *clip)
{
  for (const MeEvent *event; (event = me_analyzer_pop_event (recorder->analyzer));) {
    Item item = item_from_event (event, recorder->now_ns);

    g_array_append_val (clip->reports, item);
  }
}

void
recorder_add (Recorder *recorder, const MeFrame *frame, Clip *clip)
{
  recorder->now_ns = frame->time_ns;
  me_analyzer_process (recorder->analyzer, frame);
  collect (recorder, clip);
}

void
recorder_finish (Recorder *recorder, Clip *clip)
{
  me_analyzer_reset (recorder->analyzer, TRUE);
  collect (recorder, clip);
  for (guint i = 0; i < clip->truths->len; i++) {
    write_head (recorder->file, RECORD_TRUTH, 0, 0);
    fwrite (&g_array_index (clip->truths, Item, i), TRUTH_SIZE, 1, recorder->file);
  }
  write_head (recorder->file, RECORD_END, 0, clip->duration);
}

void
recorder_free (Recorder *recorder)
{
  if (!recorder)
    return;
  me_analyzer_free (recorder->analyzer);
  fclose (recorder->file);
  g_free (recorder);
}

/* One face of a replay. */
typedef struct
{
  MeTrack track; /* of it only what reading an interval wants */
  MeSpotter spotter;
  MeCertainMicros micros;
} ReplayFace;

typedef struct
{
  FILE *file;
  gboolean older; /* its truths have the older units */
  MeConfig config;
  GHashTable *faces; /* id -> ReplayFace */
  Clip *clip;
  guint64 now_ns;
} Replay;

static ReplayFace *
face_of (Replay *r, guint id)
{
  ReplayFace *face = g_hash_table_lookup (r->faces, GUINT_TO_POINTER (id));

  if (!face) {
    face = g_new0 (ReplayFace, 1);
    face->track.id = id;
    g_hash_table_insert (r->faces, GUINT_TO_POINTER (id), face);
  }
  return face;
}

static void
note_evidence (const ReplayFace *face, const MeSpot *spot, Item *item)
{
  MeUnitReading reading;

  me_action_units_read (me_spotter_unit_model (&face->spotter), spot->motion, spot->point_noise,
      spot->lids_moved, &reading);
  me_evidence (spot, &reading, item->evidence);
}

static void
read_spots (Replay *r, ReplayFace *face)
{
  for (const MeSpot *spot; (spot = me_spotter_pop (&face->spotter));) {
    const MeConfig config = { .emotions = TRUE };
    MeEvent event;
    Item item;

    me_read_spot (spot, &face->track, me_spotter_unit_model (&face->spotter), &config, &event);
    if (me_certain_micros_include (&face->micros, &event))
      continue;
    me_certain_micros_note (&face->micros, &event);
    item = item_from_event (&event, r->now_ns);
    if (spot->kind == ME_KIND_MICRO)
      note_evidence (face, spot, &item);
    g_array_append_val (r->clip->reports, item);
  }
}

static gboolean
read_into (Replay *r, void *what, gsize size)
{
  return fread (what, size, 1, r->file) == 1;
}

static gboolean
replay_begin (Replay *r, ReplayFace *face)
{
  if (!read_into (r, face->track.points, sizeof face->track.points) ||
      !read_into (r, face->track.landmarks, sizeof face->track.landmarks))
    return FALSE;
  me_spotter_reset (&face->spotter, face->track.points);
  face->micros = (MeCertainMicros){ .n = 0 };
  return TRUE;
}

static gboolean
replay_frame (Replay *r, ReplayFace *face, double frame_s)
{
  if (!read_into (r, &face->track.now, sizeof face->track.now))
    return FALSE;
  r->now_ns = face->track.now.time_ns;
  me_spotter_add (&face->spotter, &face->track.now, &r->config, frame_s);
  read_spots (r, face);
  return TRUE;
}

static gboolean
read_older_units (Replay *r, double *strength)
{
  double older[N_OLDER_UNITS];

  if (!read_into (r, older, sizeof older))
    return FALSE;
  for (guint i = 0; i < N_OLDER_UNITS; i++)
    strength[older_units[i]] = older[i];
  return TRUE;
}

/* The head of an Item, up to its evidence. */
static gboolean
read_truth (Replay *r, Item *truth)
{
  gsize from = offsetof (Item, emotion);

  if (!r->older)
    return read_into (r, truth, TRUTH_SIZE);
  return read_into (r, truth, offsetof (Item, strength)) && read_older_units (r, truth->strength) &&
         read_older_units (r, truth->left) && read_older_units (r, truth->right) &&
         read_into (r, (char *)truth + from, TRUTH_SIZE - from);
}

/* FALSE: the file ends too early. */
static gboolean
replay_record (Replay *r, const RecordHead *head)
{
  ReplayFace *face;
  Item truth = { .match = -1 };

  switch (head->kind) {
  case RECORD_BEGIN:
    return replay_begin (r, face_of (r, head->face));
  case RECORD_FRAME:
    return replay_frame (r, face_of (r, head->face), head->number);
  case RECORD_FINISH:
    face = face_of (r, head->face);
    me_spotter_finish (&face->spotter, &r->config);
    read_spots (r, face);
    return TRUE;
  case RECORD_TRUTH:
    if (!read_truth (r, &truth))
      return FALSE;
    g_array_append_val (r->clip->truths, truth);
    return TRUE;
  default:
    r->clip->duration = head->number;
    return TRUE;
  }
}

gboolean
recording_replay (const char *path, double sensitivity, Clip *clip, GError **error)
{
  Replay r = { .file = fopen (path, "rb"), .config = all_events (sensitivity), .clip = clip };
  char magic[sizeof MAGIC];
  RecordHead head = { RECORD_BEGIN, 0, 0 };
  gboolean ok;

  if (!r.file) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "cannot read %s", path);
    return FALSE;
  }
  r.faces = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  ok = read_into (&r, magic, sizeof magic);
  r.older = ok && memcmp (magic, OLDER_MAGIC, sizeof magic) == 0;
  ok = ok && (r.older || memcmp (magic, MAGIC, sizeof magic) == 0);
  while (ok && head.kind != RECORD_END)
    ok = read_into (&r, &head, sizeof head) && replay_record (&r, &head);
  if (!ok)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s is no whole recording", path);
  g_hash_table_unref (r.faces);
  fclose (r.file);
  return ok;
}
