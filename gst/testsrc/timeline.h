/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The timeline of facial events: drawn from the seed, or given by a script or by recorded curves.
 * The events at a time do not depend on earlier calls. */
#pragma once

#include "event.h"
#include "settings.h"

G_BEGIN_DECLS

typedef struct _GstMicroexprTestTimeline GstMicroexprTestTimeline;

/* Events drawn from the seed for a face with these landmarks (any unit of length). settings: one
 * value per GstMicroexprTestSetting. fields: how units move the points, NULL: as in au-motion.h;
 * they must outlive the timeline. Free with gst_microexpr_test_timeline_free(). */
GstMicroexprTestTimeline *gst_microexpr_test_timeline_new (guint seed, const double *settings,
    const GstMicroexprTestFields *fields, const MePoint landmarks[ME_N_LANDMARKS]);

/* Events from a script (script.h); the seed is used for those marked `varied`. NULL and `error`
 * when the script is invalid. */
GstMicroexprTestTimeline *gst_microexpr_test_timeline_new_from_script (guint seed,
    const char *script, const GstMicroexprTestFields *fields,
    const MePoint landmarks[ME_N_LANDMARKS], GError **error);

/* What was recorded in a file of curves (curves.h). NULL and `error` when it is damaged. */
GstMicroexprTestTimeline *gst_microexpr_test_timeline_new_from_curves (const char *path,
    const GstMicroexprTestFields *fields, const MePoint landmarks[ME_N_LANDMARKS], GError **error);

void gst_microexpr_test_timeline_free (GstMicroexprTestTimeline *timeline);

/* When the recording ends; G_MAXUINT64 without one: the stream never ends. */
guint64 gst_microexpr_test_timeline_duration_ns (const GstMicroexprTestTimeline *timeline);

/* The events of the minute that begins at `block` * 60 s, sorted by onset; with a script or a
 * recording, all of its events. Valid until the next call. */
#define GST_MICROEXPR_TEST_BLOCK_NS (60 * G_GINT64_CONSTANT (1000000000))
const GstMicroexprTestEvent *gst_microexpr_test_timeline_events (
    GstMicroexprTestTimeline *timeline, guint64 block, guint *n_events);

/* Adds the motion of the points at a time, the closure of the lids by MeSide, and how far units
 * that part surfaces have moved, % IPD. */
void gst_microexpr_test_timeline_add_motion (GstMicroexprTestTimeline *timeline, guint64 time_ns,
    MePoint motion[ME_N_POINTS], float closure[3], float parted[GST_MICROEXPR_TEST_N_SURFACES]);

G_END_DECLS
