/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "acting.h"

#include <string.h>

#include "anatomy/au-motion.h"
#include "curves.h"
#include "movements.h"

#define LEAST_AT_APEX 1 /* % IPD: a unit or side that has moved less by then is not named */

struct _GstMicroexprTestActing
{
  const GstMicroexprTestSpread *spread;
  GArray *rows;                           /* GstMicroexprTestCurveRow */
  MePoint unit[ME_N_AUS][3][ME_N_POINTS]; /* by MeSide, at a strength of 1; AU45: closed lids */
};

/* Units without sides move as one, like those of the left side. */
static void
fill_unit (GstMicroexprTestActing *acting, MeAu au, MeSide side)
{
  GstMicroexprTestEventSpec spec;
  GstMicroexprTestEvent event;

  gst_microexpr_test_event_spec_init (&spec);
  spec.units = 1u << au;
  spec.side = au == ME_AU45 ? ME_MIDLINE : side;
  spec.strength[au] = 1;
  gst_microexpr_test_event_build (&event, &spec, acting->spread);
  for (guint i = 0; i < ME_N_POINTS; i++) {
    if (au != ME_AU45 || me_facial_points[i].side == side)
      acting->unit[au][side][i] = event.motion[i];
  }
}

GstMicroexprTestActing *
gst_microexpr_test_acting_new (
    const char *path, const GstMicroexprTestSpread *spread, GError **error)
{
  GArray *rows = gst_microexpr_test_curves_load (path, error);
  GstMicroexprTestActing *acting;

  if (!rows)
    return NULL;
  acting = g_new0 (GstMicroexprTestActing, 1);
  acting->spread = spread;
  acting->rows = rows;
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    fill_unit (acting, au, ME_LEFT);
    if (me_au_is_sided (au))
      fill_unit (acting, au, ME_RIGHT);
  }
  return acting;
}

void
gst_microexpr_test_acting_free (GstMicroexprTestActing *acting)
{
  if (!acting)
    return;
  g_array_unref (acting->rows);
  g_free (acting);
}

guint64
gst_microexpr_test_acting_duration_ns (const GstMicroexprTestActing *acting)
{
  return g_array_index (acting->rows, GstMicroexprTestCurveRow, acting->rows->len - 1).time_ns;
}

/* Adds one unit at these strengths of its sides. */
static void
add_unit (const GstMicroexprTestActing *acting, MeAu au, float left, float right,
    MePoint motion[ME_N_POINTS])
{
  const MePoint *l = acting->unit[au][ME_LEFT], *r = acting->unit[au][ME_RIGHT];

  for (guint i = 0; i < ME_N_POINTS; i++) {
    motion[i].x += left * l[i].x + right * r[i].x;
    motion[i].y += left * l[i].y + right * r[i].y;
  }
}

void
gst_microexpr_test_acting_add_motion (const GstMicroexprTestActing *acting, guint64 time_ns,
    MePoint motion[ME_N_POINTS], float closure[3], float parted[GST_MICROEXPR_TEST_N_SURFACES])
{
  GstMicroexprTestCurveRow now;

  gst_microexpr_test_curves_at (acting->rows, time_ns, &now);
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    add_unit (acting, au, now.left[au], now.right[au], motion);
    gst_microexpr_test_surfaces_add (au, MAX (now.left[au], now.right[au]), parted);
  }
  closure[ME_LEFT] = MIN (1, closure[ME_LEFT] + now.left[ME_AU45]);
  closure[ME_RIGHT] = MIN (1, closure[ME_RIGHT] + now.right[ME_AU45]);
}

/* Strength of one side of a unit that moves so; ME_MIDLINE: of both. */
static double
side_strength (const GstMicroexprTestActing *acting, const MePoint motion[ME_N_POINTS], MeSide side)
{
  double strength = gst_microexpr_test_largest_motion (acting->spread, motion, side);

  return strength < LEAST_AT_APEX ? 0 : strength;
}

/* Adds one unit of a movement: its motion from onset to apex, and its strengths in the truth. */
static void
measure_unit (const GstMicroexprTestActing *acting, MeAu au, float left, float right,
    MePoint motion[ME_N_POINTS], MeEvent *truth)
{
  MePoint own[ME_N_POINTS] = { { 0, 0 } };

  left = MAX (left, 0);
  right = MAX (right, 0);
  add_unit (acting, au, left, right, own);
  if (au == ME_AU45) {
    truth->left[au] = left * acting->spread->lid_travel;
    truth->right[au] = right * acting->spread->lid_travel;
  } else if (me_au_is_sided (au)) {
    truth->left[au] = left > 0 ? side_strength (acting, own, ME_LEFT) : 0;
    truth->right[au] = right > 0 ? side_strength (acting, own, ME_RIGHT) : 0;
  } else {
    truth->strength[au] = side_strength (acting, own, ME_MIDLINE);
  }
  truth->strength[au] = MAX (truth->strength[au], MAX (truth->left[au], truth->right[au]));
  if (truth->strength[au] > 0)
    add_unit (acting, au, left, right, motion);
}

static void
move_strength (double strength[ME_N_AUS], MeAu from, MeAu to)
{
  strength[to] = strength[from];
  strength[from] = 0;
}

/* Lids that stay closed are AU43. */
static void
name_closed_eyes (MeEvent *truth)
{
  if (truth->offset_ns - truth->onset_ns < ME_EYES_CLOSED_NS)
    return;
  move_strength (truth->strength, ME_AU45, ME_AU43);
  move_strength (truth->left, ME_AU45, ME_AU43);
  move_strength (truth->right, ME_AU45, ME_AU43);
}

static void
build_truth (
    const GstMicroexprTestActing *acting, const GstMicroexprTestMovement *movement, MeEvent *truth)
{
  MePoint motion[ME_N_POINTS] = { { 0, 0 } };
  GstMicroexprTestCurveRow onset, apex;

  truth->kind = movement->kind;
  truth->onset_ns = movement->onset_ns;
  truth->apex_ns = movement->apex_ns;
  truth->offset_ns = movement->offset_ns;
  gst_microexpr_test_curves_at (acting->rows, truth->onset_ns, &onset);
  gst_microexpr_test_curves_at (acting->rows, truth->apex_ns, &apex);
  for (MeAu au = 0; au < ME_N_AUS; au++)
    if (movement->units & (1u << au))
      measure_unit (acting, au, apex.left[au] - onset.left[au], apex.right[au] - onset.right[au],
          motion, truth);
  name_closed_eyes (truth);
  truth->intensity = gst_microexpr_test_largest_motion (acting->spread, motion, ME_MIDLINE);
  truth->intensity = MAX (truth->intensity, truth->strength[ME_AU45]);
  truth->intensity = MAX (truth->intensity, truth->strength[ME_AU43]);
  gst_microexpr_test_name_emotion (truth);
}

void
gst_microexpr_test_acting_add_truths (const GstMicroexprTestActing *acting, GArray *events)
{
  g_autoptr (GArray) movements = gst_microexpr_test_movements_find (acting->rows);

  for (guint i = 0; i < movements->len; i++) {
    GstMicroexprTestEvent event;

    memset (&event, 0, sizeof event);
    build_truth (acting, &g_array_index (movements, GstMicroexprTestMovement, i), &event.truth);
    g_array_append_val (events, event);
  }
}
