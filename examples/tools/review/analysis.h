/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The first pass over the recording: what microexpr finds in it. */
#pragma once

#include <json-glib/json-glib.h>

#include "shared/moments.h"
#include "motion.h"
#include "shared/progress.h"
#include "settings.h"

G_BEGIN_DECLS

/* An event, and how the face was. All owned; moments NULL: not known any more. */
typedef struct
{
  JsonObject *fields; /* as microexprextract writes them: docs/microexpr-event.schema.json */
  AppMoment *onset, *apex;
} ReviewEvent;

/* A condition that made results poor for some time. */
typedef struct
{
  char *reason, *unit; /* owned */
  gint64 face;         /* -1: concerns the picture */
  double value, limit;
  guint64 start_ns, end_ns; /* stream time; end NONE: until the last frame */
} ReviewWarning;

typedef struct
{
  GArray *frames;          /* guint64: stream time of each frame, ns, growing */
  guint64 seen_ns;         /* time with a face in the picture */
  GPtrArray *events;       /* of ReviewEvent, by onset */
  GPtrArray *motions;      /* of ReviewMotion, in the order in which the faces came */
  GPtrArray *warnings;     /* of ReviewWarning */
  int width, height;       /* of the upright picture, px */
  double pixel_aspect;     /* width of a pixel / its height */
  guint64 duration_ns;     /* of the recording; of what was read when that is not known */
  char *container, *codec; /* media types; NULL: not known */
  gboolean complete;       /* read to the end */
  char *problem;           /* what ended it, in words; NULL: the user, or nothing */
} ReviewAnalysis;

/* NULL and `error` set: nothing could be read. Else free with review_analysis_free(); see
 * `complete`. */
ReviewAnalysis *review_analysis_run (
    const ReviewSettings *settings, AppProgress *progress, GError **error);
void review_analysis_free (ReviewAnalysis *analysis);

G_END_DECLS
