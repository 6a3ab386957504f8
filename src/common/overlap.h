/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Intervals of time that have much in common. */
#pragma once

#include <glib.h>

/* Intersection over union of two intervals, ns; 0..1. */
static inline float
me_overlap (guint64 a_from, guint64 a_to, guint64 b_from, guint64 b_to)
{
  guint64 from = MAX (a_from, b_from), to = MIN (a_to, b_to);

  return to > from ? (float)(to - from) / (float)(MAX (a_to, b_to) - MIN (a_from, b_from)) : 0;
}
