/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The fields of MeAnalyzer, for the three files that work on them: analyzer.c, face-search.c and
 * face-life.c. */
#pragma once

#include "microexpr.h"

#include "faces.h"
#include "finding/repeats.h"
#include "common/ring.h"
#include "finding/scan.h"
#include "watch.h"
#include "common/workers.h"

G_BEGIN_DECLS

/* Events that wait to be fetched: enough for all that one frame or one reset can conclude. */
#define ME_MAX_PENDING (ME_MAX_FACES * ME_MAX_SPOTS)

struct _MeAnalyzer
{
  MeConfig config;
  MeFaceFinder *finder;
  MeScan *scan;
  MeLandmarker *landmarker;
  MeWorkers *workers;
  MeTools tools[ME_MAX_THREADS]; /* of each worker; the cropper of the first one is always there */
  MeStats stats;
  MeFaces faces;
  guint next_id;
  MeFace shown[ME_MAX_FACES];
  guint n_shown;
  MeEvent events[ME_MAX_PENDING]; /* that wait to be fetched */
  MeRing pending;                 /* of those */
  guint64 dropped_spots;          /* by the spotters, before they were fetched */
  guint64 next_event;
  MeConditions conditions;
  MeWarnings warnings;
  gboolean started;
  guint64 last_ns, seen_ns; /* newest frame; last frame with a face */
  gboolean searched;        /* the whole picture, since the start or the last cut */
  MePictures pictures;
  MeCutWatch cuts; /* of the whole picture */
  MeRepeats repeats;
  float interval_s; /* usual interval between frames, */
  float frame_s;    /* and between new pictures */
  guint n_intervals;
  MeWatch watch; /* NULL: nobody watches */
  gpointer watch_data;
};

G_END_DECLS
