/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Displacement fields of action units that come from elsewhere than au-motion.h, so that what reads
 * motion with that table can be judged by others.
 *
 * A set is a key file (GKeyFile). Each group is a unit, like [AU12], or one of several variants of
 * it, like [AU12 anybody], of which the seed draws one; its keys `left`, `right` and `midline` hold
 * the motion of the 81 facial points in the order of facial-points.h, as x;y;x;y;... along the axes
 * of the face: x to the right of an unmirrored picture, y down. Only proportions matter. A unit
 * with sides has `left`, `right` or both (the other side is mirrored), one without has `midline`.
 * Units that a set lacks move as in au-motion.h; AU45, whose lids are drawn, is not accepted. */
#pragma once

#include "microexpr.h"
#include "anatomy/facial-points.h"

G_BEGIN_DECLS

typedef struct _GstMicroexprTestFields GstMicroexprTestFields;

/* name: a built-in set, "ict-facekit" or "smiles", or the path of a file. seed: draws the variants.
 * NULL and `error`: it cannot be read. Free with gst_microexpr_test_fields_free(). */
GstMicroexprTestFields *gst_microexpr_test_fields_load (
    const char *name, guint seed, GError **error);
void gst_microexpr_test_fields_free (GstMicroexprTestFields *fields);

/* How one unit moves the points; only proportions matter. fields: NULL: those of au-motion.h. side:
 * as for me_au_point_motion(). */
void gst_microexpr_test_fields_motion (
    const GstMicroexprTestFields *fields, MeAu au, MeSide side, MePoint motion[ME_N_POINTS]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstMicroexprTestFields, gst_microexpr_test_fields_free)

G_END_DECLS
