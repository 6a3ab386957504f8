/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes data/fields/smiles.ini: how far the facial points of real people move from their neutral
 * photograph to their smiling one, a variant of AU12 a person. gst/testsrc/fields.h describes the
 * format.
 *
 * usage: smile-fields FOLDER [PERSON...]   (NNN_neutral.jpg and NNN_smiling.jpg of the Face
 * Research Lab London Set, doi 10.6084/m9.figshare.5047666; default: all of them) */
#include <math.h>
#include <stdio.h>

#include "anatomy/facial-depth.h"
#include "people.h"

#define LEAST 0.3f       /* % IPD: what is less is noise of the registration, written as 0 */
#define LEAST_SMILE 3.0f /* % IPD: of each lip corner; less is too close to that noise */

/* Weighted regression of values on the depth of the points: what a turn of the head leaves after
 * the similarity that the morph has taken away. */
static void
subtract_turn (float *values[ME_N_POINTS])
{
  double sum = 0, depth = 0, value = 0, product = 0, square = 0, slope;

  for (int i = 0; i < ME_N_POINTS; i++) {
    double w = pow (me_facial_points[i].rigid_weight, 3);
    sum += w;
    depth += w * me_facial_depth[i];
    value += w * *values[i];
    product += w * me_facial_depth[i] * *values[i];
    square += w * me_facial_depth[i] * me_facial_depth[i];
  }
  depth /= sum;
  value /= sum;
  slope = (product / sum - depth * value) / (square / sum - depth * depth);
  for (int i = 0; i < ME_N_POINTS; i++)
    *values[i] -= (float)(value + slope * (me_facial_depth[i] - depth));
}

static void
measure (const Morph *morph, MePoint motion[ME_N_POINTS])
{
  float *x[ME_N_POINTS], *y[ME_N_POINTS];

  morph_motion (morph, motion);
  for (int i = 0; i < ME_N_POINTS; i++) {
    x[i] = &motion[i].x;
    y[i] = &motion[i].y;
  }
  subtract_turn (x);
  subtract_turn (y);
}

/* Points of the midline belong to both sides by half. */
static void
print_side (MeSide side, const MePoint motion[ME_N_POINTS])
{
  printf ("%s=", side == ME_LEFT ? "left" : "right");
  for (int i = 0; i < ME_N_POINTS; i++) {
    MeSide own = me_facial_points[i].side;
    float part = own == side ? 1 : own == ME_MIDLINE ? 0.5f : 0;

    if (hypotf (motion[i].x, motion[i].y) < LEAST)
      part = 0;
    /* + 0: never -0 */
    printf ("%s%g;%g", i ? ";" : "", roundf (10 * part * motion[i].x) / 10 + 0.0,
        roundf (10 * part * motion[i].y) / 10 + 0.0);
  }
  printf ("\n");
}

static gboolean
smiles (const MePoint motion[ME_N_POINTS])
{
  const MePoint *right = &motion[ME_LANDMARK_RIGHT_LIP_CORNER];
  const MePoint *left = &motion[ME_LANDMARK_LEFT_LIP_CORNER];

  return MIN (hypotf (right->x, right->y), hypotf (left->x, left->y)) >= LEAST_SMILE;
}

static gboolean
print_person (const People *people, const char *name)
{
  MePoint motion[ME_N_POINTS];
  Morph *morph = people_load (people, name);

  if (!morph) {
    fprintf (stderr, "%s: no face in one of the photographs, or none of them\n", name);
    return FALSE;
  }
  measure (morph, motion);
  morph_free (morph);
  if (!smiles (motion)) {
    fprintf (stderr, "%s: left out, hardly smiles\n", name);
    return TRUE;
  }
  printf ("\n[AU12 %s]\n", name);
  print_side (ME_LEFT, motion);
  print_side (ME_RIGHT, motion);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = NULL;
  People *people = NULL;
  gboolean ok = TRUE;

  if (argc < 2) {
    fprintf (stderr, "usage: %s FOLDER [PERSON...]\n", argv[0]);
    return 2;
  }
  people = people_new (argv[1], &error);
  if (!people) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  printf ("# SPDX-License-Identifier: CC-BY-4.0\n"
          "# Measured on the Face Research Lab London Set, DeBruine & Jones (2017),\n"
          "# doi 10.6084/m9.figshare.5047666, by data/smiles. The format is described in\n"
          "# gst/testsrc/fields.h.\n");
  names = people_list (people);
  for (guint i = 0; argc == 2 && i < names->len; i++)
    ok = print_person (people, g_ptr_array_index (names, i)) && ok;
  for (int i = 2; i < argc; i++)
    ok = print_person (people, argv[i]) && ok;
  people_free (people);
  return ok ? 0 : 1;
}
