/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Facial events and faces as GstStructures, and the metas that carry them on buffers.
 * docs/microexpr.md documents names, types and units of the fields. */
#pragma once

#include <gst/gst.h>

#include "gstmicroexprenums.h"
#include "microexpr.h"
#include "placement.h"

G_BEGIN_DECLS

#define GST_MICROEXPR_META_NAME "GstMicroexprMeta"

/* An event on the clocks of the stream. All in ns; GST_CLOCK_TIME_NONE where a time has no
 * equivalent on that clock. */
typedef struct
{
  GstClockTime timestamp;           /* buffer time of the onset */
  GstClockTime running_time;        /* of the onset */
  GstClockTime onset, apex, offset; /* stream time */
} GstMicroexprTimes;

/* Fills `times` from buffer times: of any segment in GST_FORMAT_TIME, also before its start. */
void gst_microexpr_times_init (GstMicroexprTimes *times, const GstSegment *segment,
    GstClockTime onset, GstClockTime apex, GstClockTime offset);

/* The structure `name` with the fields of an event, without `source` and `utc`, which the caller
 * adds. measured: with the confidences, `snr` and `speaking`, which the truth of the test source
 * lacks. Without `emotion` and `emotions` if event->emotion is ME_EMOTION_NONE. event->box: in px
 * of the buffer. (transfer full) */
GstStructure *gst_microexpr_event_to_structure (
    const MeEvent *event, const GstMicroexprTimes *times, const char *name, gboolean measured);

/* The structure `face` of one face, in pixels of the buffer. (transfer full) */
GstStructure *gst_microexpr_face_to_structure (
    const MeFace *face, const GstMicroexprPlacement *placement, GstMicroexprFaceData data);

/* An event in one word: its emotion if it has one other than `other`, else its action units,
 * "AU1+2", else its kind. (transfer full) */
char *gst_microexpr_event_class (const GstStructure *event);

/* Registers the custom meta with GStreamer. Each element that uses it does so when it is
 * registered, for programs that link single elements statically; more than once has no further
 * effect. */
void gst_microexpr_meta_register (void);

/* Attaches the one GstMicroexprMeta of a writable buffer, in place of one that is already there.
 * events and faces: lists as of structure-list.h; their contents are taken, both are unset. */
void gst_microexpr_meta_attach (GstBuffer *buffer, GValue *events, GValue *faces);

/* Adds the size of the picture, px, and, if so, that it was not analysed. Needs the meta attached,
 * as does the next one. */
void gst_microexpr_meta_set_picture (GstBuffer *buffer, int width, int height, gboolean unseen);

/* Adds the list `coming`: faces that will be in a frame soon after this one. */
void gst_microexpr_meta_set_coming (GstBuffer *buffer, const GValue *faces);

/* The structure of the meta with the lists `events` and `faces`; NULL: the buffer has none.
 * (transfer none) */
const GstStructure *gst_microexpr_meta_get_structure (GstBuffer *buffer);

/* Attaches one GstVideoRegionOfInterestMeta per face to a writable buffer, labelled with the events
 * of that face, in place of those of another microexpr upstream. width, height: of the buffer's
 * picture, px. */
void gst_microexpr_roi_attach (
    GstBuffer *buffer, const GValue *events, const GValue *faces, int width, int height);

G_END_DECLS
