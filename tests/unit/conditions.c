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

/* Feeds a face for `seconds`; speaking: 0..1. TRUE: a warning of speech came. */
static gboolean
hears (MeConditions *conditions, MeTrack *track, double seconds, double speaking, gboolean *active)
{
  MeWarnings *warnings = g_new0 (MeWarnings, 1);
  gboolean came = FALSE;

  for (int i = 0; i < seconds * 30; i++) {
    track->now.time_ns += 33333333;
    me_conditions_face (conditions, warnings, track, speaking);
  }
  for (const MeWarning *warning; (warning = me_warnings_pop (warnings));)
    if (warning->reason == ME_WARNING_SPEAKING) {
      came = TRUE;
      *active = warning->active;
      g_assert_cmpfloat (warning->value, ==, speaking);
    }
  g_free (warnings);
  return came;
}

static void
test_speech_that_lasts_is_warned_of (void)
{
  MeConditions conditions = { .measured_ns = 0 };
  MeTrack *track = g_new0 (MeTrack, 1);
  gboolean active = FALSE;

  track->now.time_ns = 1;
  track->fast.now.reference.contrast = 1;
  g_assert_false (hears (&conditions, track, 5, 0.1, &active));
  g_assert_false (hears (&conditions, track, 0.8, 0.9, &active));
  g_assert_false (hears (&conditions, track, 5, 0.1, &active));
  g_assert_true (hears (&conditions, track, 3, 0.9, &active));
  g_assert_true (active);
  g_assert_true (hears (&conditions, track, 3, 0.1, &active));
  g_assert_false (active);
  g_free (track);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conditions/all-faces-may-go-at-once", test_all_faces_may_go_at_once);
  g_test_add_func ("/conditions/every-warning-has-a-row", test_every_warning_has_a_row);
  g_test_add_func (
      "/conditions/speech-that-lasts-is-warned-of", test_speech_that_lasts_is_warned_of);
  return g_test_run ();
}
