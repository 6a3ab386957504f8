/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Translates what the analysis has concluded into structures and posts the element messages. Has no
 * state of its own. Streaming thread, without any lock held. */
#pragma once

#include <gst/gst.h>
#include <gst/video/video.h>

#include "microexpr.h"
#include "placement.h"
#include "segments.h"
#include "settings.h"
#include "wallclock.h"

G_BEGIN_DECLS

/* What a report needs to know of the stream, which owns it. Times of frames are buffer times. */
typedef struct
{
  GstElement *element;           /* whose messages these are; not owned */
  GstMicroexprSettings settings; /* in force */
  GstMicroexprWallClock wall;
  GstMicroexprPlacement placement; /* of the pictures analysed since the last reset */
  GstVideoInfo info;               /* of the newest frame; finfo NULL: no caps yet */
  GstSegment segment;              /* of the newest frame */
  GstMicroexprSegments segments;   /* of those analysed */
  char *orientation;               /* tag image-orientation; NULL: upright or unknown */
} GstMicroexprContext;

/* The set of faces that was posted last, in ascending order. */
typedef struct
{
  guint ids[ME_MAX_FACES];
  guint n;
} GstMicroexprFaceSet;

/* Pops the events that the analysis has concluded, posts each and appends it to a list. */
void gst_microexpr_report_events (
    const GstMicroexprContext *context, MeAnalyzer *analyzer, GValue *events);

/* Appends the faces of the frame at `time` to a list, and posts them when others were posted last.
 */
void gst_microexpr_report_faces (const GstMicroexprContext *context, const MeAnalyzer *analyzer,
    GstClockTime time, GstMicroexprFaceSet *posted, GValue *list);

/* Pops the warnings of the analysis and posts them; returns how many have started. */
guint gst_microexpr_report_warnings (
    const GstMicroexprContext *context, MeAnalyzer *analyzer, GstClockTime time);

/* Posts one. */
void gst_microexpr_report_warning (
    const GstMicroexprContext *context, const MeWarning *warning, GstClockTime time);

G_END_DECLS
