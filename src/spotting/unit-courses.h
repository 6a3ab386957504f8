/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How strong each action unit is from moment to moment: a non-negative least-squares fit of all of
 * them at once to the mean posture of each step, which are the measurements of 50 ms and more. */
#pragma once

#include "unit-course.h"
#include "following/posture.h"
#include "following/unit-model.h"

G_BEGIN_DECLS

typedef struct
{
  MeUnitModel model;
  float gram[ME_N_TEMPLATES][ME_N_TEMPLATES]; /* inner products of the templates that are fitted */
  float coefficient[ME_N_TEMPLATES];          /* of the last step, % IPD */
  MePosture now;                              /* of the last step */
  MePosture sum;                              /* of the postures in the step that is filling, */
  guint n;                                    /* so many, */
  guint64 first_ns, later_ns;                 /* the first, and how much later they are in sum */
  MeUnitCourse of[ME_AU45];                   /* of units that have a course */
} MeUnitCourses;

/* points: pixels of the crop. */
void me_unit_courses_init (MeUnitCourses *courses, const MePoint points[ME_N_POINTS]);

/* Forgets what was seen, but not the face. */
void me_unit_courses_reset (MeUnitCourses *courses);

/* Not of units of the lids, which say nothing of how the face is held, and not of AU18, 22, 23 and
 * 28: others move the lips as they do, and show their excursions. */
gboolean me_unit_has_course (MeAu au);

/* Adds a posture; time grows. TRUE: a step is whole. It is that of *step_ns; the courses are still
 * without it. */
gboolean me_unit_courses_add (
    MeUnitCourses *courses, const MePosture *posture, guint64 time_ns, guint64 *step_ns);

/* The unit's stronger side in the last step, of AU4 with what lowers both brows, % IPD. */
float me_unit_courses_strength (const MeUnitCourses *courses, MeAu au);

/* The motion of these units from one posture to another: without what the other units that have a
 * course did meanwhile. units: a bit for each. */
void me_unit_courses_own_motion (const MeUnitCourses *courses, const MePoint from[ME_N_POINTS],
    const MePoint to[ME_N_POINTS], guint units, MePoint motion[ME_N_POINTS]);

G_END_DECLS
