/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which action units part surfaces that lie on others, and so show what was hidden. */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

typedef enum
{
  GST_MICROEXPR_TEST_LIDS, /* from the eyeball */
  GST_MICROEXPR_TEST_LIPS, /* from each other */
  GST_MICROEXPR_TEST_N_SURFACES
} GstMicroexprTestSurface;

/* Adds the strength of a unit, % IPD, to each of the surfaces that it parts. */
void gst_microexpr_test_surfaces_add (
    MeAu au, float strength, float parted[GST_MICROEXPR_TEST_N_SURFACES]);

G_END_DECLS
