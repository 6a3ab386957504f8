/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which facial movements the test source makes when: drawn from the seed, or written in a script.
 * The movements of a moment are a function of the moment alone, whatever was asked for before. */
#pragma once

#include "movement.h"
#include "settings.h"

G_BEGIN_DECLS

typedef struct _GstMicroexprTestTimeline GstMicroexprTestTimeline;

/* Movements drawn from the seed for a face with these landmarks (any unit). `settings` has one
 * value each. Free with gst_microexpr_test_timeline_free(). */
GstMicroexprTestTimeline *gst_microexpr_test_timeline_new (
    guint seed, const double *settings, const MePoint landmarks[ME_N_LANDMARKS]);

/* Movements from a script instead, see testscript.h; the seed varies them where it asks for that.
 * NULL and `error`: the script is wrong. */
GstMicroexprTestTimeline *gst_microexpr_test_timeline_new_from_script (
    guint seed, const char *script, const MePoint landmarks[ME_N_LANDMARKS], GError **error);

void gst_microexpr_test_timeline_free (GstMicroexprTestTimeline *timeline);

/* The movements whose onset may lie in the 60 s from `block` * 60 s on, by onset; all of a script.
 * Valid until the next call. */
#define GST_MICROEXPR_TEST_BLOCK_NS (60 * G_GINT64_CONSTANT (1000000000))
const GstMicroexprTestMovement *gst_microexpr_test_timeline_movements (
    GstMicroexprTestTimeline *timeline, guint64 block, guint *n_movements);

/* Adds the motion of the points at a time, and the closure of the lids. */
void gst_microexpr_test_timeline_add_motion (GstMicroexprTestTimeline *timeline, guint64 time_ns,
    MePoint motion[ME_N_POINTS], float *closure);

G_END_DECLS
