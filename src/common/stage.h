/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Wall-clock cost of the stages of the analysis. */
#pragma once

#include "microexpr.h"

#include <time.h>

static inline guint64
me_clock_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (guint64)now.tv_sec * 1000000000u + (guint64)now.tv_nsec;
}

/* Adds the time since `begin` to a stage; returns the current time, where the next stage begins. */
static inline guint64
me_stage_end (MeStats *stats, MeStage stage, guint64 begin)
{
  guint64 now = me_clock_ns ();

  stats->stage_ns[stage] += now - begin;
  stats->stage_runs[stage]++;
  return now;
}
