/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What waits to be fetched: in order, and what is lost when nobody fetches is counted. */
#include "common/ring.h"

#define SIZE 4

static void
add (MeRing *ring, guint *entries, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    entries[me_ring_add (ring, SIZE)] = i;
}

/* Fetches everything: from `from` on, without a gap. Returns the entry after the last one. */
static guint
fetch_all (MeRing *ring, const guint *entries, guint from)
{
  guint index;

  while (me_ring_peek (ring, SIZE, &index)) {
    g_assert_cmpuint (entries[index], ==, from);
    g_assert_true (me_ring_fetch (ring, SIZE, &index));
    g_assert_cmpuint (entries[index], ==, from++);
  }
  g_assert_false (me_ring_fetch (ring, SIZE, &index));
  return from;
}

static void
test_everything_is_fetched_in_order (void)
{
  MeRing ring = { 0 };
  guint entries[SIZE], next = 0;

  for (guint n = 0; n <= SIZE; n++) {
    add (&ring, entries, next, next + n);
    g_assert_cmpuint (fetch_all (&ring, entries, next), ==, next + n);
    next += n;
  }
  g_assert_cmpuint (ring.dropped, ==, 0);
}

static void
test_a_full_ring_drops_the_oldest_and_counts_them (void)
{
  MeRing ring = { 0 };
  guint entries[SIZE];

  add (&ring, entries, 0, 3 * SIZE - 1);
  g_assert_cmpuint (ring.dropped, ==, 2 * SIZE - 1);
  g_assert_cmpuint (fetch_all (&ring, entries, 2 * SIZE - 1), ==, 3 * SIZE - 1);
  g_assert_cmpuint (ring.dropped, ==, 2 * SIZE - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ring/everything-is-fetched-in-order", test_everything_is_fetched_in_order);
  g_test_add_func ("/ring/a-full-ring-drops-the-oldest-and-counts-them",
      test_a_full_ring_drops_the_oldest_and_counts_them);
  return g_test_run ();
}
