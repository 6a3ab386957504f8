/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "head-mesh.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PATCH_SIGMA 0.075f /* IPD: the area that a patch averages over */
#define SKIN_SIGMA 0.04f   /* IPD: the skin that is said to move like a point */
#define BEHIND 0.35f       /* IPD behind the middle of a patch: neck or ear, not its skin */

static gboolean
fail (GError **error, const char *path)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s does not fit the mesh of a head", path);
  return FALSE;
}

/* The next corner of a face, and what follows it; 0: there is none. */
static int
next_corner (const char **at)
{
  const char *corner = *at + strspn (*at, " \t");

  *at = corner + strcspn (corner, " \t\r\n");
  return atoi (corner);
}

/* Adds a face as triangles around its first corner. Those of other vertices than the head's are
 * left out. */
static void
read_face (HeadMesh *mesh, const char *line)
{
  const char *at = line + 1;
  int first = next_corner (&at), last = next_corner (&at), v;

  for (; (v = strchr ("\r\n", *at) ? 0 : next_corner (&at)); last = v) {
    int *triangle = mesh->triangles[mesh->n_triangles];
    if (MIN (MIN (first, last), v) < 1 || MAX (MAX (first, last), v) > mesh->n_vertices ||
        mesh->n_triangles == HEAD_N_TRIANGLES)
      continue;
    triangle[0] = first - 1;
    triangle[1] = last - 1;
    triangle[2] = v - 1;
    mesh->n_triangles++;
  }
}

/* Reads the vertices of an OBJ file and, unless `mesh` is NULL, its triangles, and how many there
 * are of both. Returns the number of vertices; -1: it cannot be read. */
static int
read_obj (const char *path, HeadPoint *vertices, HeadMesh *mesh, GError **error)
{
  g_autofree char *text = NULL;
  int n = 0;

  if (!g_file_get_contents (path, &text, NULL, error))
    return -1;
  for (char *line = text; line; line = strchr (line, '\n')) {
    line += *line == '\n';
    if (g_str_has_prefix (line, "v ") && n < HEAD_N_VERTICES) {
      HeadPoint *v = &vertices[n++];
      char *at = line + 2;
      v->x = (float)g_ascii_strtod (at, &at);
      v->y = -(float)g_ascii_strtod (at, &at);
      v->z = (float)g_ascii_strtod (at, &at);
    } else if (mesh && g_str_has_prefix (line, "f ")) {
      mesh->n_vertices = n;
      read_face (mesh, line);
    }
  }
  return n;
}

/* The same of a file that must have the vertices of the mesh. */
static gboolean
read_shape (const HeadMesh *mesh, const char *path, HeadPoint *vertices, GError **error)
{
  int n = read_obj (path, vertices, NULL, error);

  return n >= 0 && (n == mesh->n_vertices || fail (error, path));
}

static gboolean
read_mean (HeadMesh *mesh, const char *path, GError **error)
{
  int n = read_obj (path, mesh->mean, mesh, error);

  return n >= 0 && ((n == mesh->n_vertices && mesh->n_triangles > 0) || fail (error, path));
}

static gboolean
is_ict_facekit (const HeadMesh *mesh, const char *path, GError **error)
{
  return (mesh->n_vertices == HEAD_N_VERTICES && mesh->n_triangles == HEAD_N_TRIANGLES) ||
         fail (error, path);
}

/* From the file of ICT-FaceKit. */
static gboolean
read_landmarks_json (HeadMesh *mesh, const char *path, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;
  JsonArray *list = NULL;

  if (!json_parser_load_from_file (parser, path, error))
    return FALSE;
  root = json_parser_get_root (parser);
  if (root && JSON_NODE_HOLDS_OBJECT (root) &&
      json_object_has_member (json_node_get_object (root), "idx_to_landmark_verts"))
    list = json_object_get_array_member (json_node_get_object (root), "idx_to_landmark_verts");
  if (!list || json_array_get_length (list) != ME_N_IBUG)
    return fail (error, path);
  for (guint i = 0; i < ME_N_IBUG; i++) {
    mesh->landmarks[i] = (int)json_array_get_int_element (list, i);
    if (mesh->landmarks[i] < 0 || mesh->landmarks[i] >= mesh->n_vertices)
      return fail (error, path);
  }
  return TRUE;
}

/* From a list of numbers. */
static gboolean
read_landmarks (HeadMesh *mesh, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  char *at, *end;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  at = text;
  for (int i = 0; i < ME_N_IBUG; i++, at = end) {
    gint64 vertex = g_ascii_strtoll (at, &end, 10);
    if (end == at || vertex < 0 || vertex >= mesh->n_vertices)
      return fail (error, path);
    mesh->landmarks[i] = (int)vertex;
  }
  return TRUE;
}

static gboolean
read_identities (HeadMesh *mesh, const char *folder, GError **error)
{
  for (guint k = 0; k < mesh->n_identities; k++) {
    g_autofree char *path = g_strdup_printf ("%s/identity%03u.obj", folder, k);
    HeadPoint *identity = mesh->identities[k];

    if (!read_shape (mesh, path, identity, error))
      return FALSE;
    for (int i = 0; i < mesh->n_vertices; i++) {
      identity[i].x -= mesh->mean[i].x;
      identity[i].y -= mesh->mean[i].y;
      identity[i].z -= mesh->mean[i].z;
    }
  }
  return TRUE;
}

HeadMesh *
head_mesh_load (const char *folder, guint n_identities, GError **error)
{
  g_autofree char *mean = g_build_filename (folder, "generic_neutral_mesh.obj", NULL);
  g_autofree char *landmarks = g_build_filename (folder, "vertex_indices.json", NULL);
  HeadMesh *mesh = g_new0 (HeadMesh, 1);

  mesh->n_identities = MIN (n_identities, HEAD_N_IDENTITIES);
  mesh->identities = g_malloc (MAX (mesh->n_identities, 1) * sizeof *mesh->identities);
  if (read_mean (mesh, mean, error) && is_ict_facekit (mesh, mean, error) &&
      read_landmarks_json (mesh, landmarks, error) && read_identities (mesh, folder, error))
    return mesh;
  head_mesh_free (mesh);
  return NULL;
}

HeadMesh *
head_mesh_load_other (const char *neutral, const char *landmarks, GError **error)
{
  HeadMesh *mesh = g_new0 (HeadMesh, 1);

  if (read_mean (mesh, neutral, error) && read_landmarks (mesh, landmarks, error))
    return mesh;
  head_mesh_free (mesh);
  return NULL;
}

void
head_mesh_free (HeadMesh *mesh)
{
  if (mesh)
    g_free (mesh->identities);
  g_free (mesh);
}

/* The vertices of one head, in IPD from between its eyes. */
static void
shape_head (const HeadMesh *mesh, const float *weights, HeadPoint *head)
{
  MePoint ibug[ME_N_IBUG], landmarks[ME_N_LANDMARKS], right, left;
  float ipd, depth = 0;

  memcpy (head, mesh->mean, (gsize)mesh->n_vertices * sizeof *head);
  for (guint k = 0; weights && k < mesh->n_identities; k++) {
    for (int i = 0; i < mesh->n_vertices; i++) {
      head[i].x += weights[k] * mesh->identities[k][i].x;
      head[i].y += weights[k] * mesh->identities[k][i].y;
      head[i].z += weights[k] * mesh->identities[k][i].z;
    }
  }
  for (int i = 0; i < ME_N_IBUG; i++)
    ibug[i] = (MePoint){ head[mesh->landmarks[i]].x, head[mesh->landmarks[i]].y };
  me_landmarks_from_ibug (ibug, landmarks);
  right = me_eye_center (landmarks, ME_RIGHT);
  left = me_eye_center (landmarks, ME_LEFT);
  ipd = hypotf (left.x - right.x, left.y - right.y);
  depth = head[mesh->landmarks[27]].z; /* of the root of the nose */
  for (int i = 0; i < mesh->n_vertices; i++) {
    head[i].x = (head[i].x - (left.x + right.x) / 2) / ipd;
    head[i].y = (head[i].y - (left.y + right.y) / 2) / ipd;
    head[i].z = (head[i].z - depth) / ipd;
  }
}

/* Depth of the triangle a b c at a place. FALSE: it is not there. */
static gboolean
triangle_depth (
    const HeadPoint *a, const HeadPoint *b, const HeadPoint *c, MePoint at, float *depth)
{
  float bx = b->x - a->x, by = b->y - a->y, cx = c->x - a->x, cy = c->y - a->y;
  float x = at.x - a->x, y = at.y - a->y, det = bx * cy - by * cx;
  float v, w;

  if (fabsf (det) < 1e-9f)
    return FALSE;
  v = (x * cy - y * cx) / det;
  w = (bx * y - by * x) / det;
  *depth = a->z + v * (b->z - a->z) + w * (c->z - a->z);
  return v >= 0 && w >= 0 && v + w <= 1;
}

/* Depth of the skin that is seen at a place. FALSE: none is. */
static gboolean
skin_depth (const HeadMesh *mesh, const HeadPoint *head, MePoint at, float *depth)
{
  gboolean found = FALSE;
  float z;

  for (int t = 0; t < mesh->n_triangles; t++) {
    const int *v = mesh->triangles[t];
    if (!triangle_depth (&head[v[0]], &head[v[1]], &head[v[2]], at, &z))
      continue;
    *depth = found ? MAX (*depth, z) : z;
    found = TRUE;
  }
  return found;
}

/* Mean depth over the patch around a point of a known depth. */
static float
patch_depth (const HeadMesh *mesh, const HeadPoint *head, MePoint point, float middle)
{
  static const float node[3] = { -1.7320508f, 0, 1.7320508f },
                     share[3] = { 1 / 6.0f, 2 / 3.0f, 1 / 6.0f }; /* Gauss-Hermite */
  float sum = 0, weight = 0, z;

  for (int k = 0; k < 9; k++) {
    MePoint at = { point.x + PATCH_SIGMA * node[k % 3], point.y + PATCH_SIGMA * node[k / 3] };
    float w = share[k % 3] * share[k / 3];
    if (k == 4)
      z = middle;
    else if (!skin_depth (mesh, head, at, &z) || z < middle - BEHIND)
      continue;
    sum += w * z;
    weight += w;
  }
  return sum / weight;
}

void
head_mesh_points (
    const HeadMesh *mesh, const float *weights, gboolean patch, HeadPoint points[ME_N_POINTS])
{
  g_autofree HeadPoint *head = g_new (HeadPoint, HEAD_N_VERTICES);
  MePoint ibug[ME_N_IBUG], ibug_depth[ME_N_IBUG];
  MePoint landmarks[ME_N_LANDMARKS], depths[ME_N_LANDMARKS], place[ME_N_POINTS];

  shape_head (mesh, weights, head);
  for (int i = 0; i < ME_N_IBUG; i++) {
    const HeadPoint *v = &head[mesh->landmarks[i]];
    ibug[i] = (MePoint){ v->x, v->y };
    ibug_depth[i] = (MePoint){ v->z, 0 };
  }
  me_landmarks_from_ibug (ibug, landmarks);
  me_landmarks_from_ibug (ibug_depth, depths);
  me_facial_points_place (landmarks, place);
  for (int i = 0; i < ME_N_POINTS; i++) {
    float z = i < ME_N_LANDMARK_POINTS ? depths[i].x : 0;
    if (i >= ME_N_LANDMARK_POINTS && !skin_depth (mesh, head, place[i], &z))
      g_warning ("point %d lies beside the head", i);
    points[i] =
        (HeadPoint){ place[i].x, place[i].y, patch ? patch_depth (mesh, head, place[i], z) : z };
  }
}

/* The mean of what the vertices around a point move by, nearer ones weighing more. */
static MePoint
mean_motion (
    const HeadMesh *mesh, const HeadPoint *head, const HeadPoint *moved, const HeadPoint *at)
{
  MePoint sum = { 0, 0 };
  float total = 0;

  for (int i = 0; i < mesh->n_vertices; i++) {
    float dx = (head[i].x - at->x) / SKIN_SIGMA, dy = (head[i].y - at->y) / SKIN_SIGMA;
    float weight = expf (-(dx * dx + dy * dy) / 2);
    if (head[i].z < at->z - BEHIND)
      continue;
    sum.x += weight * (moved[i].x - head[i].x);
    sum.y += weight * (moved[i].y - head[i].y);
    total += weight;
  }
  return (MePoint){ 100 * sum.x / total, 100 * sum.y / total };
}

gboolean
head_mesh_motion (
    const HeadMesh *mesh, const char *path, MePoint motion[ME_N_POINTS], GError **error)
{
  g_autofree HeadPoint *head = g_new (HeadPoint, HEAD_N_VERTICES);
  g_autofree HeadPoint *moved = g_new (HeadPoint, HEAD_N_VERTICES);
  HeadPoint points[ME_N_POINTS];
  float ipd;

  if (!read_shape (mesh, path, moved, error))
    return FALSE;
  head_mesh_points (mesh, NULL, FALSE, points);
  shape_head (mesh, NULL, head);
  ipd = (mesh->mean[mesh->landmarks[8]].y - mesh->mean[mesh->landmarks[27]].y) /
        (head[mesh->landmarks[8]].y - head[mesh->landmarks[27]].y);
  for (int i = 0; i < mesh->n_vertices; i++) {
    moved[i].x = head[i].x + (moved[i].x - mesh->mean[i].x) / ipd;
    moved[i].y = head[i].y + (moved[i].y - mesh->mean[i].y) / ipd;
  }
  for (int i = 0; i < ME_N_POINTS; i++)
    motion[i] = mean_motion (mesh, head, moved, &points[i]);
  return TRUE;
}
