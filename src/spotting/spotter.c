/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Judges candidates. Whole cells of time are scored (cells.c); a cell is decided once its best
 * scale has had time to show its interval. */
#include "spotter.h"

#include <math.h>
#include <string.h>

/* Tests of a candidate; one that passes is weighed again by its confidence. */
#define MIN_SYMMETRY 0.30f /* lesser flank over greater */
#define MIN_SYMMETRY_MACRO 0.50f
#define CLEAR 0.15f       /* unrest of an interval that stands clear of the motion around it */
#define MAX_UNREST 0.8f   /* of the height, just before and after: a talking face does not rest */
#define MAX_STEP 1.0f     /* of the statistic: motion that did not return */
#define MAX_HEAD 60.0f    /* % IPD that the head moves within the interval */
#define SIGNIFICANT 0.35f /* of the largest motion: smaller ones do not steer the course */
/* What a single frame shows is above half of its height for so many frames and so many cells. */
#define ONE_FRAME 1.2f
#define ONE_FRAME_CELLS 0.6f
#define LONE_FRAME 2.85           /* frames: one that stands alone seems to last up to 2.7, two 3 */
#define FRAME_SLACK 0.15          /* cells: jitter of the measured interval */
#define SLACK 1.12f               /* on max_duration: the error of a measured duration */
#define NOD_NS (300 * ME_MSECOND) /* a nod may come so long before or after */

void
me_spotter_reset (MeSpotter *s, const MePoint points[ME_N_POINTS])
{
  me_cells_reset (&s->cells, points);
  s->n_accepted = 0;
  s->pending = (MeRing){ 0 };
  s->frame_s = 0;
  s->frame_cells = 1;
  me_blink_reset (&s->blinks);
  me_departure_reset (&s->departure);
  me_macro_init (&s->macro, points);
  me_speech_reset (&s->speech);
}

/* Cells to wait after a candidate: for its interval to end, and for wider scales to be scored. */
static int
patience (int scale)
{
  return (int)((0.5f * me_scale_s[scale] + 0.22f) / ME_CELL_S);
}

static gboolean
is_local_maximum (const MeCells *cells, gint64 cell, MeRegion region)
{
  float ratio = cells->ratio[me_series_slot (cell)][region];
  int scale = cells->scale[me_series_slot (cell)][region];
  gint64 span = (gint64)(0.65f * me_scale_s[ME_N_SCALES - 1] / ME_CELL_S);

  for (gint64 c = MAX (cell - span, cells->series.first);
       c <= MIN (cell + span, cells->series.next - 1); c++) {
    guint slot = me_series_slot (c);
    int wider = MAX (cells->scale[slot][region], scale);
    gint64 reach = (gint64)(0.65f * me_scale_s[wider] / ME_CELL_S);
    if (c != cell && ABS (c - cell) <= reach && cells->ratio[slot][region] > ratio)
      return FALSE;
  }
  return TRUE;
}

/* Does the cell belong to an accepted interval that stands clear of the motion around it? One that
 * does not may hide another that does. */
static gboolean
is_within_accepted (const MeSpotter *s, gint64 cell)
{
  for (guint i = 0; i < MIN (s->n_accepted, ME_MAX_ACCEPTED); i++) {
    const MeInterval *t = &s->accepted[i].interval;
    gint64 margin = (t->offset - t->onset) * 3 / 10;
    if (s->accepted[i].unrest < CLEAR && cell >= t->onset - margin && cell <= t->offset + margin)
      return TRUE;
  }
  return FALSE;
}

/* Was the same interval accepted before, and was it no worse? */
static gboolean
is_known (const MeSpotter *s, const MeInterval *interval, float unrest)
{
  for (guint i = 0; i < MIN (s->n_accepted, ME_MAX_ACCEPTED); i++) {
    const MeInterval *t = &s->accepted[i].interval;
    gint64 both = MIN (t->offset, interval->offset) - MAX (t->onset, interval->onset);
    gint64 either = MAX (t->offset, interval->offset) - MIN (t->onset, interval->onset);
    if (2 * both > either && s->accepted[i].unrest < unrest + CLEAR)
      return TRUE;
  }
  return FALSE;
}

/* How far the head went in a direction. */
static float
head_travel (const MeSpotter *s, MeHeadPlace direction, gint64 from, gint64 to)
{
  float low = G_MAXFLOAT, high = -G_MAXFLOAT;

  for (gint64 c = MAX (from, s->cells.series.first); c <= MIN (to, s->cells.series.next - 1); c++) {
    low = MIN (low, s->head[me_series_slot (c)][direction]);
    high = MAX (high, s->head[me_series_slot (c)][direction]);
  }
  return MAX (0, high - low);
}

/* What went with an interval that is known: speech, and a nod that may precede or follow it. */
static void
describe_context (const MeSpotter *s, MeSpot *spot)
{
  gint64 around = (gint64)(NOD_NS / ME_CELL_NS);

  spot->nod = head_travel (s, ME_HEAD_PITCH, (gint64)(spot->onset_ns / ME_CELL_NS) - around,
      (gint64)(spot->offset_ns / ME_CELL_NS) + around);
  spot->speaking = me_speech_between (&s->speech, spot->onset_ns, spot->offset_ns);
}

/* The mouth of a person who speaks is no part of what brows or eyes show: nobody knows what it
 * would have done, so what is left out is noise. */
static void
leave_speech_out (MeSpot *spot)
{
  static const MePoint rest[ME_N_POINTS];
  MePoint seen[ME_N_POINTS];

  if (spot->region != ME_REGION_BROWS && spot->region != ME_REGION_EYES)
    return;
  memcpy (seen, spot->motion, sizeof seen);
  me_speech_leave_out (spot->speaking, rest, spot->motion);
  for (int i = 0; i < ME_N_POINTS; i++) {
    float left_out = hypotf (seen[i].x - spot->motion[i].x, seen[i].y - spot->motion[i].y);
    spot->point_noise[i] = hypotf (spot->point_noise[i], left_out);
  }
}

static MeSpot *
new_spot (MeSpotter *s)
{
  return &s->spots[me_ring_add (&s->pending, ME_MAX_SPOTS)];
}

static guint64
cells_to_time (gint64 cell, float offset)
{
  return (guint64)((gint64)me_cell_time (cell) + (gint64)(offset * ME_CELL_NS));
}

/* The duration rule, with the error of measurement at the upper end. */
static gboolean
duration_fits (const MeCourse *course, const MeConfig *config)
{
  double duration = (double)(course->offset - course->onset) * ME_CELL_NS;

  return duration >= (double)config->min_duration_ns &&
         duration <= SLACK * (double)config->max_duration_ns;
}

static gboolean
passes (const MeSpotter *s, const MeSpot *spot, const MeCourse *course, const MeConfig *config)
{
  return spot->symmetry > (s->departure.away ? MIN_SYMMETRY_MACRO : MIN_SYMMETRY) &&
         course->half_width > ONE_FRAME * s->frame_s / ME_CELL_S + ONE_FRAME_CELLS &&
         spot->step < MAX_STEP && spot->unrest < MAX_UNREST && spot->head < MAX_HEAD &&
         duration_fits (course, config);
}

/* Fills in what the course of a candidate shows. */
static void
describe (MeSpotter *s, gint64 cell, const MeCourse *course, const MeConfig *config, MeSpot *spot)
{
  gint64 onset = cell + (gint64)course->onset, offset = cell + (gint64)course->offset;
  spot->kind = ME_KIND_MICRO;
  spot->onset_ns = cells_to_time (cell, course->onset);
  spot->apex_ns = cells_to_time (cell, course->apex);
  spot->offset_ns = cells_to_time (cell, course->offset);
  if (spot->offset_ns - spot->onset_ns > config->max_duration_ns)
    spot->offset_ns = spot->onset_ns + config->max_duration_ns;
  me_neighbours_clip (&s->cells.neighbours, course->motion, ME_OUTLIER, spot->motion);
  spot->lids_moved = me_cells_lids_moved (&s->cells, onset - 3, offset + 3);
  spot->blink = me_cells_lids_overlap (&s->cells, onset, offset);
  spot->symmetry = MIN (course->rise, course->fall) / MAX (course->rise, course->fall);
  spot->unrest = course->unrest;
  spot->step = course->step / MAX (spot->height, 1e-3f);
  spot->head =
      MAX (head_travel (s, ME_HEAD_X, onset, offset), head_travel (s, ME_HEAD_Y, onset, offset));
  describe_context (s, spot);
  leave_speech_out (spot);
}

static void
accept (MeSpotter *s, gint64 cell, const MeCourse *course, const MeSpot *spot)
{
  MeInterval interval = { cell + (gint64)course->onset, cell + (gint64)course->offset };

  if (is_known (s, &interval, spot->unrest))
    return;
  s->accepted[s->n_accepted++ % ME_MAX_ACCEPTED] = (MeAccepted){ interval, spot->unrest };
  *new_spot (s) = *spot;
}

/* Leaves only the motion that steers the course: large, and of the region. */
static void
select_motion (MePoint *motion, MeRegion region)
{
  float largest = 0;

  for (int i = 0; i < ME_N_POINTS; i++)
    if (me_region_has (region, i))
      largest = MAX (largest, hypotf (motion[i].x, motion[i].y));
  for (int i = 0; i < ME_N_POINTS; i++)
    if (!me_region_has (region, i) || hypotf (motion[i].x, motion[i].y) < SIGNIFICANT * largest)
      motion[i] = (MePoint){ 0, 0 };
}

static void
examine (MeSpotter *s, gint64 cell, MeRegion region, const MeConfig *config)
{
  const MeCells *cells = &s->cells;
  int scale = cells->scale[me_series_slot (cell)][region];
  MePoint height[ME_N_POINTS];
  float statistic[ME_N_REGIONS];
  MeCourse course;
  MeSpot spot;

  me_cells_pulse (cells, cell, region, height);
  me_regions_measure (height, statistic);
  select_motion (height, region);
  if (!me_course_read (&cells->series, cell, height, me_scale_s[scale], &course))
    return;
  spot = (MeSpot){ .ratio = cells->ratio[me_series_slot (cell)][region],
    .region = region,
    .height = statistic[region],
    .noise = cells->noise.low[scale][ME_REGION_FACE] };
  memcpy (spot.point_noise, cells->point_noise[scale], sizeof spot.point_noise);
  describe (s, cell, &course, config, &spot);
  if (passes (s, &spot, &course, config))
    accept (s, cell, &course, &spot);
}

static void
decide (MeSpotter *s, gint64 cell, MeRegion region, const MeConfig *config)
{
  guint slot = me_series_slot (cell);

  s->decided[slot][region] = TRUE;
  if (s->cells.ratio[slot][region] > 1 && !is_within_accepted (s, cell) &&
      is_local_maximum (&s->cells, cell, region))
    examine (s, cell, region, config);
}

/* Decides the cells that have waited long enough when `newest` is whole; at the end, all. */
static void
decide_waiting (MeSpotter *s, gint64 newest, gboolean at_end, const MeConfig *config)
{
  gint64 oldest = newest - patience (ME_N_SCALES - 1) - 1;

  for (gint64 c = MAX (oldest, s->cells.series.first); c < newest; c++) {
    guint slot = me_series_slot (c);
    for (int r = 0; r < ME_N_REGIONS; r++)
      if (!s->decided[slot][r] && (at_end || newest - c >= patience (s->cells.scale[slot][r])))
        decide (s, c, (MeRegion)r, config);
  }
}

static void
spot_blink (MeSpotter *s, const MeBlinkEvent *event)
{
  MeSpot *spot = new_spot (s);

  *spot = (MeSpot){ .kind = ME_KIND_BLINK,
    .shut = event->shut,
    .onset_ns = event->onset_ns,
    .apex_ns = event->apex_ns,
    .offset_ns = event->offset_ns,
    .ratio = 1,
    .noise = s->departure.noise };
  describe_context (s, spot);
  memcpy (spot->closure, event->closure, sizeof spot->closure);
}

static void
spot_macro (MeSpotter *s, const MeMacroEvent *event, const MeConfig *config)
{
  double duration_ns = (double)(event->offset_ns - event->onset_ns);

  if (duration_ns <= SLACK * (double)config->max_duration_ns ||
      duration_ns <= LONE_FRAME * (double)s->frame_s * ME_SECOND)
    return;
  MeSpot *spot = new_spot (s);
  *spot = (MeSpot){ .kind = ME_KIND_MACRO,
    .onset_ns = event->onset_ns,
    .apex_ns = event->apex_ns,
    .offset_ns = event->offset_ns,
    .ratio = me_posture_largest (event->motion),
    .noise = s->departure.noise };
  describe_context (s, spot);
  memcpy (spot->motion, event->motion, sizeof spot->motion);
}

/* Those that would be known by now as micro-expressions, too. */
static void
spot_macros (MeSpotter *s, guint64 time_ns, const MeConfig *config)
{
  guint64 wait_ns = (guint64)(patience (ME_N_SCALES - 1) + 1) * (guint64)ME_CELL_NS;
  guint64 latest_ns = time_ns - MIN (time_ns, wait_ns);

  for (const MeMacroEvent *event; (event = me_macro_pop (&s->macro, latest_ns));)
    spot_macro (s, event, config);
}

void
me_spotter_add (MeSpotter *s, const MeObservation *o, const MeConfig *config, double frame_s)
{
  MeBlinkEvent blink;
  guint n;

  s->frame_s = (float)frame_s;
  if (o->kept_measured) {
    me_speech_add (&s->speech, o);
    if (me_blink_add (&s->blinks, o, &blink))
      spot_blink (s, &blink);
    me_departure_add (
        &s->departure, o, &s->cells.neighbours, s->speech.speaking, config->sensitivity);
    me_macro_add (
        &s->macro, &s->departure.now, &s->departure.neutral, config->sensitivity, o->time_ns);
  }
  s->frame_cells = (gint64)ceil (MAX (frame_s, 0.001) / ME_CELL_S - FRAME_SLACK);
  n = me_cells_add (&s->cells, o->time_ns, o->fast, me_blink_active (&s->blinks));
  for (gint64 cell = s->cells.series.next - n; cell < s->cells.series.next; cell++) {
    memset (s->decided[me_series_slot (cell)], 0, sizeof s->decided[0]);
    memcpy (s->head[me_series_slot (cell)],
        (float[]){ o->head[0], o->head[1], me_turn_degrees (o->turn.y) }, sizeof s->head[0]);
  }
  for (gint64 cell = s->cells.series.next - n; cell < s->cells.series.next; cell++) {
    me_cells_score (&s->cells, cell, s->frame_cells, config->sensitivity);
    decide_waiting (s, cell, FALSE, config);
  }
  spot_macros (s, o->time_ns, config);
}

void
me_spotter_finish (MeSpotter *s, const MeConfig *config)
{
  MeBlinkEvent blink;

  decide_waiting (s, s->cells.series.next, TRUE, config);
  if (me_blink_finish (&s->blinks, &blink))
    spot_blink (s, &blink);
  me_macro_finish (&s->macro);
  spot_macros (s, G_MAXUINT64, config);
}

const MeSpot *
me_spotter_pop (MeSpotter *s)
{
  guint i;

  return me_ring_fetch (&s->pending, ME_MAX_SPOTS, &i) ? &s->spots[i] : NULL;
}

gboolean
me_spot_end (MeSpot *spot, guint64 until_ns, guint64 max_duration_ns)
{
  gboolean blink = spot->kind == ME_KIND_BLINK;

  if (spot->offset_ns <= until_ns)
    return TRUE;
  if (spot->kind == ME_KIND_MICRO || spot->onset_ns >= until_ns)
    return FALSE;
  if (!blink && spot->apex_ns > until_ns)
    return FALSE;
  spot->apex_ns = MIN (spot->apex_ns, until_ns);
  spot->offset_ns = until_ns;
  return until_ns - spot->onset_ns > (blink ? ME_LONGEST_BLINK_NS : max_duration_ns);
}

void
me_spotter_displacement (const MeSpotter *s, const MeObservation *o, MePoint motion[ME_N_POINTS])
{
  me_neighbours_median (&s->cells.neighbours, o->kept, motion);
  for (int i = 0; i < ME_N_POINTS; i++) {
    motion[i].x -= s->departure.neutral.now.motion[i].x;
    motion[i].y -= s->departure.neutral.now.motion[i].y;
  }
}

const MeUnitModel *
me_spotter_unit_model (const MeSpotter *s)
{
  return &s->macro.courses.model;
}

float
me_spotter_motion (const MeSpotter *s)
{
  return s->departure.motion;
}

float
me_spotter_noise (const MeSpotter *s)
{
  return s->departure.noise;
}
