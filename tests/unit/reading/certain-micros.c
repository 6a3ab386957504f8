/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which macro-expressions are an almost certain micro-expression once more. */
#include "reading/certain-micros.h"

/* A smile from 1 s on, of so many ms. */
static MeEvent
smile (MeKind kind, guint ms, double confidence)
{
  return (MeEvent){ .kind = kind,
    .onset_ns = 1000 * G_GUINT64_CONSTANT (1000000),
    .offset_ns = (1000 + ms) * G_GUINT64_CONSTANT (1000000),
    .strength[ME_AU12] = 3,
    .confidence = confidence };
}

static gboolean
is_told_after (const MeEvent *micro, MeEvent macro)
{
  MeCertainMicros micros = { .n = 0 };

  me_certain_micros_note (&micros, micro);
  return me_certain_micros_include (&micros, &macro);
}

static void
test_the_same_movement_is_told_once (void)
{
  MeEvent micro = smile (ME_KIND_MICRO, 450, 0.95), unsure = smile (ME_KIND_MICRO, 450, 0.85);

  g_assert_true (is_told_after (&micro, smile (ME_KIND_MACRO, 600, 0.8)));
  g_assert_true (is_told_after (&micro, smile (ME_KIND_MACRO, 890, 0.8)));
  g_assert_false (is_told_after (&micro, smile (ME_KIND_MACRO, 910, 0.8)));
  g_assert_false (is_told_after (&unsure, smile (ME_KIND_MACRO, 600, 0.8)));
}

static void
test_a_mouth_that_stretches_is_a_jaw_that_drops (void)
{
  MeEvent drop = smile (ME_KIND_MICRO, 450, 0.95), stretch = smile (ME_KIND_MACRO, 600, 0.8);

  drop.strength[ME_AU12] = stretch.strength[ME_AU12] = 0;
  drop.strength[ME_AU26] = 8;
  stretch.strength[ME_AU27] = 12;
  g_assert_true (is_told_after (&drop, stretch));
}

static void
test_other_movements_are_told (void)
{
  MeEvent micro = smile (ME_KIND_MICRO, 450, 0.95), macro = smile (ME_KIND_MACRO, 600, 0.8);
  MeEvent raise = macro, later = macro;

  raise.strength[ME_AU12] = 0;
  raise.strength[ME_AU2] = 3;
  later.onset_ns += G_GUINT64_CONSTANT (1000000000);
  later.offset_ns += G_GUINT64_CONSTANT (1000000000);
  g_assert_false (is_told_after (&micro, raise));
  g_assert_false (is_told_after (&micro, later));
  g_assert_false (is_told_after (&micro, smile (ME_KIND_MICRO, 450, 0.95)));
  g_assert_false (is_told_after (&macro, macro));
}

static void
test_the_latest_are_remembered (void)
{
  MeCertainMicros micros = { .n = 0 };
  MeEvent event = smile (ME_KIND_MICRO, 450, 0.95), macro = smile (ME_KIND_MACRO, 600, 0.8);

  me_certain_micros_note (&micros, &event);
  for (int i = 0; i < ME_CERTAIN_MICROS; i++) {
    g_assert_true (me_certain_micros_include (&micros, &macro));
    event.onset_ns += G_GUINT64_CONSTANT (1000000000);
    event.offset_ns += G_GUINT64_CONSTANT (1000000000);
    me_certain_micros_note (&micros, &event);
  }
  g_assert_false (me_certain_micros_include (&micros, &macro));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func (
      "/certain-micros/the-same-movement-is-told-once", test_the_same_movement_is_told_once);
  g_test_add_func ("/certain-micros/a-mouth-that-stretches-is-a-jaw-that-drops",
      test_a_mouth_that_stretches_is_a_jaw_that_drops);
  g_test_add_func ("/certain-micros/other-movements-are-told", test_other_movements_are_told);
  g_test_add_func ("/certain-micros/the-latest-are-remembered", test_the_latest_are_remembered);
  return g_test_run ();
}
