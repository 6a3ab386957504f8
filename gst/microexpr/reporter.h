/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The way out of the element microexpr: takes what the analysis has concluded, posts it as element
 * messages and attaches it to buffers. Belongs to the streaming thread; holds no lock. */
#pragma once

#include <gst/gst.h>
#include <gst/video/video.h>

#include "gstmicroexprmeta.h"
#include "segments.h"
#include "settings.h"
#include "wallclock.h"

G_BEGIN_DECLS

typedef struct
{
  GstElement *element; /* whose messages these are; not owned */
  GstPad *sinkpad;     /* where a live source is asked for; not owned */
  GstMicroexprSettings settings;
  GstMicroexprWallClock wall;
  GstMicroexprPlacement placement; /* of the pictures analysed since the last reset */
  int first_width, first_height;   /* of stereo video: the first view, px of the buffer; 0: all */
  GValue events;                   /* list: known, on no buffer yet */
  GValue faces;                    /* list: of the newest frame */
  gboolean unseen;                 /* which was not analysed */
  GArray *face_ids;                /* guint: the set of faces that was reported last */
  char *orientation;               /* tag image-orientation; NULL: upright or unknown */
} GstMicroexprReporter;

void gst_microexpr_reporter_init (
    GstMicroexprReporter *reporter, GstElement *element, GstPad *sinkpad);
void gst_microexpr_reporter_clear (GstMicroexprReporter *reporter);

/* Forgets the stream: what is known of its faces, wall clock and events on no buffer yet. */
void gst_microexpr_reporter_forget (GstMicroexprReporter *reporter);

/* Another stream: its wall clock and its orientation are its own. */
void gst_microexpr_reporter_begin_stream (GstMicroexprReporter *reporter);

/* How the picture is to be turned, as in the tag image-orientation; NULL: unknown. */
void gst_microexpr_reporter_set_orientation (
    GstMicroexprReporter *reporter, const char *orientation);

/* Posts every event that the analysis has concluded and keeps it for the next buffer. segments: of
 * the frames that were analysed. */
void gst_microexpr_reporter_take_events (
    GstMicroexprReporter *reporter, MeAnalyzer *analyzer, const GstMicroexprSegments *segments);

/* Takes the faces of the newest frame; posts them when the set has changed. NULL analyzer: none are
 * known in this frame, which is not reported as a change. */
void gst_microexpr_reporter_take_faces (GstMicroexprReporter *reporter, const MeAnalyzer *analyzer,
    const GstSegment *segment, GstClockTime time);

/* Posts the warnings of the analysis; returns how many have started. */
guint gst_microexpr_reporter_take_warnings (GstMicroexprReporter *reporter, MeAnalyzer *analyzer,
    const GstSegment *segment, GstClockTime time);

/* Posts a warning of the element's own. */
void gst_microexpr_reporter_warn (GstMicroexprReporter *reporter, const MeWarning *warning,
    const GstSegment *segment, GstClockTime time);

/* Attaches events and faces, lists of structures, to a writable buffer of width by height px; their
 * contents are taken, both are unset. labels: those of the events that the faces are labelled
 * with. */
void gst_microexpr_reporter_attach (
    GstBuffer *buffer, GValue *events, const GValue *labels, GValue *faces, int width, int height);

/* The faces of the newest frame, and none are left; with g_value_unset(). */
GValue gst_microexpr_reporter_steal_faces (GstMicroexprReporter *reporter);

/* Events that no buffer can carry any more, as a structure GstMicroexprMeta for a downstream event.
 * NULL: there are none. (transfer full) */
GstStructure *gst_microexpr_reporter_take_rest (GstMicroexprReporter *reporter);

G_END_DECLS
