/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The time course of an expression in pictures. */
#include "course.h"

#include <math.h>

guint
train_course_frames (double duration_s, double frame_rate)
{
  return MAX (1, (guint)lround (duration_s * frame_rate));
}

guint
train_course_step (guint k, guint n)
{
  double phase = (k + 0.5) / n, part = 1;

  if (k == n / 2)
    return TRAIN_STEPS;
  if (phase < TRAIN_RISE)
    part = phase / TRAIN_RISE;
  else if (phase > 1 - TRAIN_FALL)
    part = (1 - phase) / TRAIN_FALL;
  return (guint)lround (part * TRAIN_STEPS);
}
