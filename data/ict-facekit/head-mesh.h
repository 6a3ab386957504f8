/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The heads of ICT-FaceKit (github.com/ICT-VGL/ICT-FaceKit, MIT): a mean head and a hundred ways in
 * which people differ from it, and where the facial points lie on them. Or another head of which
 * the vertices of the iBUG landmarks are known. */
#pragma once

#include "anatomy/facial-points.h"

G_BEGIN_DECLS

#define HEAD_N_VERTICES 9409 /* of face, head and neck; eyes, teeth and hair follow them */
#define HEAD_N_TRIANGLES (2 * 9230)
#define HEAD_N_IDENTITIES 100

typedef struct
{
  float x, y, z; /* IPD: to the right of the picture and down from between the eyes, and from the
                    root of the nose to the camera */
} HeadPoint;

typedef struct
{
  HeadPoint mean[HEAD_N_VERTICES];          /* in units of the mesh, axes as above */
  HeadPoint (*identities)[HEAD_N_VERTICES]; /* added for a standard deviation of each; owned */
  int n_vertices, n_triangles;
  guint n_identities;
  int triangles[HEAD_N_TRIANGLES][3];
  int landmarks[ME_N_IBUG]; /* vertex of each */
} HeadMesh;

/* folder: FaceXModel of ICT-FaceKit. n_identities: how many of them to load. NULL and `error`: a
 * file is missing or is not the expected mesh. Free with head_mesh_free(). */
HeadMesh *head_mesh_load (const char *folder, guint n_identities, GError **error);

/* neutral: an OBJ file, x to the left of the person, y up, z to the camera. landmarks: a text file,
 * the number of the vertex of each iBUG landmark, from 0. Vertices and triangles beyond those of
 * ICT-FaceKit are left out. NULL, `error` and head_mesh_free(): as above. */
HeadMesh *head_mesh_load_other (const char *neutral, const char *landmarks, GError **error);
void head_mesh_free (HeadMesh *mesh);

/* The facial points on the head that differs from the mean one by `weights` standard deviations of
 * each loaded identity (NULL: the mean head). patch: the depth of a point is the mean over its
 * patch instead of that in its middle. */
void head_mesh_points (
    const HeadMesh *mesh, const float *weights, gboolean patch, HeadPoint points[ME_N_POINTS]);

/* How an expression, the file of a blendshape beside that of the mean head, moves the skin around
 * each facial point: % IPD, x to the right of the picture, y down. FALSE and `error`: the file
 * cannot be read. */
gboolean head_mesh_motion (
    const HeadMesh *mesh, const char *path, MePoint motion[ME_N_POINTS], GError **error);

G_END_DECLS
