/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Stands in for the analysis in tests of the elements: the functions of microexpr.h by a script. */
#include "scripted-analyzer.h"

#define NONE G_MAXUINT64

Script script;

struct _MeAnalyzer
{
  gboolean emotions;
  guint64 begin, now; /* of the frames since the last reset; NONE: none */
  guint next;         /* event of the script that was not decided yet */
  guint64 next_id;
  MeEvent queue[16];
  guint first, last; /* of the queue */
  MeEvent popped;
  MeFace faces[4];
  gboolean warned;
  MeStats stats;
};

G_DEFINE_QUARK (me_error, me_error)

void
me_config_default (MeConfig *config)
{
  *config = (MeConfig){ .kinds = ME_KIND_MICRO,
    .min_duration_ns = 40 * 1000 * 1000,
    .max_duration_ns = 500 * 1000 * 1000,
    .sensitivity = 1,
    .min_confidence = 0.5,
    .emotions = TRUE,
    .max_faces = 4,
    .min_face_size_px = 80,
    .detect_interval_ns = 500 * 1000 * 1000,
    .n_threads = 1 };
}

MeAnalyzer *
me_analyzer_new (const MeConfig *config, GError **error)
{
  MeAnalyzer *analyzer;

  if (config->landmark_model && g_str_equal (config->landmark_model, "missing")) {
    g_set_error (error, ME_ERROR, ME_ERROR_MODEL_NOT_FOUND, "no file 'missing'");
    return NULL;
  }
  analyzer = g_new0 (MeAnalyzer, 1);
  analyzer->begin = analyzer->now = NONE;
  me_analyzer_configure (analyzer, config);
  return analyzer;
}

void
me_analyzer_free (MeAnalyzer *analyzer)
{
  g_free (analyzer);
}

void
me_analyzer_configure (MeAnalyzer *analyzer, const MeConfig *config)
{
  analyzer->emotions = config->emotions;
  script.config = *config;
  script.configured++;
}

/* Queues the events that ended at least `delay` ago; passes over those that began before the
 * frames. */
static void
conclude (MeAnalyzer *analyzer, guint64 delay)
{
  for (; analyzer->next < script.n_events; analyzer->next++) {
    const MeEvent *event = &script.events[analyzer->next];
    MeEvent *queued = &analyzer->queue[analyzer->last % G_N_ELEMENTS (analyzer->queue)];

    if (event->offset_ns + delay > analyzer->now)
      return;
    if (event->onset_ns < analyzer->begin)
      continue;
    *queued = *event;
    queued->id = analyzer->next_id++;
    if (!analyzer->emotions)
      queued->emotion = ME_EMOTION_NONE;
    analyzer->last++;
    analyzer->stats.events++;
  }
}

static guint64
sum_luma (const MeFrame *frame)
{
  guint64 sum = 0;

  for (int y = 0; y < frame->height; y++) {
    const guint8 *row = me_frame_row (frame, y);
    for (int x = 0; x < frame->width; x++)
      sum += row[x];
  }
  return sum;
}

void
me_analyzer_process (MeAnalyzer *analyzer, const MeFrame *frame)
{
  g_assert_true (analyzer->now == NONE || frame->time_ns > analyzer->now);
  if (analyzer->begin == NONE)
    analyzer->begin = frame->time_ns;
  analyzer->now = frame->time_ns;
  analyzer->stats.frames++;
  g_usleep (script.busy_us);
  script.frame = *frame;
  script.sum = sum_luma (frame);
  script.frames++;
  conclude (analyzer, SCRIPTED_DELAY_NS);
}

/* What was left undecided is dropped: it is over before the next frame, or began before it. */
void
me_analyzer_reset (MeAnalyzer *analyzer, gboolean keep_faces)
{
  if (analyzer->now != NONE)
    conclude (analyzer, 0);
  analyzer->begin = analyzer->now = NONE;
  script.resets++;
  script.resets_keeping_faces += keep_faces ? 1 : 0;
}

const MeEvent *
me_analyzer_pop_event (MeAnalyzer *analyzer)
{
  if (analyzer->first == analyzer->last)
    return NULL;
  analyzer->popped = analyzer->queue[analyzer->first % G_N_ELEMENTS (analyzer->queue)];
  analyzer->first++;
  return &analyzer->popped;
}

const MeWarning *
me_analyzer_pop_warning (MeAnalyzer *analyzer)
{
  if (analyzer->warned)
    return NULL;
  analyzer->warned = TRUE;
  return script.warning;
}

const MeFace *
me_analyzer_faces (const MeAnalyzer *analyzer, guint *n_faces)
{
  MeFace *faces = ((MeAnalyzer *)analyzer)->faces;
  int zoom = MAX (script.zoom, 1);

  *n_faces = MIN (script.n_faces, G_N_ELEMENTS (analyzer->faces));
  for (guint i = 0; i < *n_faces; i++)
    faces[i] = (MeFace){ .id = i,
      .box = { 4 * (int)i * zoom, 8 * zoom, 16 * zoom, 12 * zoom },
      .ipd_px = 7.5,
      .quality = 0.9,
      .motion = 0.3,
      .noise = 0.1,
      .speaking = 0.25,
      .yaw = -12.5,
      .landmarks = { { 5.5F, 6.25F } },
      .units = { [ME_AU12] = 1.5 } };
  return faces;
}

void
me_analyzer_get_stats (const MeAnalyzer *analyzer, MeStats *stats)
{
  *stats = analyzer->stats;
  stats->events_dropped = script.events_dropped;
}
