/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Streaming spotting. Every whole cell of time is scored at each scale as soon as the scale's
 * kernel fits behind it; a cell is decided when its best scale has had time to show its interval.
 */
#include "spotter.h"

#include "common/quantile.h"
#include "common/rank.h"

#include <math.h>
#include <string.h>

/* Thresholds, % IPD; divided by the sensitivity. */
#define NOISE_QUANTILE 0.30f
#define IN_BLINK 1.3f /* on the threshold while the lids move */
#define OUTLIER 0.6f  /* % IPD that a patch may differ from those around it */
#define MEMORY_S 8.0f
#define SETTLING_S 1.0f /* after the start nothing is spotted: the noise is not known yet */
#define CAUTIOUS_S 3.0f /* and until then thresholds are raised */

/* Tests of a candidate; what passes is weighed again by its confidence. */
#define MIN_SYMMETRY 0.30f /* lesser flank over greater */
#define MIN_SYMMETRY_MACRO 0.50f
#define CLEAR 0.15f       /* unrest of what stands clear of the motion around it */
#define MAX_UNREST 0.8f   /* of the height, just before and after: speech does not rest */
#define MAX_STEP 1.0f     /* of the statistic: what did not come back */
#define MAX_HEAD 60.0f    /* % IPD that the head moves within the interval */
#define SIGNIFICANT 0.35f /* of the largest motion: smaller ones do not steer the course */
#define SEEN_ONCE 1.2f    /* frames, and */
#define SEEN_SLACK 0.6f   /* cells above half of the height: of what a single frame shows */
#define FRAME_SLACK 0.15  /* cells: the measured interval trembles */
#define SLACK 1.12f       /* on max_duration: the error of a measured duration */
#define MACRO_SLACK 1.3f  /* the same for macro: they are read from noisier edges */

void
me_spotter_reset (MeSpotter *s, const MePoint points[ME_N_POINTS])
{
  me_matched_filter_init (&s->filter);
  me_neighbours_init (&s->neighbours, points);
  me_series_reset (&s->series);
  memset (&s->noise, 0, sizeof s->noise);
  memset (s->point_noise, 0, sizeof s->point_noise);
  s->n_taken = 0;
  s->pending = (MeRing){ 0 };
  s->started = -1;
  s->frame_s = 0;
  s->frame_cells = 1;
  me_blink_reset (&s->blinks);
  me_macro_reset (&s->macro);
}

static inline guint
slot (gint64 cell)
{
  return (guint)(cell & (ME_SERIES_CELLS - 1));
}

static gboolean
blinks_within (const MeSpotter *s, gint64 from, gint64 to)
{
  for (gint64 c = MAX (from, s->series.first); c <= MIN (to, s->series.next - 1); c++)
    if (s->blink[slot (c)])
      return TRUE;
  return FALSE;
}

/* Pulse heights around a cell, neighbours averaged, points that say nothing set to zero. */
static void
pulse_heights (
    const MeSpotter *s, gint64 cell, int scale, gboolean in_blink, MePoint *smooth, MePoint *raw)
{
  float certainty[ME_N_POINTS], typical = me_median (s->point_noise[scale], ME_N_POINTS);

  me_matched_filter_run (&s->filter, &s->series, cell, scale, raw);
  for (int i = 0; i < ME_N_POINTS; i++) {
    float relative = typical / MAX (s->point_noise[scale][i], 1e-6f);
    certainty[i] = CLAMP (relative * relative, 0.05f, 4.0f);
    if (me_facial_points[i].feature == ME_FEATURE_JAW ||
        (in_blink && me_facial_point_is_near_eye (i)))
      certainty[i] = 0;
  }
  me_neighbours_mean (&s->neighbours, raw, certainty, OUTLIER, smooth);
  for (int i = 0; i < ME_N_POINTS; i++)
    if (certainty[i] == 0)
      smooth[i] = (MePoint){ 0, 0 };
}

/* What raises all thresholds. */
static float
caution (const MeSpotter *s, gint64 cell, gboolean in_blink, double sensitivity)
{
  float age = (float)(cell - s->started) * ME_CELL_S;
  float t = in_blink ? IN_BLINK : 1;

  if (age < CAUTIOUS_S)
    t *= 1 + 0.5f * (1 - age / CAUTIOUS_S);
  return t / (float)sensitivity;
}

static void
learn_noise (MeSpotter *s, int scale, const MePoint *raw, const float *statistic)
{
  guint n = s->noise.n_updates[scale];
  float memory = MEMORY_S / ME_CELL_S;

  for (int i = 0; i < ME_N_POINTS; i++)
    s->point_noise[scale][i] = me_quantile_update (s->point_noise[scale][i],
        0.01f + sqrtf (raw[i].x * raw[i].x + raw[i].y * raw[i].y), NOISE_QUANTILE, n, memory);
  me_regions_learn (&s->noise, scale, statistic, memory);
}

static void
score (MeSpotter *s, gint64 cell, int scale, const MeConfig *config)
{
  int half = s->filter.half[scale];
  gboolean in_blink = blinks_within (s, cell - half - 2, cell + half + 2);
  MePoint raw[ME_LANES / 2], smooth[ME_N_POINTS];
  float statistic[ME_N_REGIONS], ratio[ME_N_REGIONS], all;

  pulse_heights (s, cell, scale, in_blink, smooth, raw);
  me_regions_measure (smooth, statistic);
  me_regions_compare (&s->noise, scale, statistic, ratio);
  all = caution (s, cell, in_blink, config->sensitivity);
  if (!in_blink || s->noise.n_updates[scale] == 0)
    learn_noise (s, scale, raw, statistic);
  if ((float)(cell - s->started) * ME_CELL_S < SETTLING_S)
    return;
  for (int r = 0; r < ME_N_REGIONS; r++) {
    if (ratio[r] / all > s->ratio[slot (cell)][r]) {
      s->ratio[slot (cell)][r] = ratio[r] / all;
      s->scale[slot (cell)][r] = (gint8)scale;
    }
  }
}

/* Cells to wait after a candidate: for its interval to end, and for wider scales to be scored. */
static int
patience (int scale)
{
  return (int)((0.5f * me_scale_s[scale] + 0.22f) / ME_CELL_S);
}

static gboolean
is_local_maximum (const MeSpotter *s, gint64 cell, int region)
{
  float ratio = s->ratio[slot (cell)][region];
  gint64 span = (gint64)(0.65f * me_scale_s[ME_N_SCALES - 1] / ME_CELL_S);

  for (gint64 c = MAX (cell - span, s->series.first); c <= MIN (cell + span, s->series.next - 1);
       c++) {
    int wider = MAX (s->scale[slot (c)][region], s->scale[slot (cell)][region]);
    gint64 reach = (gint64)(0.65f * me_scale_s[wider] / ME_CELL_S);
    if (c != cell && ABS (c - cell) <= reach && s->ratio[slot (c)][region] > ratio)
      return FALSE;
  }
  return TRUE;
}

/* Does the cell belong to an interval that stands clear of what is around it? What does not may
 * hide one that does. */
static gboolean
is_taken (const MeSpotter *s, gint64 cell)
{
  for (guint i = 0; i < MIN (s->n_taken, ME_MAX_SPOTS); i++) {
    const MeInterval *t = &s->taken[i].interval;
    gint64 margin = (t->offset - t->onset) * 3 / 10;
    if (s->taken[i].unrest < CLEAR && cell >= t->onset - margin && cell <= t->offset + margin)
      return TRUE;
  }
  return FALSE;
}

/* Was the same interval taken already, and was it no worse? */
static gboolean
is_known (const MeSpotter *s, const MeInterval *interval, float unrest)
{
  for (guint i = 0; i < MIN (s->n_taken, ME_MAX_SPOTS); i++) {
    const MeInterval *t = &s->taken[i].interval;
    gint64 both = MIN (t->offset, interval->offset) - MAX (t->onset, interval->onset);
    gint64 either = MAX (t->offset, interval->offset) - MIN (t->onset, interval->onset);
    if (2 * both > either && s->taken[i].unrest < unrest + CLEAR)
      return TRUE;
  }
  return FALSE;
}

static float
head_moved (const MeSpotter *s, gint64 from, gint64 to)
{
  float low[2] = { G_MAXFLOAT, G_MAXFLOAT }, high[2] = { -G_MAXFLOAT, -G_MAXFLOAT };

  for (gint64 c = MAX (from, s->series.first); c <= MIN (to, s->series.next - 1); c++)
    for (int k = 0; k < 2; k++) {
      low[k] = MIN (low[k], s->head[slot (c)][k]);
      high[k] = MAX (high[k], s->head[slot (c)][k]);
    }
  return MAX (high[0] - low[0], high[1] - low[1]);
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
  return spot->symmetry > (s->macro.active ? MIN_SYMMETRY_MACRO : MIN_SYMMETRY) &&
         course->half_width > SEEN_ONCE * s->frame_s / ME_CELL_S + SEEN_SLACK &&
         spot->step < MAX_STEP && spot->unrest < MAX_UNREST && spot->head < MAX_HEAD &&
         duration_fits (course, config);
}

/* What the course of a candidate says of it. */
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
  me_neighbours_tame (&s->neighbours, course->motion, OUTLIER, spot->motion);
  spot->lids_moved = blinks_within (s, onset - 3, offset + 3);
  spot->symmetry = MIN (course->rise, course->fall) / MAX (course->rise, course->fall);
  spot->unrest = course->unrest;
  spot->step = course->step / MAX (spot->height, 1e-3f);
  spot->head = head_moved (s, onset, offset);
}

static void
take (MeSpotter *s, gint64 cell, const MeCourse *course, const MeSpot *spot)
{
  MeInterval interval = { cell + (gint64)course->onset, cell + (gint64)course->offset };

  if (is_known (s, &interval, spot->unrest))
    return;
  s->taken[s->n_taken++ % ME_MAX_SPOTS] = (MeTaken){ interval, spot->unrest };
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
  int scale = s->scale[slot (cell)][region], half = s->filter.half[scale];
  gboolean in_blink = blinks_within (s, cell - half - 2, cell + half + 2);
  MePoint raw[ME_LANES / 2], smooth[ME_N_POINTS];
  float statistic[ME_N_REGIONS];
  MeCourse course;
  MeSpot spot;

  pulse_heights (s, cell, scale, in_blink, smooth, raw);
  me_regions_measure (smooth, statistic);
  select_motion (smooth, region);
  if (!me_course_read (&s->series, cell, smooth, me_scale_s[scale], &course))
    return;
  spot = (MeSpot){ .ratio = s->ratio[slot (cell)][region],
    .height = statistic[region],
    .noise = s->noise.low[scale][ME_REGION_FACE] };
  memcpy (spot.point_noise, s->point_noise[scale], sizeof spot.point_noise);
  describe (s, cell, &course, config, &spot);
  if (passes (s, &spot, &course, config))
    take (s, cell, &course, &spot);
}

static void
decide (MeSpotter *s, gint64 cell, MeRegion region, const MeConfig *config)
{
  s->decided[slot (cell)][region] = TRUE;
  if (s->ratio[slot (cell)][region] > 1 && !is_taken (s, cell) &&
      is_local_maximum (s, cell, (int)region))
    examine (s, cell, region, config);
}

/* A cell became whole: score what can now be scored, decide what has waited long enough. */
static void
advance (MeSpotter *s, gint64 newest, const MeConfig *config)
{
  for (int scale = 0; scale < ME_N_SCALES; scale++) {
    gint64 cell = newest - s->filter.half[scale];
    if (me_scale_s[scale] / ME_CELL_S >= 2.5f * (float)s->frame_cells &&
        cell - s->filter.half[scale] >= s->series.first)
      score (s, cell, scale, config);
  }
  gint64 oldest = newest - patience (ME_N_SCALES - 1) - 1;
  for (gint64 c = MAX (oldest, s->series.first); c < newest; c++)
    for (int r = 0; r < ME_N_REGIONS; r++)
      if (!s->decided[slot (c)][r] && newest - c >= patience (s->scale[slot (c)][r]))
        decide (s, c, (MeRegion)r, config);
}

static void
spot_blink (MeSpotter *s, const MeBlinkEvent *event)
{
  MeSpot *spot = new_spot (s);

  *spot = (MeSpot){ .kind = ME_KIND_BLINK,
    .onset_ns = event->onset_ns,
    .apex_ns = event->apex_ns,
    .offset_ns = event->offset_ns,
    .ratio = 1,
    .noise = s->macro.noise };
  memcpy (spot->closure, event->closure, sizeof spot->closure);
}

static void
spot_macro (MeSpotter *s, const MeMacroEvent *event, const MeConfig *config)
{
  double duration_ns = (double)(event->offset_ns - event->onset_ns);

  if (duration_ns <= MACRO_SLACK * (double)config->max_duration_ns)
    return;
  MeSpot *spot = new_spot (s);
  *spot = (MeSpot){ .kind = ME_KIND_MACRO,
    .onset_ns = event->onset_ns,
    .apex_ns = event->apex_ns,
    .offset_ns = event->offset_ns,
    .ratio = event->peak,
    .noise = s->macro.noise };
  memcpy (spot->motion, event->motion, sizeof spot->motion);
}

void
me_spotter_add (MeSpotter *s, const MeObservation *o, const MeConfig *config, double frame_s)
{
  MeBlinkEvent blink;
  MeMacroEvent macro;
  guint n;

  if (o->kept_measured) {
    if (me_blink_add (&s->blinks, o, &blink))
      spot_blink (s, &blink);
    if (me_macro_add (&s->macro, o, &s->neighbours, config->sensitivity, &macro))
      spot_macro (s, &macro, config);
  }
  s->frame_s = (float)frame_s;
  s->frame_cells = (gint64)ceil (MAX (frame_s, 0.001) / ME_CELL_S - FRAME_SLACK);
  n = me_series_add (&s->series, o->time_ns, o->fast);
  if (s->started < 0)
    s->started = s->series.next;
  for (gint64 cell = s->series.next - n; cell < s->series.next; cell++) {
    memset (s->ratio[slot (cell)], 0, sizeof s->ratio[0]);
    memset (s->scale[slot (cell)], 0, sizeof s->scale[0]);
    memset (s->decided[slot (cell)], 0, sizeof s->decided[0]);
    s->blink[slot (cell)] = me_blink_active (&s->blinks);
    memcpy (s->head[slot (cell)], o->head, sizeof o->head);
  }
  for (gint64 cell = s->series.next - n; cell < s->series.next; cell++)
    advance (s, cell, config);
}

void
me_spotter_finish (MeSpotter *s, const MeConfig *config)
{
  MeBlinkEvent blink;
  MeMacroEvent macro;

  for (gint64 c = MAX (s->series.next - patience (ME_N_SCALES - 1), s->series.first);
       c < s->series.next; c++)
    for (int r = 0; r < ME_N_REGIONS; r++)
      if (!s->decided[slot (c)][r])
        decide (s, c, (MeRegion)r, config);
  if (me_blink_finish (&s->blinks, &blink))
    spot_blink (s, &blink);
  if (me_macro_finish (&s->macro, &macro))
    spot_macro (s, &macro, config);
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
  me_neighbours_median (&s->neighbours, o->kept, motion);
  for (int i = 0; i < ME_N_POINTS; i++) {
    motion[i].x -= s->macro.neutral[i].x;
    motion[i].y -= s->macro.neutral[i].y;
  }
}

float
me_spotter_motion (const MeSpotter *s)
{
  return s->macro.motion;
}

float
me_spotter_noise (const MeSpotter *s)
{
  return s->macro.noise;
}
