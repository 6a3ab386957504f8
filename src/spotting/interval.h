/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Onset, apex and offset of a candidate, from the course of the motion along its own direction. */
#pragma once

#include "series.h"

G_BEGIN_DECLS

typedef struct
{
  float onset, apex, offset; /* cells from the candidate's own: fractions lie between cells */
  float rise, fall;          /* of the course: 1 is the candidate's height */
  /* Of the course, just before and after; 1: as large as the movement itself. What came before the
   * series counts as some. */
  float unrest;
  float half_width;            /* cells above half of the height */
  float step;                  /* mean of the largest changes from before to after, % IPD */
  MePoint motion[ME_N_POINTS]; /* apex against the line from onset to offset, % IPD */
} MeCourse;

/* An interval in cells. */
typedef struct
{
  gint64 onset, offset;
} MeInterval;

/* direction: the candidate's motion, zero at points that do not count; width_s: of its scale. Reads
 * the cells from `cell` - reach to `cell` + reach, as far as they are held. FALSE: no pulse. */
gboolean me_course_read (const MeSeries *series, gint64 cell, const MePoint direction[ME_N_POINTS],
    float width_s, MeCourse *course);

/* Cells that me_course_read() reads on either side. */
int me_course_reach (float width_s);

G_END_DECLS
