/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the head fit leaves of a head that turns and shows no expression: the facial points of heads
 * of ICT-FaceKit, turned exactly and projected, through me_head_motion_fit(). Prints one row a
 * turn; judges nothing.
 *
 * usage: turned-points FOLDER [HEADS]   (FaceXModel of github.com/ICT-VGL/ICT-FaceKit; 0: the mean
 * head alone) */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "anatomy/facial-depth.h"
#include "following/head-motion.h"
#include "head-mesh.h"

#define IDENTITIES 50
#define CAMERA_IPD 12.0f /* distance of the camera; 0.75 m */

typedef struct
{
  const char *name;
  float yaw, pitch, roll; /* degrees */
} Turn;

static const Turn turns[] = {
  { "pitch 2.5", 0, 2.5f, 0 },
  { "pitch 5", 0, 5, 0 },
  { "pitch 15", 0, 15, 0 },
  { "yaw 5", 5, 0, 0 },
  { "yaw 15", 15, 0, 0 },
  { "yaw 25", 25, 0, 0 },
  { "roll 10", 0, 0, 10 },
};

/* Where the camera sees it, in pixels of the crop. camera: 0 is infinitely far away. */
static MePoint
project (HeadPoint p, float camera)
{
  float scale = ME_CROP_IPD_PX * (camera > 0 ? camera / (camera - p.z) : 1);

  return (MePoint){ ME_CROP_PX / 2.0f + scale * p.x, ME_CROP_EYE_Y + scale * p.y };
}

static HeadPoint
turned (HeadPoint p, const Turn *turn)
{
  const float degree = (float)G_PI / 180;
  float cy = cosf (turn->yaw * degree), sy = sinf (turn->yaw * degree);
  float cp = cosf (turn->pitch * degree), sp = sinf (turn->pitch * degree);
  float cr = cosf (turn->roll * degree), sr = sinf (turn->roll * degree);
  float x = cy * p.x + sy * p.z, z = cy * p.z - sy * p.x;
  float y = cp * p.y + sp * z;

  return (HeadPoint){ cr * x - sr * y, sr * x + cr * y, cp * z - sp * p.y };
}

/* Adds the squares of what is left; returns the largest length, % IPD. */
static float
residue (const HeadPoint *head, const Turn *turn, float camera, double *squares)
{
  MePoint points[ME_N_POINTS], u[ME_N_POINTS], left[ME_N_POINTS];
  float match[ME_N_POINTS], largest = 0;
  MeHeadMotion motion;

  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint to = project (turned (head[i], turn), camera);
    points[i] = project (head[i], camera);
    u[i] = (MePoint){ to.x - points[i].x, to.y - points[i].y };
    match[i] = 1;
  }
  me_head_motion_fit (points, me_facial_depth, u, match, &me_turn_unknown, &motion);
  me_head_motion_remove (points, me_facial_depth, u, &motion, left);
  for (int i = 0; i < ME_N_POINTS; i++) {
    float length = hypotf (left[i].x, left[i].y);
    *squares += length * length / ME_N_POINTS;
    largest = MAX (largest, length);
  }
  return largest;
}

/* Heads that differ from the mean one as people do. */
static HeadPoint (*draw_heads (const HeadMesh *mesh, guint n))[ME_N_POINTS]
{
  HeadPoint (*heads)[ME_N_POINTS] = g_malloc (n * sizeof *heads);
  GRand *random = g_rand_new_with_seed (1);
  float weights[IDENTITIES];

  for (guint h = 0; h < n; h++) {
    for (guint k = 0; k < mesh->n_identities; k++) {
      weights[k] = -6; /* the sum of twelve is nearly normal */
      for (int i = 0; i < 12; i++)
        weights[k] += (float)g_rand_double (random);
    }
    head_mesh_points (mesh, weights, FALSE, heads[h]);
  }
  g_rand_free (random);
  return heads;
}

static void
print_spread (HeadPoint (*heads)[ME_N_POINTS], guint n)
{
  double all = 0;

  for (int i = 0; i < ME_N_POINTS; i++) {
    double sum = 0, square = 0;
    for (guint h = 0; h < n; h++) {
      double mean = 0;
      for (int k = 0; k < ME_N_POINTS; k++)
        mean += heads[h][k].z / ME_N_POINTS;
      sum += (heads[h][i].z - mean) / n;
      square += (heads[h][i].z - mean) * (heads[h][i].z - mean) / n;
    }
    all += MAX (0, square - sum * sum) / ME_N_POINTS;
  }
  printf (
      "depth of the points differs by %.3f IPD between heads (standard deviation)\n", sqrt (all));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  guint n = argc > 2 ? (guint)strtoul (argv[2], NULL, 10) : 20;
  HeadPoint (*heads)[ME_N_POINTS];
  HeadMesh *mesh;

  mesh = argc > 1 ? head_mesh_load (argv[1], n > 0 ? IDENTITIES : 0, &error) : NULL;
  if (!mesh) {
    fprintf (stderr, "%s\n", error ? error->message : "usage: turned-points FOLDER [HEADS]\n");
    return error ? 1 : 2;
  }
  n = MAX (n, 1);
  heads = draw_heads (mesh, n);
  print_spread (heads, n);
  printf ("%-10s %24s %24s\n", "degrees", "camera far away: rms, most", "at 12 IPD: rms, most");
  for (guint t = 0; t < G_N_ELEMENTS (turns); t++) {
    printf ("%-10s", turns[t].name);
    for (int near = 0; near < 2; near++) {
      double squares = 0;
      float most = 0;
      for (guint h = 0; h < n; h++)
        most += residue (heads[h], &turns[t], near ? CAMERA_IPD : 0, &squares) / (float)n;
      printf (" %17.2f %6.2f", sqrt (squares / n), most);
    }
    printf ("\n");
  }
  g_free (heads);
  head_mesh_free (mesh);
  return 0;
}
