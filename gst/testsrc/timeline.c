/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The timeline of events. Random events are drawn minute by minute, each minute from random
 * numbers of its own; none extends into the next minute. */
#include "timeline.h"

#include <string.h>

#include "anatomy/unit-combinations.h"
#include "acting.h"
#include "random.h"
#include "script.h"

#define SECOND_NS 1e9
#define BLOCK_S 60.0
#define FIRST_LEAD_S 2.0       /* still face at the start, so that analysers can initialise */
#define LEAD_S 0.7             /* at the start of each later minute */
#define END_S 0.7              /* at the end of each minute */
#define LEAST_GAP_S 0.5        /* between expressions */
#define BLINK_CLEARANCE_S 0.12 /* between a blink and an expression that it does not overlap */
#define LEAST_BLINK_GAP_S 0.5

/* From published time courses (sheets of CASME II, SAMM, CAS(ME)^2 and CAS(ME)^3). */
#define MACRO_SHORTEST_S 0.8
#define MACRO_LONGEST_S 3.0
#define MACRO_AMPLITUDE 2.2 /* times the amplitude of micro-expressions */
#define BLINK_SHORTEST_S 0.25
#define BLINK_LONGEST_S 0.5
#define MAX_OPPOSED 1.5     /* largest factor for units that oppose each other */
#define ONE_SIDED_PART 0.18 /* 10 to 26 % of coded micro-expressions */
#define GAIN_SPREAD 0.2     /* variation between people of each feature's amplitude... */
#define TURN_SPREAD 0.17    /* ...and direction: radians, about 10 degrees */

struct _GstMicroexprTestTimeline
{
  guint seed;
  double settings[GST_MICROEXPR_TEST_N_SETTINGS];
  gboolean scripted;              /* the events are given, not drawn */
  GstMicroexprTestActing *acting; /* of a recording, moves the face; NULL: the events do */
  GstMicroexprTestSpread spread;
  GArray *events; /* GstMicroexprTestEvent, by onset */
  guint64 block;  /* the minute that they belong to; G_MAXUINT64: none */
};

static double
range (GstMicroexprTestRandom *random, double low, double high)
{
  return gst_microexpr_test_random_range (random, low, high);
}

static GstMicroexprTestTimeline *
timeline_alloc (const GstMicroexprTestFields *fields, const MePoint landmarks[ME_N_LANDMARKS])
{
  GstMicroexprTestTimeline *timeline = g_new0 (GstMicroexprTestTimeline, 1);

  gst_microexpr_test_spread_init (&timeline->spread, fields, landmarks);
  timeline->events = g_array_new (FALSE, FALSE, sizeof (GstMicroexprTestEvent));
  timeline->block = G_MAXUINT64;
  return timeline;
}

GstMicroexprTestTimeline *
gst_microexpr_test_timeline_new (guint seed, const double *settings,
    const GstMicroexprTestFields *fields, const MePoint landmarks[ME_N_LANDMARKS])
{
  GstMicroexprTestTimeline *timeline = timeline_alloc (fields, landmarks);

  timeline->seed = seed;
  memcpy (timeline->settings, settings, sizeof timeline->settings);
  return timeline;
}

void
gst_microexpr_test_timeline_free (GstMicroexprTestTimeline *timeline)
{
  if (!timeline)
    return;
  gst_microexpr_test_acting_free (timeline->acting);
  g_array_unref (timeline->events);
  g_free (timeline);
}

static void
add_event (GstMicroexprTestTimeline *timeline, const GstMicroexprTestEventSpec *spec)
{
  GstMicroexprTestEvent event;

  gst_microexpr_test_event_build (&event, spec, &timeline->spread);
  g_array_append_val (timeline->events, event);
}

/* Adds an expression whose most moved point moves by `amplitude` (% IPD): units that add up are
 * each scaled down, units that oppose each other scaled up. */
static void
add_expression (
    GstMicroexprTestTimeline *timeline, GstMicroexprTestEventSpec *spec, double amplitude)
{
  GstMicroexprTestEvent event;
  double factor;

  gst_microexpr_test_event_build (&event, spec, &timeline->spread);
  factor = CLAMP (amplitude / MAX (event.truth.intensity, 1e-3), 0.4, MAX_OPPOSED);
  for (MeAu au = 0; au < ME_N_AUS; au++)
    spec->strength[au] *= factor;
  add_event (timeline, spec);
}

static gint
compare_onsets (gconstpointer a, gconstpointer b)
{
  guint64 x = ((const GstMicroexprTestEvent *)a)->truth.onset_ns;
  guint64 y = ((const GstMicroexprTestEvent *)b)->truth.onset_ns;

  return x < y ? -1 : x > y;
}

static const MeUnitCombination *
draw_combination (GstMicroexprTestRandom *random)
{
  double total = 0, drawn;
  guint i = 0;

  for (guint row = 0; row < me_n_unit_combinations; row++)
    total += me_unit_combinations[row].frequency;
  drawn = range (random, 0, total);
  while (i + 1 < me_n_unit_combinations && drawn >= me_unit_combinations[i].frequency)
    drawn -= me_unit_combinations[i++].frequency;
  return &me_unit_combinations[i];
}

/* Draws how one event differs from the table, and its sides from each other. */
static void
draw_variation (GstMicroexprTestRandom *random, GstMicroexprTestEventSpec *spec)
{
  spec->stronger = range (random, 0, 1) < 0.5 ? ME_LEFT : ME_RIGHT;
  spec->balance = range (random, 0.75, 1);
  for (guint i = 0; i < ME_N_FEATURES; i++) {
    for (guint side = 0; side < 3; side++) {
      spec->gain[i][side] = range (random, 1 - GAIN_SPREAD, 1 + GAIN_SPREAD);
      spec->turn[i][side] = range (random, -TURN_SPREAD, TURN_SPREAD);
    }
  }
}

/* The first unit has the full strength, the others 60 to 100 % of it. */
static void
draw_strengths (GstMicroexprTestRandom *random, double strength, GstMicroexprTestEventSpec *spec)
{
  double part = 1;

  for (MeAu au = 0; au < ME_N_AUS; au++) {
    if (spec->units & (1u << au)) {
      spec->strength[au] = part * strength;
      part = range (random, 0.6, 1);
    }
  }
}

static void
add_scripted (GstMicroexprTestTimeline *timeline, GstMicroexprTestEventSpec *spec)
{
  GstMicroexprTestRandom random = { timeline->seed, GST_MICROEXPR_TEST_STREAM_EXPRESSIONS,
    spec->onset_ns };
  double strength = 0;

  for (MeAu au = 0; au < ME_N_AUS; au++)
    strength = MAX (strength, spec->strength[au]);
  if (spec->varied) {
    draw_variation (&random, spec);
    draw_strengths (&random, strength, spec);
  }
  add_event (timeline, spec);
}

GstMicroexprTestTimeline *
gst_microexpr_test_timeline_new_from_script (guint seed, const char *script,
    const GstMicroexprTestFields *fields, const MePoint landmarks[ME_N_LANDMARKS], GError **error)
{
  g_autoptr (GArray) specs = g_array_new (FALSE, FALSE, sizeof (GstMicroexprTestEventSpec));
  GstMicroexprTestTimeline *timeline;

  if (!gst_microexpr_test_script_parse (script, specs, error))
    return NULL;
  timeline = timeline_alloc (fields, landmarks);
  timeline->seed = seed;
  timeline->scripted = TRUE;
  for (guint i = 0; i < specs->len; i++)
    add_scripted (timeline, &g_array_index (specs, GstMicroexprTestEventSpec, i));
  g_array_sort (timeline->events, compare_onsets);
  return timeline;
}

GstMicroexprTestTimeline *
gst_microexpr_test_timeline_new_from_curves (const char *path, const GstMicroexprTestFields *fields,
    const MePoint landmarks[ME_N_LANDMARKS], GError **error)
{
  GstMicroexprTestTimeline *timeline = timeline_alloc (fields, landmarks);

  timeline->scripted = TRUE;
  timeline->acting = gst_microexpr_test_acting_new (path, &timeline->spread, error);
  if (timeline->acting)
    gst_microexpr_test_acting_add_truths (timeline->acting, timeline->events);
  else
    g_clear_pointer (&timeline, gst_microexpr_test_timeline_free);
  return timeline;
}

guint64
gst_microexpr_test_timeline_duration_ns (const GstMicroexprTestTimeline *timeline)
{
  return timeline->acting ? gst_microexpr_test_acting_duration_ns (timeline->acting) : G_MAXUINT64;
}

/* Draws everything but the onset. Returns the amplitude of the whole, % IPD. */
static double
draw_expression (const GstMicroexprTestTimeline *timeline, GstMicroexprTestRandom *random,
    MeKind kind, GstMicroexprTestEventSpec *spec)
{
  const double *settings = timeline->settings;
  gboolean micro = kind == ME_KIND_MICRO;
  double amplitude = settings[GST_MICROEXPR_TEST_AMPLITUDE];
  double spread = MIN (settings[GST_MICROEXPR_TEST_AMPLITUDE_SPREAD], amplitude * 0.9);
  double shortest =
      micro ? settings[GST_MICROEXPR_TEST_MIN_DURATION] / SECOND_NS : MACRO_SHORTEST_S;
  double longest = micro ? settings[GST_MICROEXPR_TEST_MAX_DURATION] / SECOND_NS : MACRO_LONGEST_S;
  double duration = range (random, shortest, MAX (shortest, longest));

  gst_microexpr_test_event_spec_init (spec);
  spec->kind = kind;
  spec->units = draw_combination (random)->units;
  spec->duration_ns = (guint64)(duration * SECOND_NS);
  spec->hold = range (random, 0, micro ? MIN (0.2, 0.1 / duration) : 0.5);
  spec->rise = (1 - spec->hold) * range (random, 0.38, 0.58);
  if (range (random, 0, 1) < ONE_SIDED_PART)
    spec->side = range (random, 0, 1) < 0.5 ? ME_LEFT : ME_RIGHT;
  draw_variation (random, spec);
  amplitude = range (random, amplitude - spread, amplitude + spread);
  if (!micro)
    amplitude *= MACRO_AMPLITUDE;
  draw_strengths (random, amplitude, spec);
  return amplitude;
}

/* Draws the expressions of the minute that begins at `start` (s), one after another. */
static void
draw_expressions (GstMicroexprTestTimeline *timeline, double start)
{
  GstMicroexprTestRandom random = { timeline->seed, GST_MICROEXPR_TEST_STREAM_EXPRESSIONS,
    timeline->block << 20 };
  double micro_rate = timeline->settings[GST_MICROEXPR_TEST_MICRO_RATE];
  double rate = micro_rate + timeline->settings[GST_MICROEXPR_TEST_MACRO_RATE];
  double lead = timeline->block == 0 ? FIRST_LEAD_S : LEAD_S, time, period;

  if (rate <= 0)
    return;
  period = BLOCK_S / rate;
  time = start + lead + range (&random, 0, MIN (period, 5));
  for (;;) {
    MeKind kind = range (&random, 0, rate) < micro_rate ? ME_KIND_MICRO : ME_KIND_MACRO;
    GstMicroexprTestEventSpec spec;
    double amplitude = draw_expression (timeline, &random, kind, &spec), duration, gap;

    duration = spec.duration_ns / SECOND_NS;
    if (time + duration > start + BLOCK_S - END_S)
      return;
    spec.onset_ns = (guint64)(time * SECOND_NS);
    add_expression (timeline, &spec, amplitude);
    gap = MAX (0, period - duration - LEAST_GAP_S);
    time += duration + LEAST_GAP_S + range (&random, 0.3 * gap, 1.7 * gap);
  }
}

static void
add_blink (GstMicroexprTestTimeline *timeline, GstMicroexprTestRandom *random, double onset,
    double duration)
{
  GstMicroexprTestEventSpec spec;

  gst_microexpr_test_event_spec_init (&spec);
  spec.kind = ME_KIND_BLINK;
  spec.units = 1u << ME_AU45;
  spec.onset_ns = (guint64)(onset * SECOND_NS);
  spec.duration_ns = (guint64)(duration * SECOND_NS);
  spec.hold = range (random, 0, 0.12);
  spec.rise = range (random, 0.3, 0.4); /* lids close faster than they open */
  spec.strength[ME_AU45] = range (random, 0.9, 1);
  add_event (timeline, &spec);
}

/* The earliest time from `onset` on at which a blink clears all micro-expressions; or, as often as
 * blink-overlap says, one at which it overlaps the first in its way. */
static double
place_blink (const GstMicroexprTestTimeline *timeline, guint n_expressions,
    GstMicroexprTestRandom *random, double onset, double duration)
{
  double overlap = timeline->settings[GST_MICROEXPR_TEST_BLINK_OVERLAP];

  for (guint i = 0; i < n_expressions; i++) {
    const MeEvent *truth = &g_array_index (timeline->events, GstMicroexprTestEvent, i).truth;
    double begin = truth->onset_ns / SECOND_NS - BLINK_CLEARANCE_S;
    double end = truth->offset_ns / SECOND_NS + BLINK_CLEARANCE_S;

    if (truth->kind != ME_KIND_MICRO || onset >= end || onset + duration <= begin)
      continue;
    if (range (random, 0, 1) < overlap)
      return range (random, begin - duration / 2, end - BLINK_CLEARANCE_S - duration / 4);
    onset = end;
  }
  return onset;
}

/* Onset of a micro-expression between two times that a blink shall overlap, drawn at random;
 * G_MAXDOUBLE: none. */
static double
overlapped_expression (const GstMicroexprTestTimeline *timeline, guint n_expressions,
    GstMicroexprTestRandom *random, double from, double to)
{
  double overlap = timeline->settings[GST_MICROEXPR_TEST_BLINK_OVERLAP];

  for (guint i = 0; i < n_expressions; i++) {
    const MeEvent *truth = &g_array_index (timeline->events, GstMicroexprTestEvent, i).truth;
    double onset = truth->onset_ns / SECOND_NS;

    if (truth->kind == ME_KIND_MICRO && onset > from && onset < to &&
        range (random, 0, 1) < overlap)
      return onset;
  }
  return G_MAXDOUBLE;
}

/* Draws the blinks of the minute that begins at `start` (s), after its expressions. */
static void
draw_blinks (GstMicroexprTestTimeline *timeline, double start)
{
  GstMicroexprTestRandom random = { timeline->seed, GST_MICROEXPR_TEST_STREAM_BLINKS,
    timeline->block << 20 };
  double rate = timeline->settings[GST_MICROEXPR_TEST_BLINK_RATE];
  guint n_expressions = timeline->events->len;
  double lead = timeline->block == 0 ? FIRST_LEAD_S : LEAD_S, time, last, period;

  if (rate <= 0)
    return;
  period = BLOCK_S / rate;
  last = start + lead - LEAST_BLINK_GAP_S;
  time = start + lead + range (&random, 0, period);
  for (;;) {
    double duration = range (&random, BLINK_SHORTEST_S, BLINK_LONGEST_S);
    double wanted = overlapped_expression (
        timeline, n_expressions, &random, last + LEAST_BLINK_GAP_S + duration, time);

    if (wanted < time)
      time = wanted + range (&random, -duration / 2, 0.1);
    else
      time = place_blink (timeline, n_expressions, &random, time, duration);
    if (time + duration > start + BLOCK_S - END_S)
      return;
    add_blink (timeline, &random, time, duration);
    last = time + duration;
    time = last + MAX (LEAST_BLINK_GAP_S, range (&random, 0.5, 1.5) * period - duration);
  }
}

const GstMicroexprTestEvent *
gst_microexpr_test_timeline_events (
    GstMicroexprTestTimeline *timeline, guint64 block, guint *n_events)
{
  if (!timeline->scripted && timeline->block != block) {
    timeline->block = block;
    g_array_set_size (timeline->events, 0);
    draw_expressions (timeline, block * BLOCK_S);
    draw_blinks (timeline, block * BLOCK_S);
    g_array_sort (timeline->events, compare_onsets);
  }
  *n_events = timeline->events->len;
  return (const GstMicroexprTestEvent *)timeline->events->data;
}

void
gst_microexpr_test_timeline_add_motion (GstMicroexprTestTimeline *timeline, guint64 time_ns,
    MePoint motion[ME_N_POINTS], float closure[3], float parted[GST_MICROEXPR_TEST_N_SURFACES])
{
  guint n;
  const GstMicroexprTestEvent *events =
      gst_microexpr_test_timeline_events (timeline, time_ns / GST_MICROEXPR_TEST_BLOCK_NS, &n);

  if (timeline->acting) {
    gst_microexpr_test_acting_add_motion (timeline->acting, time_ns, motion, closure, parted);
    return;
  }
  for (guint i = 0; i < n; i++) {
    float part = gst_microexpr_test_event_course (&events[i], time_ns);

    if (part <= 0)
      continue;
    for (guint point = 0; point < ME_N_POINTS; point++) {
      motion[point].x += part * events[i].motion[point].x;
      motion[point].y += part * events[i].motion[point].y;
    }
    for (MeSide side = ME_LEFT; side <= ME_RIGHT; side++)
      closure[side] = MIN (1, closure[side] + part * events[i].closure);
    for (guint surface = 0; surface < GST_MICROEXPR_TEST_N_SURFACES; surface++)
      parted[surface] += part * events[i].parted[surface];
  }
}
