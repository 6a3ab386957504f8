/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of unit combinations: one row a combination, and every reader sees the same one. */
#include "anatomy/unit-combinations.h"

#include "reading/emotion.h"
#include "reading/unit-prior.h"

static MeEmotion
read_combination (const MeUnitCombination *c)
{
  double strength[ME_N_AUS], scores[ME_N_EMOTIONS];

  for (int au = 0; au < ME_N_AUS; au++)
    strength[au] = c->units & (1u << au) ? 2 : 0;
  return me_emotion_read (strength, scores);
}

static void
test_no_combination_stands_twice (void)
{
  for (guint i = 0; i < me_n_unit_combinations; i++) {
    g_assert_cmpuint (me_unit_combinations[i].units, !=, 0);
    for (guint k = 0; k < i; k++)
      g_assert_cmpuint (me_unit_combinations[i].units, !=, me_unit_combinations[k].units);
  }
}

static void
test_what_the_test_source_draws_is_read_as_its_truth (void)
{
  guint n_drawn = 0;

  for (guint i = 0; i < me_n_unit_combinations; i++) {
    const MeUnitCombination *c = &me_unit_combinations[i];
    if (c->frequency == 0)
      continue;
    g_assert_cmpstr (me_emotion_name (read_combination (c)), ==, me_emotion_name (c->emotion));
    n_drawn++;
  }
  g_assert_cmpuint (n_drawn, >, 0);
}

static void
test_every_prototype_is_read_as_its_emotion (void)
{
  for (guint i = 0; i < me_n_unit_combinations; i++) {
    const MeUnitCombination *c = &me_unit_combinations[i];
    if (c->prototype == ME_PROTOTYPE_NONE)
      continue;
    g_assert_cmpstr (me_emotion_name (read_combination (c)), ==, me_emotion_name (c->emotion));
    g_assert_cmpuint (c->units & c->also, ==, 0);
  }
}

static void
test_a_listed_combination_costs_the_reading_nothing (void)
{
  for (guint i = 0; i < me_n_unit_combinations; i++)
    g_assert_cmpfloat (me_unit_prior_cost (me_unit_combinations[i].units), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func (
      "/unit-combinations/no-combination-stands-twice", test_no_combination_stands_twice);
  g_test_add_func ("/unit-combinations/what-the-test-source-draws-is-read-as-its-truth",
      test_what_the_test_source_draws_is_read_as_its_truth);
  g_test_add_func ("/unit-combinations/every-prototype-is-read-as-its-emotion",
      test_every_prototype_is_read_as_its_emotion);
  g_test_add_func ("/unit-combinations/a-listed-combination-costs-the-reading-nothing",
      test_a_listed_combination_costs_the_reading_nothing);
  return g_test_run ();
}
