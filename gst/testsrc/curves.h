/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recorded blend-shape curves as strengths of action units over time. The file is the CSV of Live
 * Link Face, plain or compressed with gzip; docs/microexprtestsrc.md says what is read of it. */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

/* A row of the recording. */
typedef struct
{
  guint64 time_ns; /* since the first row */
  /* By side, % IPD. Units without sides have the same in both; of AU45, the closure of the lids,
   * 0..1. */
  float left[ME_N_AUS], right[ME_N_AUS];
} GstMicroexprTestCurveRow;

/* Reads a file: rows (GstMicroexprTestCurveRow) of increasing time, at least two. NULL and `error`,
 * which names the line and the column, when it is damaged. Free with g_array_unref(). */
GArray *gst_microexpr_test_curves_load (const char *path, GError **error);

/* The same of its contents. */
GArray *gst_microexpr_test_curves_read (const void *data, gsize size, GError **error);

/* The row at a time, interpolated; after the last row, that row. */
void gst_microexpr_test_curves_at (
    const GArray *rows, guint64 time_ns, GstMicroexprTestCurveRow *now);

G_END_DECLS
