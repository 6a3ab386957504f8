/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The FACS letters of strengths. */
#include "microexpr.h"

#include "anatomy/au-motion.h"

static void
test_letters_follow_the_share_of_a_full_contraction (void)
{
  static const struct
  {
    double share;
    char letter;
  } rows[] = { { 0.01, 'A' }, { 0.14, 'A' }, { 0.16, 'B' }, { 0.29, 'B' }, { 0.31, 'C' },
    { 0.59, 'C' }, { 0.61, 'D' }, { 0.89, 'D' }, { 0.91, 'E' }, { 2, 'E' } };

  for (MeAu au = 0; au < ME_AU45; au++)
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
      g_assert_cmpint (
          me_au_intensity (au, rows[i].share * me_au_full_contraction (au)), ==, rows[i].letter);
}

/* docs/action-units.md lists them. */
static void
test_full_contractions_are_those_of_the_page (void)
{
  static const struct
  {
    MeAu au;
    double full;
  } rows[] = { { ME_AU1, 8.5 }, { ME_AU2, 12.1 }, { ME_AU4, 7.8 }, { ME_AU5, 4.5 }, { ME_AU6, 7.0 },
    { ME_AU7, 3.1 }, { ME_AU9, 11.5 }, { ME_AU10, 12.2 }, { ME_AU12, 19.4 }, { ME_AU14, 4.2 },
    { ME_AU15, 7.2 }, { ME_AU17, 12.5 }, { ME_AU20, 10.4 }, { ME_AU23, 3.7 }, { ME_AU24, 5.4 },
    { ME_AU25, 10.2 }, { ME_AU26, 22.0 }, { ME_AU18, 8.7 }, { ME_AU22, 13.6 }, { ME_AU28, 14.3 },
    { ME_AU27, 54.0 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", me_au_name (rows[i].au));
    g_assert_cmpfloat_with_epsilon (me_au_full_contraction (rows[i].au), rows[i].full, 0.05);
  }
}

static void
test_a_blink_has_no_intensity_and_closed_eyes_the_highest (void)
{
  g_assert_cmpint (me_au_intensity (ME_AU45, 12), ==, 0);
  g_assert_cmpint (me_au_intensity (ME_AU43, 6), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/au-intensity/letters-follow-the-share-of-a-full-contraction",
      test_letters_follow_the_share_of_a_full_contraction);
  g_test_add_func ("/au-intensity/full-contractions-are-those-of-the-page",
      test_full_contractions_are_those_of_the_page);
  g_test_add_func ("/au-intensity/a-blink-has-no-intensity-and-closed-eyes-the-highest",
      test_a_blink_has_no_intensity_and_closed_eyes_the_highest);
  return g_test_run ();
}
