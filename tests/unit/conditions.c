/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Conditions and their warnings: what has started clears when the face goes. */
#include "conditions.h"

static void
test_all_faces_may_go_at_once (void)
{
  MeConditions poor[ME_MAX_FACES] = { { .measured_ns = 0 } };
  MeWarnings *warnings = g_new0 (MeWarnings, 1);
  guint n = 0;

  for (int face = 0; face < ME_MAX_FACES; face++)
    for (int reason = 0; reason < ME_N_WARNINGS; reason++)
      poor[face].of[reason].active = TRUE;
  for (int face = 0; face < ME_MAX_FACES; face++)
    me_conditions_clear (&poor[face], warnings, face);
  for (const MeWarning *warning; (warning = me_warnings_pop (warnings)); n++) {
    g_assert_cmpint (warning->face, ==, n / ME_N_WARNINGS);
    g_assert_cmpint (warning->reason, ==, n % ME_N_WARNINGS);
    g_assert_false (warning->active);
  }
  g_assert_cmpint (n, ==, ME_MAX_FACES * ME_N_WARNINGS);
  g_free (warnings);
}

static void
test_every_warning_has_a_row (void)
{
  for (MeWarningReason reason = 0; reason < ME_N_WARNINGS; reason++) {
    const MeWarningRule *rule = me_warning_rule (reason);
    g_assert_nonnull (rule->name);
    g_assert_nonnull (rule->unit);
    for (MeWarningReason other = 0; other < reason; other++)
      g_assert_cmpstr (rule->name, !=, me_warning_rule (other)->name);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conditions/all-faces-may-go-at-once", test_all_faces_may_go_at_once);
  g_test_add_func ("/conditions/every-warning-has-a-row", test_every_warning_has_a_row);
  return g_test_run ();
}
