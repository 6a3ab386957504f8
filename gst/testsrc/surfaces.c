/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "surfaces.h"

/* A blink, AU45, is painted by itself. */
static const guint units[GST_MICROEXPR_TEST_N_SURFACES] = {
  [GST_MICROEXPR_TEST_LIDS] = 1u << ME_AU5 | 1u << ME_AU7,
  [GST_MICROEXPR_TEST_LIPS] = 1u << ME_AU25 | 1u << ME_AU26,
};

void
gst_microexpr_test_surfaces_add (
    MeAu au, float strength, float parted[GST_MICROEXPR_TEST_N_SURFACES])
{
  for (guint surface = 0; surface < GST_MICROEXPR_TEST_N_SURFACES; surface++)
    if (units[surface] & (1u << au) && strength > 0)
      parted[surface] += strength;
}
