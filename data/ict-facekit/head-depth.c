/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes the tables of src/anatomy/facial-depth.c, how far each facial point of a mean head lies
 * towards the camera, and of src/finding/head-pose.c, where its rigid landmarks lie.
 *
 * usage: head-depth FOLDER   (FaceXModel of github.com/ICT-VGL/ICT-FaceKit) */
#include <stdio.h>

#include "finding/head-pose.h"
#include "head-mesh.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  HeadPoint points[ME_N_POINTS];
  HeadMesh *mesh;
  float mean = 0;

  if (argc != 2) {
    fprintf (stderr, "usage: %s FOLDER   (FaceXModel of ICT-FaceKit)\n", argv[0]);
    return 2;
  }
  mesh = head_mesh_load (argv[1], 0, &error);
  if (!mesh) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  head_mesh_points (mesh, NULL, TRUE, points);
  for (int i = 0; i < ME_N_POINTS; i++)
    mean += points[i].z / ME_N_POINTS;
  for (int i = 0; i < ME_N_POINTS; i++) {
    float z = (points[i].z + points[me_facial_points[i].mirror].z) / 2 - mean;
    printf ("%.3ff,%s", z, i % 9 == 8 ? "\n" : " ");
  }
  head_mesh_points (mesh, NULL, FALSE, points);
  for (guint i = 0; i < G_N_ELEMENTS (me_rigid_landmarks); i++) {
    const HeadPoint *a = &points[me_rigid_landmarks[i]];
    const HeadPoint *b = &points[me_landmark_mirror (me_rigid_landmarks[i])];
    printf ("{ %.3ff, %.3ff, %.3ff },\n", (a->x - b->x) / 2, (a->y + b->y) / 2, (a->z + b->z) / 2);
  }
  head_mesh_free (mesh);
  return 0;
}
