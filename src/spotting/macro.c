/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A face that frowns while it smiles shows two expressions, each with its own onset and offset: so
 * excursions are those of units, and make one expression only where they have most of their time
 * in common. */
#include "macro.h"

#include "common/duration.h"
#include "common/overlap.h"

#include <string.h>

#define LEAST_HEIGHT 2.0f /* % IPD: of an excursion */
#define LEAST_DROP 5.0f   /* of the jaw, which moves by 20 % and is like a head that pitches */
#define TOGETHER 0.4f     /* intersection over union of excursions that are one expression */
/* What starts so soon after the first measurement may have been there before it. */
#define SEEN_NS (300 * ME_MSECOND)

void
me_macro_init (MeMacro *m, const MePoint points[ME_N_POINTS])
{
  me_unit_courses_init (&m->courses, points);
  m->pending = (MeRing){ 0 };
  me_macro_reset (m);
}

void
me_macro_reset (MeMacro *m)
{
  me_unit_courses_reset (&m->courses);
  m->began_ns = 0;
  m->n_waiting = 0;
}

/* ---- excursions that go together ---- */

static gboolean
go_together (const MeExcursion *x, guint64 onset_ns, guint64 offset_ns)
{
  return me_overlap (x->onset_ns, x->offset_ns, onset_ns, offset_ns) >= TOGETHER;
}

/* Whether an excursion that still goes on may turn out to go with it. */
static gboolean
may_be_joined (const MeMacro *m, const MeExcursion *x, guint64 now_ns)
{
  for (MeAu au = 0; au < ME_AU45; au++) {
    const MeUnitCourse *course = &m->courses.of[au];
    if (course->phase != ME_UNIT_RESTS &&
        go_together (x, me_unit_course_onset (course), MAX (now_ns, x->offset_ns)))
      return TRUE;
  }
  return FALSE;
}

/* Whether it goes with a stronger one that waits, too. */
static gboolean
follows_another (const MeMacro *m, const MeExcursion *x)
{
  for (guint i = 0; i < m->n_waiting; i++) {
    const MeExcursion *other = &m->waiting[i].excursion;
    if (other->height > x->height && go_together (other, x->onset_ns, x->offset_ns))
      return TRUE;
  }
  return FALSE;
}

/* Makes an expression of an excursion and all that go with it, which wait no longer. */
static void
express (MeMacro *m, guint strongest)
{
  MeUnitExcursion lead = m->waiting[strongest];
  MeMacroEvent *event = &m->events[me_ring_add (&m->pending, ME_MAX_EXCURSIONS)];
  guint units = 0, left = 0;

  for (guint i = 0; i < m->n_waiting; i++) {
    const MeExcursion *x = &m->waiting[i].excursion;
    if (i == strongest || go_together (&lead.excursion, x->onset_ns, x->offset_ns))
      units |= 1u << m->waiting[i].au;
    else
      m->waiting[left++] = m->waiting[i];
  }
  m->n_waiting = left;
  event->onset_ns = lead.excursion.onset_ns;
  event->apex_ns = lead.excursion.apex_ns;
  event->offset_ns = lead.excursion.offset_ns;
  me_unit_courses_own_motion (&m->courses, lead.before, lead.at_apex, units, event->motion);
}

/* Those that nothing stronger can go with any more. */
static void
express_known (MeMacro *m, guint64 now_ns)
{
  for (guint i = 0; i < m->n_waiting;) {
    const MeExcursion *x = &m->waiting[i].excursion;
    if (follows_another (m, x) || may_be_joined (m, x, now_ns)) {
      i++;
    } else {
      express (m, i);
      i = 0;
    }
  }
}

/* ---- units ---- */

static void
note_apex (MeMacro *m, MeAu au, const MeNeutral *neutral, guint64 time_ns)
{
  const MeUnitCourse *course = &m->courses.of[au];
  MeUnitExcursion *now = &m->now[au];

  now->au = au;
  if (course->risen_ns == time_ns)
    me_neutral_before (neutral, me_unit_course_onset (course), now->before);
  memcpy (now->at_apex, m->courses.now.motion, sizeof now->at_apex);
}

static void
wait_for_others (MeMacro *m, MeAu au)
{
  if (m->n_waiting < ME_MAX_EXCURSIONS && m->courses.of[au].risen_ns >= m->began_ns + SEEN_NS)
    m->waiting[m->n_waiting++] = m->now[au];
}

static float
least_height (MeAu au)
{
  return au == ME_AU26 ? LEAST_DROP : LEAST_HEIGHT;
}

static void
add_unit (MeMacro *m, MeAu au, const MeNeutral *neutral, guint64 step_ns, float least)
{
  MePoint turn = m->courses.now.turn;

  switch (
      me_unit_course_add (&m->courses.of[au], step_ns, me_unit_courses_strength (&m->courses, au),
          least + me_posture_turn_leaves (turn, m->rest_turn[au]), &m->now[au].excursion)) {
  case ME_COURSE_REST:
    m->rest_turn[au] = turn;
    break;
  case ME_COURSE_APEX:
    note_apex (m, au, neutral, step_ns);
    break;
  case ME_COURSE_END:
    m->rest_turn[au] = turn;
    wait_for_others (m, au);
    break;
  case ME_COURSE_OTHER:
    break;
  }
}

void
me_macro_add (MeMacro *m, const MePosture *posture, const MeNeutral *neutral, double sensitivity,
    guint64 time_ns)
{
  guint64 step_ns;

  if (!m->began_ns)
    m->began_ns = MAX (time_ns, 1);
  if (!me_unit_courses_add (&m->courses, posture, time_ns, &step_ns))
    return;
  for (MeAu au = 0; au < ME_AU45; au++)
    if (me_unit_has_course (au))
      add_unit (m, au, neutral, step_ns, least_height (au) / (float)sensitivity);
  express_known (m, step_ns);
}

void
me_macro_finish (MeMacro *m)
{
  for (MeAu au = 0; au < ME_AU45; au++) {
    if (me_unit_course_finish (&m->courses.of[au], &m->now[au].excursion))
      wait_for_others (m, au);
    me_unit_course_reset (&m->courses.of[au]);
  }
  express_known (m, 0);
}

/* Of its apex and its middle. */
static guint64
latest_moment (const MeMacroEvent *event)
{
  return MAX (event->apex_ns, event->onset_ns + (event->offset_ns - event->onset_ns) / 2);
}

const MeMacroEvent *
me_macro_pop (MeMacro *m, guint64 latest_ns)
{
  guint i;

  if (!me_ring_peek (&m->pending, ME_MAX_EXCURSIONS, &i) ||
      latest_moment (&m->events[i]) > latest_ns)
    return NULL;
  me_ring_fetch (&m->pending, ME_MAX_EXCURSIONS, &i);
  return &m->events[i];
}
