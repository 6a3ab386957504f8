/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recorded blend-shape curves: refused with an error that says where, or rows of increasing time
 * with movements inside them. */
#include "fuzz.h"

#include "testsrc/curves.h"
#include "testsrc/movements.h"

static void
check_movements (const GArray *rows)
{
  g_autoptr (GArray) movements = gst_microexpr_test_movements_find (rows);
  guint64 end = g_array_index (rows, GstMicroexprTestCurveRow, rows->len - 1).time_ns;

  for (guint i = 0; i < movements->len; i++) {
    const GstMicroexprTestMovement *m = &g_array_index (movements, GstMicroexprTestMovement, i);

    g_assert_cmpuint (m->onset_ns, <=, m->apex_ns);
    g_assert_cmpuint (m->apex_ns, <=, m->offset_ns);
    g_assert_cmpuint (m->offset_ns, <=, end);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = gst_microexpr_test_curves_read (data, size, &error);

  g_assert_true ((rows == NULL) == (error != NULL));
  for (guint i = 1; rows && i < rows->len; i++)
    g_assert_cmpuint (g_array_index (rows, GstMicroexprTestCurveRow, i).time_ns, >,
        g_array_index (rows, GstMicroexprTestCurveRow, i - 1).time_ns);
  if (rows)
    check_movements (rows);
  return 0;
}
