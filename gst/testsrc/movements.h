/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the movements in recorded curves: when units leave their resting level and return to it. */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

typedef struct
{
  MeKind kind;
  guint64 onset_ns, apex_ns, offset_ns;
  guint units; /* bit n: MeAu n */
} GstMicroexprTestMovement;

/* rows: of curves.h. GArray of GstMicroexprTestMovement, by onset. (transfer full) */
GArray *gst_microexpr_test_movements_find (const GArray *rows);

G_END_DECLS
