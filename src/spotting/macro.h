/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Long expressions: excursions of action units in the kept series, those that go together as one.
 * Several may go on at once. */
#pragma once

#include "neutral.h"
#include "unit-courses.h"
#include "common/ring.h"

G_BEGIN_DECLS

#define ME_MAX_EXCURSIONS 32

typedef struct
{
  guint64 onset_ns, apex_ns, offset_ns; /* of the strongest excursion */
  MePoint motion[ME_N_POINTS];          /* of its units from onset to apex, % IPD */
} MeMacroEvent;

typedef struct
{
  MeAu au;
  MeExcursion excursion;
  /* Where the points were, % IPD. Kept from the rise on: neutral forgets in 12 s what was before.
   */
  MePoint before[ME_N_POINTS], at_apex[ME_N_POINTS];
} MeUnitExcursion;

typedef struct
{
  MeUnitCourses courses;
  guint64 began_ns;                           /* of the first measurement; 0: there was none */
  MePoint rest_turn[ME_AU45];                 /* of the head, when the unit was at rest */
  MeUnitExcursion now[ME_AU45];               /* that go on; their excursions are not known yet */
  MeUnitExcursion waiting[ME_MAX_EXCURSIONS]; /* for others that may go with it */
  guint n_waiting;
  MeMacroEvent events[ME_MAX_EXCURSIONS]; /* that wait to be fetched */
  MeRing pending;                         /* of those */
} MeMacro;

/* points: pixels of the crop. */
void me_macro_init (MeMacro *macro, const MePoint points[ME_N_POINTS]);

/* Forgets what was seen, but not the face, nor what is known and waits to be fetched. */
void me_macro_reset (MeMacro *macro);

/* Adds a measurement of the kept series; time grows. What was there at the first one, or began soon
 * after it, does not count: its beginning was never seen. */
void me_macro_add (MeMacro *macro, const MePosture *posture, const MeNeutral *neutral,
    double sensitivity, guint64 time_ns);

/* The stream ends: units that are still risen end with the last measurement. */
void me_macro_finish (MeMacro *macro);

/* The next expression that is known, or NULL: none, or its apex or its middle is later than
 * latest_ns. It may be short. Valid until the next call. */
const MeMacroEvent *me_macro_pop (MeMacro *macro, guint64 latest_ns);

G_END_DECLS
