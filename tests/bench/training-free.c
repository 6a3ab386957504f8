/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "training-free.h"

#include <math.h>
#include <string.h>

#include "finding/landmarker.h"
#include "offline-curve.h"
#include "region-flow.h"

/* As published for CAS(ME)^2: frames of 30 a second, given in seconds, and px of the crop. */
#define RATE 30.0         /* frames a second that are looked at */
#define WINDOW_S 6.67     /* 200 frames */
#define STEP_S 3.33       /* 100 */
#define STEP_SPARE_S 0.67 /* 20, by which a step may differ */
#define CUTOFF_HZ 5.0
#define AROUND_S 1.0        /* 30 */
#define VALLEY_REACH_S 0.33 /* 10 */
#define JOIN_GAP_S 0.1      /* 3 */
#define SPLIT_LENGTH_S 0.67 /* 20 */
#define SPLIT_BORDER_S 0.27 /* 8 */
#define SHORTEST_S 0.4      /* 12 */
#define LONGEST_S 6.67      /* 200 */
#define LEAST_RISE 1.4
#define LEAST_SWING 0.8
#define VALLEY_RISE 0.3
#define SPLIT_DEPTH 0.7
#define PART_OF_HEIGHT 0.33
#define MERGE_PART 0.29

static const double least_local[] = {
  [REGION_BROW] = 1.8,
  [REGION_MOUTH] = 1.85,
  [REGION_NOSE] = 2.1,
};

#define MICRO_S 0.5       /* longest, by the rule of the challenges */
#define LEAST_WINDOW_S 1. /* of the last one, for a curve */
#define MIN_FACE_PX 80
#define LOOK_AGAIN_S 0.33 /* when there was no face */

/* A frame that waits for its window to fill. */
typedef struct
{
  MeFrame frame;
  guint8 *pixels;
} Waiting;

/* The curves of one window: of each region n values, one after the other. */
typedef struct
{
  guint first, n; /* of the frames that are looked at */
  double *slow, *detrended;
} Window;

struct _TrainingFree
{
  double time_scale;
  MeFaceFinder *finder;
  MeLandmarker *landmarker;
  guint64 begin_ns;
  guint seen, stride; /* every stride-th frame of the stream is looked at */
  double rate;        /* of those, a second */
  GArray *times;      /* of those, double, s */
  GPtrArray *waiting; /* Waiting, up to the newest */
  GPtrArray *windows;
};

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_free (waiting->pixels);
  g_free (waiting);
}

static void
window_free (gpointer data)
{
  Window *window = data;

  g_free (window->slow);
  g_free (window->detrended);
  g_free (window);
}

TrainingFree *
training_free_new (double time_scale, GError **error)
{
  MeLandmarker *landmarker = me_landmarker_new (NULL, error);
  MeFaceFinder *finder = landmarker ? me_face_finder_new (error) : NULL;
  TrainingFree *tf;

  if (!finder) {
    me_landmarker_free (landmarker);
    return NULL;
  }
  tf = g_new0 (TrainingFree, 1);
  tf->time_scale = time_scale;
  tf->finder = finder;
  tf->landmarker = landmarker;
  tf->times = g_array_new (FALSE, FALSE, sizeof (double));
  tf->waiting = g_ptr_array_new_with_free_func (waiting_free);
  tf->windows = g_ptr_array_new_with_free_func (window_free);
  return tf;
}

void
training_free_free (TrainingFree *tf)
{
  if (!tf)
    return;
  me_face_finder_free (tf->finder);
  me_landmarker_free (tf->landmarker);
  g_array_unref (tf->times);
  g_ptr_array_unref (tf->waiting);
  g_ptr_array_unref (tf->windows);
  g_free (tf);
}

/* Frames that last so long, at least one. */
static guint
frames (const TrainingFree *tf, double seconds)
{
  return (guint)MAX (1, lround (seconds * tf->time_scale * tf->rate));
}

static Waiting *
waiting_at (const TrainingFree *tf, guint i)
{
  return g_ptr_array_index (tf->waiting, i);
}

static RegionFlow *
begin_flow (const TrainingFree *tf, const MeFrame *frame)
{
  MePoint landmarks[ME_N_LANDMARKS];
  MeDetection face;
  float score;

  if (me_face_finder_detect (tf->finder, frame, MIN_FACE_PX, &face, 1) == 0 ||
      !me_landmarker_find (tf->landmarker, frame, &face, landmarks, &score))
    return NULL;
  return region_flow_new (frame, landmarks);
}

/* Measures the first n frames that wait against the first of them. NULL: it shows no face. */
static Window *
measure_window (const TrainingFree *tf, guint n)
{
  RegionFlow *flow = begin_flow (tf, &waiting_at (tf, 0)->frame);
  g_autofree double *raw = g_new (double, (gsize)N_REGIONS *n);
  Window *window;

  if (!flow)
    return NULL;
  for (guint i = 0; i < n; i++) {
    double moved[N_REGIONS];

    region_flow_measure (flow, &waiting_at (tf, i)->frame, moved);
    for (guint r = 0; r < N_REGIONS; r++)
      raw[r * n + i] = moved[r];
  }
  region_flow_free (flow);
  window = g_new0 (Window, 1);
  window->first = tf->times->len - tf->waiting->len;
  window->n = n;
  window->slow = g_new (double, (gsize)N_REGIONS *n);
  window->detrended = g_new (double, (gsize)N_REGIONS *n);
  for (guint r = 0; r < N_REGIONS; r++) {
    double *slow = window->slow + r * n;

    curve_low_pass (raw + r * n, n, tf->rate, CUTOFF_HZ / tf->time_scale, slow);
    curve_detrend (slow, n, window->detrended + r * n);
  }
  return window;
}

/* Where the next window begins: where the face rests most, so that no expression is cut. */
static guint
choose_step (const TrainingFree *tf, const Window *window)
{
  guint step = frames (tf, STEP_S), spare = frames (tf, STEP_SPARE_S), best = step;
  double least = INFINITY;

  for (guint i = step - MIN (spare, step - 1); i <= step + spare && i < window->n; i++) {
    double moved = 0;

    for (guint r = 0; r < N_REGIONS; r++)
      moved += window->detrended[r * window->n + i];
    if (moved < least) {
      least = moved;
      best = i;
    }
  }
  return best;
}

/* Takes a window of n frames, or looks for a face a little later. */
static void
add_window (TrainingFree *tf, guint n)
{
  Window *window = measure_window (tf, n);
  guint step = window ? choose_step (tf, window) : frames (tf, LOOK_AGAIN_S);

  if (window)
    g_ptr_array_add (tf->windows, window);
  g_ptr_array_remove_range (tf->waiting, 0, MIN (step, tf->waiting->len));
}

static void
keep_frame (TrainingFree *tf, const MeFrame *frame)
{
  Waiting *waiting = g_new0 (Waiting, 1);
  gsize width = (gsize)frame->width;
  double time = frame->time_ns / 1e9;

  waiting->frame = *frame;
  waiting->pixels = g_malloc (width * (gsize)frame->height);
  for (int y = 0; y < frame->height; y++)
    memcpy (waiting->pixels + width * (gsize)y, frame->luma + frame->stride * (gsize)y, width);
  waiting->frame.luma = waiting->pixels;
  waiting->frame.stride = width;
  g_ptr_array_add (tf->waiting, waiting);
  g_array_append_val (tf->times, time);
}

/* The second frame tells the rate of the stream. */
static void
learn_rate (TrainingFree *tf, const MeFrame *frame)
{
  double stream_rate = 1e9 / (double)(frame->time_ns - tf->begin_ns);

  tf->stride = (guint)MAX (1, lround (stream_rate * tf->time_scale / RATE));
  tf->rate = stream_rate / tf->stride;
}

void
training_free_add (TrainingFree *tf, const MeFrame *frame)
{
  if (tf->seen == 0)
    tf->begin_ns = frame->time_ns;
  else if (tf->seen == 1)
    learn_rate (tf, frame);
  if (tf->seen == 0 || tf->seen % tf->stride == 0) {
    keep_frame (tf, frame);
    if (tf->seen > 0 && tf->waiting->len >= frames (tf, WINDOW_S))
      add_window (tf, tf->waiting->len);
  }
  tf->seen++;
}

void
training_free_finish (TrainingFree *tf)
{
  while (tf->seen > 1 && tf->waiting->len > 0 && tf->waiting->len >= frames (tf, LEAST_WINDOW_S))
    add_window (tf, tf->waiting->len);
}

static CurveRules
scaled_rules (const TrainingFree *tf, RegionKind kind, double factor)
{
  return (CurveRules){
    .around = frames (tf, AROUND_S),
    .least_rise = factor * LEAST_RISE,
    .least_local = factor * least_local[kind],
    .least_swing = factor * LEAST_SWING,
    .valley_reach = frames (tf, VALLEY_REACH_S),
    .valley_rise = factor * VALLEY_RISE,
    .join_gap = frames (tf, JOIN_GAP_S),
    .split_length = frames (tf, SPLIT_LENGTH_S),
    .split_border = frames (tf, SPLIT_BORDER_S),
    .split_depth = factor * SPLIT_DEPTH,
    .part_of_height = PART_OF_HEIGHT,
  };
}

/* The expressions of one region in one window, in frames of the clip. */
static void
read_curve (
    const TrainingFree *tf, const Window *window, guint region, double factor, GArray *found)
{
  CurveRules rules = scaled_rules (tf, region_kind (region), factor);
  guint first = found->len, n = window->n;

  curve_intervals (window->slow + region * n, window->detrended + region * n, n, &rules, found);
  for (guint i = first; i < found->len; i++) {
    CurveInterval *interval = &g_array_index (found, CurveInterval, i);

    interval->onset += window->first;
    interval->apex += window->first;
    interval->offset += window->first;
  }
}

static void
add_report (const TrainingFree *tf, const CurveInterval *interval, GArray *reports)
{
  guint n = interval->offset - interval->onset + 1;
  Item item = { .kind = n <= MICRO_S * tf->rate ? ME_KIND_MICRO : ME_KIND_MACRO,
    .onset = g_array_index (tf->times, double, interval->onset),
    .apex = g_array_index (tf->times, double, interval->apex),
    .offset = g_array_index (tf->times, double, interval->offset),
    .intensity = interval->height * REGION_FLOW_PERCENT,
    .confidence = 1,
    .match = -1 };

  if (n >= frames (tf, SHORTEST_S) && n <= frames (tf, LONGEST_S))
    g_array_append_val (reports, item);
}

void
training_free_report (const TrainingFree *tf, double factor, Clip *clip)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (CurveInterval));

  for (guint i = clip->truths->len; i > 0; i--) {
    if (g_array_index (clip->truths, Item, i - 1).kind == ME_KIND_BLINK)
      g_array_remove_index (clip->truths, i - 1);
  }
  g_array_set_size (clip->reports, 0);
  for (guint w = 0; w < tf->windows->len; w++) {
    for (guint r = 0; r < N_REGIONS; r++)
      read_curve (tf, g_ptr_array_index (tf->windows, w), r, factor, found);
  }
  intervals_merge (found, MERGE_PART);
  for (guint i = 0; i < found->len; i++)
    add_report (tf, &g_array_index (found, CurveInterval, i), clip->reports);
}
