/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit-courses.h"

#include "common/duration.h"

#include <math.h>
#include <string.h>

#define STEP_NS (50 * ME_MSECOND)
#define SWEEPS 30
#define SETTLED 0.01f /* of a coefficient, % IPD: the fit has converged */

gboolean
me_unit_has_course (MeAu au)
{
  switch (au) {
  case ME_AU5:
  case ME_AU7:
  case ME_AU18:
  case ME_AU22:
  case ME_AU23:
  case ME_AU28:
    return FALSE;
  default:
    return au < ME_AU45;
  }
}

static MeAu
unit_of (int template)
{
  return template == ME_TEMPLATE_BROW_DEPRESSOR ? ME_AU4 : (MeAu)(template / 2);
}

/* Units on the midline have the same template twice. */
static gboolean
is_fitted (int t)
{
  return me_unit_has_course (unit_of (t)) &&
         (t == ME_TEMPLATE_BROW_DEPRESSOR || t % 2 == 0 || me_au_is_sided (unit_of (t)));
}

static float
inner_product (const MePoint a[ME_N_POINTS], const MePoint b[ME_N_POINTS])
{
  float sum = 0;

  for (int i = 0; i < ME_N_POINTS; i++)
    if (me_posture_has (i) && !me_facial_point_is_near_eye (i))
      sum += a[i].x * b[i].x + a[i].y * b[i].y;
  return sum;
}

void
me_unit_courses_init (MeUnitCourses *c, const MePoint points[ME_N_POINTS])
{
  me_unit_model_init (&c->model, points);
  memset (c->gram, 0, sizeof c->gram);
  for (int a = 0; a < ME_N_TEMPLATES; a++)
    for (int b = 0; b <= a; b++)
      if (is_fitted (a) && is_fitted (b))
        c->gram[a][b] = c->gram[b][a] = inner_product (c->model.motion[a], c->model.motion[b]);
  me_unit_courses_reset (c);
}

void
me_unit_courses_reset (MeUnitCourses *c)
{
  memset (c->coefficient, 0, sizeof c->coefficient);
  c->n = 0;
  for (MeAu au = 0; au < ME_AU45; au++)
    me_unit_course_reset (&c->of[au]);
}

/* Non-negative least squares by coordinate descent, from the coefficients that are there. */
static void
fit (const MeUnitCourses *c, const MePoint motion[ME_N_POINTS], float x[ME_N_TEMPLATES])
{
  float gradient[ME_N_TEMPLATES], change = G_MAXFLOAT;

  for (int a = 0; a < ME_N_TEMPLATES; a++) {
    gradient[a] = c->gram[a][a] > 0 ? inner_product (c->model.motion[a], motion) : 0;
    for (int b = 0; b < ME_N_TEMPLATES; b++)
      gradient[a] -= c->gram[a][b] * x[b];
  }
  for (int sweep = 0; sweep < SWEEPS && change > SETTLED; sweep++) {
    change = 0;
    for (int a = 0; a < ME_N_TEMPLATES; a++) {
      float by = c->gram[a][a] > 0 ? MAX (-x[a], gradient[a] / c->gram[a][a]) : 0;
      if (by == 0)
        continue;
      x[a] += by;
      for (int b = 0; b < ME_N_TEMPLATES; b++)
        gradient[b] -= c->gram[b][a] * by;
      change = MAX (change, fabsf (by));
    }
  }
}

static void
add_posture (MePosture *sum, const MePosture *posture, float share)
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    sum->motion[i].x += share * posture->motion[i].x;
    sum->motion[i].y += share * posture->motion[i].y;
  }
  sum->turn.x += share * posture->turn.x;
  sum->turn.y += share * posture->turn.y;
}

static void
finish_step (MeUnitCourses *c)
{
  memset (&c->now, 0, sizeof c->now);
  add_posture (&c->now, &c->sum, 1 / (float)c->n);
  fit (c, c->now.motion, c->coefficient);
}

gboolean
me_unit_courses_add (MeUnitCourses *c, const MePosture *posture, guint64 time_ns, guint64 *step_ns)
{
  gboolean whole = c->n && time_ns - c->first_ns >= STEP_NS;

  if (whole) {
    finish_step (c);
    *step_ns = c->first_ns + c->later_ns / c->n;
  }
  if (whole || !c->n) {
    memset (&c->sum, 0, sizeof c->sum);
    c->first_ns = time_ns;
    c->later_ns = c->n = 0;
  }
  add_posture (&c->sum, posture, 1);
  c->later_ns += time_ns - c->first_ns;
  c->n++;
  return whole;
}

float
me_unit_courses_strength (const MeUnitCourses *c, MeAu au)
{
  const float *x = c->coefficient;

  return MAX (x[2 * au], x[2 * au + 1]) + (au == ME_AU4 ? x[ME_TEMPLATE_BROW_DEPRESSOR] : 0);
}

/* From nothing, and in few sweeps: an exact fit explains more of a motion by units that oppose each
 * other, and more speech by units at all. */
void
me_unit_courses_own_motion (const MeUnitCourses *c, const MePoint from[ME_N_POINTS],
    const MePoint to[ME_N_POINTS], guint units, MePoint motion[ME_N_POINTS])
{
  float before[ME_N_TEMPLATES] = { 0 }, after[ME_N_TEMPLATES] = { 0 };

  fit (c, from, before);
  fit (c, to, after);
  for (int i = 0; i < ME_N_POINTS; i++) {
    motion[i].x = to[i].x - from[i].x;
    motion[i].y = to[i].y - from[i].y;
  }
  for (int t = 0; t < ME_N_TEMPLATES; t++) {
    float by = units & (1u << unit_of (t)) ? 0 : after[t] - before[t];
    for (int i = 0; i < ME_N_POINTS && by != 0; i++) {
      motion[i].x -= by * c->model.motion[t][i].x;
      motion[i].y -= by * c->model.motion[t][i].y;
    }
  }
}
