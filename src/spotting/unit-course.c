/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit-course.h"

#include "common/duration.h"

#define RISE_AGAIN 0.1f /* of its fall: a flank ends where the course rises by that */
/* So long the lowest level counts as rest; a unit that stays risen for longer rests there now. */
#define MEMORY_NS (12 * ME_SECOND)

void
me_unit_course_reset (MeUnitCourse *c)
{
  c->curve.n = 0;
  c->phase = ME_UNIT_RESTS;
}

static MeCourseSample
rest (MeUnitCourse *c, guint64 time_ns, float level)
{
  c->phase = ME_UNIT_RESTS;
  c->rest = level;
  c->rest_ns = time_ns;
  return ME_COURSE_REST;
}

static MeCourseSample
rise (MeUnitCourse *c, guint64 time_ns, float strength)
{
  c->phase = ME_UNIT_RISEN;
  c->apex = strength;
  c->apex_ns = time_ns;
  return ME_COURSE_APEX;
}

static float
half (const MeUnitCourse *c)
{
  return (c->apex + c->rest) / 2;
}

static MeCurveFlank
falling_flank (const MeUnitCourse *c)
{
  return me_curve_flank (&c->curve, c->apex_ns, 1, G_MAXUINT64, half (c), RISE_AGAIN);
}

guint64
me_unit_course_onset (const MeUnitCourse *c)
{
  return me_curve_flank (&c->curve, c->apex_ns, -1, c->rest_ns, half (c), RISE_AGAIN).foot_ns;
}

static void
describe (const MeUnitCourse *c, MeExcursion *found)
{
  *found = (MeExcursion){ .onset_ns = me_unit_course_onset (c),
    .apex_ns = c->apex_ns,
    .offset_ns = falling_flank (c).foot_ns,
    .height = c->apex - c->rest };
}

static MeCourseSample
add_at_rest (MeUnitCourse *c, guint64 time_ns, float strength, float least)
{
  if (c->curve.n == 1 || strength <= c->rest)
    return rest (c, time_ns, strength);
  if (time_ns - c->rest_ns > MEMORY_NS)
    return rest (c, time_ns - MEMORY_NS / 2,
        me_curve_least (&c->curve, time_ns - MEMORY_NS, time_ns, strength));
  if (strength - c->rest < least)
    return ME_COURSE_OTHER;
  c->risen_ns = time_ns;
  return rise (c, time_ns, strength);
}

static MeCourseSample
add_risen (MeUnitCourse *c, guint64 time_ns, float strength)
{
  if (strength > c->apex)
    return rise (c, time_ns, strength);
  if (strength <= half (c))
    c->phase = ME_UNIT_FALLEN;
  else if (time_ns - c->risen_ns > MEMORY_NS)
    return rest (c, time_ns, strength);
  return ME_COURSE_OTHER;
}

/* It has fallen when it rises again, which may be another excursion, or is past its foot. */
static MeCourseSample
add_fallen (MeUnitCourse *c, guint64 time_ns, float strength, MeExcursion *found)
{
  MeCurveFlank fall = falling_flank (c);

  if (time_ns <= fall.foot_ns && strength - fall.valley <= RISE_AGAIN * (c->apex - fall.valley))
    return ME_COURSE_OTHER;
  describe (c, found);
  rest (c, fall.valley_ns, fall.valley);
  return ME_COURSE_END;
}

MeCourseSample
me_unit_course_add (
    MeUnitCourse *c, guint64 time_ns, float strength, float least, MeExcursion *found)
{
  me_curve_add (&c->curve, time_ns, strength);
  switch (c->phase) {
  case ME_UNIT_RESTS:
    return add_at_rest (c, time_ns, strength, least);
  case ME_UNIT_RISEN:
    return add_risen (c, time_ns, strength);
  default:
    return add_fallen (c, time_ns, strength, found);
  }
}

gboolean
me_unit_course_finish (const MeUnitCourse *c, MeExcursion *found)
{
  if (c->phase == ME_UNIT_RESTS)
    return FALSE;
  describe (c, found);
  if (c->phase == ME_UNIT_RISEN)
    found->offset_ns = me_curve_newest_ns (&c->curve);
  return TRUE;
}
