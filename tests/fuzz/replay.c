/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs a target without libFuzzer, as a test: on every file that is named, on the file cut short,
 * and on the file with bytes changed, the same ones every time.
 *
 *   replay ROUNDS FILE... */
#include "fuzz.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

static void
run (const guint8 *data, gsize size)
{
  /* Memory of its own: what reads beyond its end is seen by sanitizers and valgrind. */
  g_autofree guint8 *copy = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (copy ? copy : (const guint8 *)"", size);
}

static void
cut (const guint8 *data, gsize size, gint rounds)
{
  for (gint i = 0; i < rounds; i++)
    run (data, size * (gsize)i / (gsize)rounds);
}

static void
change (const guint8 *data, gsize size, gint rounds, GRand *random)
{
  static const guint8 nasty[] = { 0, 1, 0x7f, 0x80, 0xff, ' ', '"', '\\', ';', '-', '.', '/', '@' };
  g_autofree guint8 *copy = g_malloc (size + 1);

  for (gint i = 0; i < rounds && size > 0; i++) {
    memcpy (copy, data, size);
    for (gint n = g_rand_int_range (random, 1, 5); n > 0; n--)
      copy[g_rand_int_range (random, 0, (gint32)size)] =
          nasty[g_rand_int_range (random, 0, G_N_ELEMENTS (nasty))];
    run (copy, size);
  }
}

int
main (int argc, char **argv)
{
  GRand *random = g_rand_new_with_seed (1);
  gint rounds = argc > 2 ? atoi (argv[1]) : 0;

  for (int i = 2; i < argc; i++) {
    g_autofree char *data = NULL;
    gsize size;

    if (!g_file_get_contents (argv[i], &data, &size, NULL))
      return EXIT_FAILURE;
    run ((const guint8 *)data, size);
    cut ((const guint8 *)data, size, rounds);
    change ((const guint8 *)data, size, rounds, random);
  }
  g_rand_free (random);
  return rounds > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
