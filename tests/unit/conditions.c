/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Conditions of faces: what has started clears when the face goes. */
#include "conditions.h"

static void
test_all_faces_may_go_at_once (void)
{
  MeConditions poor[ME_MAX_FACES] = { { .measured_ns = 0 } };
  MeNotices *notices = g_new0 (MeNotices, 1);
  guint n = 0;

  for (int face = 0; face < ME_MAX_FACES; face++)
    for (int reason = 0; reason < ME_N_WARNINGS; reason++)
      poor[face].of[reason].active = TRUE;
  for (int face = 0; face < ME_MAX_FACES; face++)
    me_conditions_clear (&poor[face], notices, face);
  for (const MeWarning *notice; (notice = me_notices_pop (notices)); n++) {
    g_assert_cmpint (notice->face, ==, n / ME_N_WARNINGS);
    g_assert_cmpint (notice->reason, ==, n % ME_N_WARNINGS);
    g_assert_false (notice->active);
  }
  g_assert_cmpint (n, ==, ME_MAX_FACES * ME_N_WARNINGS);
  g_free (notices);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conditions/all-faces-may-go-at-once", test_all_faces_may_go_at_once);
  return g_test_run ();
}
