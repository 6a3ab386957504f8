/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The face that acts what was recorded as curves: how it moves at a time, and the truth of its
 * movements. */
#pragma once

#include "event.h"

G_BEGIN_DECLS

typedef struct _GstMicroexprTestActing GstMicroexprTestActing;

/* path: a file as in curves.h. The spread is borrowed and must outlive the acting. NULL and
 * `error`: the file is damaged. Free with gst_microexpr_test_acting_free(). */
GstMicroexprTestActing *gst_microexpr_test_acting_new (
    const char *path, const GstMicroexprTestSpread *spread, GError **error);
void gst_microexpr_test_acting_free (GstMicroexprTestActing *acting);

/* Time of the last row. */
guint64 gst_microexpr_test_acting_duration_ns (const GstMicroexprTestActing *acting);

/* Appends a GstMicroexprTestEvent for each movement, by onset; of these only the truth is set. */
void gst_microexpr_test_acting_add_truths (const GstMicroexprTestActing *acting, GArray *events);

/* Adds the motion of the points at a time, the closure of the lids by MeSide, and how far units
 * that part surfaces have moved, % IPD. */
void gst_microexpr_test_acting_add_motion (const GstMicroexprTestActing *acting, guint64 time_ns,
    MePoint motion[ME_N_POINTS], float closure[3], float parted[GST_MICROEXPR_TEST_N_SURFACES]);

G_END_DECLS
