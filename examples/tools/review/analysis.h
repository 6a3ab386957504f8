/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The first pass over the recording: events, motion and warnings. */
#pragma once

#include <json-glib/json-glib.h>

#include "shared/moments.h"
#include "motion.h"
#include "shared/progress.h"
#include "settings.h"

G_BEGIN_DECLS

/* An event, and the face at its onset and apex. All owned; moments are NULL when unknown. */
typedef struct
{
  JsonObject *fields; /* the JSON of microexprextract: docs/microexpr-event.schema.json */
  AppMoment *onset, *apex;
} ReviewEvent;

/* A condition that reduced accuracy for some time. */
typedef struct
{
  char *reason, *unit; /* owned */
  gint64 face;         /* -1: the whole picture */
  double value, limit;
  guint64 start_ns, end_ns; /* stream time; end NONE: until the last frame */
} ReviewWarning;

typedef struct
{
  GArray *frames;          /* guint64: stream time of each frame, ns, ascending */
  guint64 seen_ns;         /* time with a face in the picture */
  GPtrArray *events;       /* of ReviewEvent, by onset */
  GPtrArray *motions;      /* of ReviewMotion, in order of appearance */
  GPtrArray *warnings;     /* of ReviewWarning */
  int width, height;       /* of the upright picture, px */
  double pixel_aspect;     /* width of a pixel / its height */
  guint64 duration_ns;     /* of the recording; when unknown, of what was read */
  char *container, *codec; /* media types; NULL: unknown */
  gboolean complete;       /* read to the end */
  char *problem;           /* the error that ended it; NULL: none */
} ReviewAnalysis;

/* NULL and `error` set: nothing could be read. An error later on leaves `complete` FALSE. Free with
 * review_analysis_free(). */
ReviewAnalysis *review_analysis_run (
    const ReviewSettings *settings, AppProgress *progress, GError **error);
void review_analysis_free (ReviewAnalysis *analysis);

G_END_DECLS
