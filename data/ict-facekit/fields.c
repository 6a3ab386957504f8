/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes data/fields/ict-facekit.ini: how the blendshapes of ICT-FaceKit that resemble an action
 * unit move the facial points. gst/testsrc/fields.h describes the format. Or the same of another
 * head whose blendshapes have the names of ARKit.
 *
 * usage: fields FOLDER             (FaceXModel of github.com/ICT-VGL/ICT-FaceKit)
 *        fields FOLDER LANDMARKS   (Neutral.obj, jawOpen.obj ...; head_mesh_load_other()) */
#include <math.h>
#include <stdio.h>

#include "microexpr.h"
#include "head-mesh.h"

#define LEAST 0.005f /* of the most moved point; less is written as 0 */

/* The blendshapes of each unit: those of the left side, or of both for units without sides. */
static const struct
{
  MeAu au;
  const char *shapes[2];
} units[] = {
  { ME_AU1, { "browInnerUp_L" } },
  { ME_AU2, { "browOuterUp_L" } },
  { ME_AU4, { "browDown_L" } },
  { ME_AU5, { "eyeWide_L" } },
  { ME_AU6, { "cheekRaiser_L", "cheekSquint_L" } },
  { ME_AU7, { "eyeSquint_L" } },
  { ME_AU9, { "noseSneer_L" } },
  { ME_AU10, { "mouthUpperUp_L" } },
  { ME_AU12, { "mouthSmile_L" } },
  { ME_AU14, { "mouthDimple_L" } },
  { ME_AU15, { "mouthFrown_L" } },
  { ME_AU17, { "mouthShrugLower" } },
  { ME_AU20, { "mouthStretch_L" } },
  { ME_AU24, { "mouthPress_L", "mouthPress_R" } },
  { ME_AU25, { "mouthLowerDown_L", "mouthLowerDown_R" } },
  { ME_AU26, { "jawOpen" } },
  { ME_AU18, { "mouthPucker" } },
  { ME_AU22, { "mouthFunnel" } },
  { ME_AU28, { "mouthRollLower", "mouthRollUpper" } },
};

/* The file of a blendshape, or NULL: that head has none. ARKit: browDownLeft for browDown_L.
 * both_sides: there is none of one side. */
static char *
shape_path (const char *folder, const char *shape, gboolean is_arkit, gboolean *both_sides)
{
  g_auto (GStrv) words = g_strsplit (is_arkit ? shape : "", "_", 2);
  const char *side = *words && words[1] ? (g_str_equal (words[1], "L") ? "Left" : "Right") : "";
  char *path;

  *both_sides = FALSE;
  if (!is_arkit)
    return g_strdup_printf ("%s/%s.obj", folder, shape);
  path = g_strdup_printf ("%s/%s%s.obj", folder, words[0], side);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  g_free (path);
  *both_sides = TRUE;
  path = g_strdup_printf ("%s/%s.obj", folder, words[0]);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  g_free (path);
  return NULL;
}

/* Adds what a blendshape moves; of one of both sides, what it moves on the left. */
static gboolean
add_shape (const HeadMesh *mesh, const char *folder, const char *shape, gboolean is_arkit,
    MePoint *sum, GError **error)
{
  static const float on_left[] = { [ME_MIDLINE] = 0.5f, [ME_LEFT] = 1, [ME_RIGHT] = 0 };
  gboolean both_sides;
  g_autofree char *path = shape_path (folder, shape, is_arkit, &both_sides);
  MePoint motion[ME_N_POINTS];

  if (!path)
    return TRUE;
  if (!head_mesh_motion (mesh, path, motion, error))
    return FALSE;
  for (int i = 0; i < ME_N_POINTS; i++) {
    float share = both_sides ? on_left[me_facial_points[i].side] : 1;
    sum[i].x += share * motion[i].x;
    sum[i].y += share * motion[i].y;
  }
  return TRUE;
}

/* Lets the most moved point move by 10, and both sides alike for a unit without sides. FALSE:
 * nothing moves. */
static gboolean
normalize (MePoint *motion, gboolean sided)
{
  float largest = 0;

  for (int i = 0; i < ME_N_POINTS && !sided; i++) {
    MePoint *other = &motion[me_facial_points[i].mirror];
    motion[i].x = (motion[i].x - other->x) / 2;
    motion[i].y = (motion[i].y + other->y) / 2;
    *other = (MePoint){ -motion[i].x, motion[i].y };
  }
  for (int i = 0; i < ME_N_POINTS; i++)
    largest = MAX (largest, hypotf (motion[i].x, motion[i].y));
  for (int i = 0; i < ME_N_POINTS && largest > 0; i++) {
    float scale = hypotf (motion[i].x, motion[i].y) < LEAST * largest ? 0 : 10 / largest;
    motion[i].x *= scale;
    motion[i].y *= scale;
  }
  return largest > 0;
}

static void
print_unit (MeAu au, const MePoint *motion)
{
  printf ("\n[%s]\n%s=", me_au_name (au), me_au_is_sided (au) ? "left" : "midline");
  for (int i = 0; i < ME_N_POINTS; i++) {
    /* + 0: never -0 */
    printf ("%s%g;%g", i ? ";" : "", roundf (100 * motion[i].x) / 100 + 0.0,
        roundf (100 * motion[i].y) / 100 + 0.0);
  }
  printf ("\n");
}

static HeadMesh *
load (int argc, char **argv, GError **error)
{
  g_autofree char *neutral = g_build_filename (argv[1], "Neutral.obj", NULL);

  return argc > 2 ? head_mesh_load_other (neutral, argv[2], error)
                  : head_mesh_load (argv[1], 0, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean is_arkit = argc > 2;
  HeadMesh *mesh;
  guint n = 0;

  if (argc < 2 || argc > 3) {
    fprintf (stderr,
        "usage: %s FOLDER             (FaceXModel of ICT-FaceKit)\n"
        "       %s FOLDER LANDMARKS   (OBJ files named as in ARKit, and the vertices of the 68 iBUG "
        "landmarks)\n",
        argv[0], argv[0]);
    return 2;
  }
  mesh = load (argc, argv, &error);
  if (mesh && !is_arkit)
    printf ("# SPDX-License-Identifier: MIT\n"
            "# From ICT-FaceKit, Copyright (c) 2020 USC Institute for Creative Technologies, by\n"
            "# data/ict-facekit/fields. The format is described in gst/testsrc/fields.h.\n");
  for (guint u = 0; mesh && !error && u < G_N_ELEMENTS (units); u++) {
    MePoint motion[ME_N_POINTS] = { { 0, 0 } };
    for (guint s = 0; s < G_N_ELEMENTS (units[u].shapes) && units[u].shapes[s]; s++)
      if (!add_shape (mesh, argv[1], units[u].shapes[s], is_arkit, motion, &error))
        break;
    if (!error && normalize (motion, me_au_is_sided (units[u].au))) {
      print_unit (units[u].au, motion);
      n++;
    }
  }
  if (mesh && !error && n == 0)
    g_set_error (&error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s has no blendshape", argv[1]);
  head_mesh_free (mesh);
  if (error)
    fprintf (stderr, "%s\n", error->message);
  return error != NULL;
}
