/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Stands in for the analysis in tests of the elements: has one face in every frame, and the events
 * of a script. Keeps the promises of microexpr.h: an event is concluded some time after its offset
 * or at a reset after it, and none spans a reset. */
#pragma once

#include "microexpr.h"

/* Between the offset of an event and its conclusion. */
#define SCRIPTED_DELAY_NS (G_GUINT64_CONSTANT (100) * 1000 * 1000)

/* What the analyzers of this process are to find, and what they were called with. */
typedef struct
{
  const MeEvent *events; /* by offset; times on the clock of the frames */
  guint n_events;
  guint64 events_dropped;   /* that nobody fetched, as it says */
  guint n_faces;            /* in every frame, numbered from 0 */
  int zoom;                 /* of the faces; 0 counts as 1 */
  guint busy_us;            /* that the analysis of a frame takes */
  const MeWarning *warning; /* with the first frame; NULL: none */

  guint frames, resets, resets_keeping_faces, configured;
  MeFrame frame;   /* the newest; luma is not valid any more */
  guint64 sum;     /* of its luma */
  MeConfig config; /* the newest; landmark_model is not valid any more */
} Script;

extern Script script;
