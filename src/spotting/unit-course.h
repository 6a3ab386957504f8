/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The strength of one action unit over time, and its excursions: it rises from where it rests, and
 * loses half of its height again. */
#pragma once

#include "common/curve.h"

G_BEGIN_DECLS

typedef enum
{
  ME_UNIT_RESTS,
  ME_UNIT_RISEN,
  ME_UNIT_FALLEN /* below half of its height; its offset is not known yet */
} MeUnitPhase;

typedef struct
{
  MeCurve curve; /* % IPD */
  MeUnitPhase phase;
  float rest, apex; /* the lowest of the last seconds before it rose; the highest since */
  guint64 rest_ns, risen_ns, apex_ns;
} MeUnitCourse;

typedef struct
{
  guint64 onset_ns, apex_ns, offset_ns; /* the feet of its flanks, and the highest sample */
  float height;                         /* above where it rested, % IPD */
} MeExcursion;

/* What a sample is to the excursions. */
typedef enum
{
  ME_COURSE_REST, /* the lowest of the last seconds, as long as the unit rests */
  ME_COURSE_APEX, /* the highest so far of an excursion */
  ME_COURSE_END,  /* an excursion is known whole */
  ME_COURSE_OTHER
} MeCourseSample;

/* Nothing was seen yet. */
void me_unit_course_reset (MeUnitCourse *course);

/* Adds a sample; time grows. least: height of an excursion, % IPD. Fills in `found` at an end. */
MeCourseSample me_unit_course_add (
    MeUnitCourse *course, guint64 time_ns, float strength, float least, MeExcursion *found);

/* Onset of the excursion that goes on, as far as is known yet. */
guint64 me_unit_course_onset (const MeUnitCourse *course);

/* The stream ends. TRUE: an excursion was going on; if it has not fallen yet it ends with the last
 * sample. */
gboolean me_unit_course_finish (const MeUnitCourse *course, MeExcursion *found);

G_END_DECLS
