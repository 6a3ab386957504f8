/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The items of microexpr-train: what they mean, how they are drawn, how they are packed. */
#include <string.h>

#include "train/course.h"
#include "reading/emotion.h"
#include "train/items.h"
#include "microexpr.h"
#include "train/sprite.h"

#define STEPS 5

/* --- recipes --- */

static MeAu
find_unit (const char *name)
{
  MeAu au = 0;

  while (au < ME_N_AUS && !g_str_equal (me_au_name (au), name))
    au++;
  g_assert_cmpint (au, <, ME_N_AUS);
  return au;
}

/* The emotion by the project's own table of prototypes, of units of one strength; of one-sided ones
 * on the left. */
static void
test_every_recipe_is_read_as_it_is_meant (void)
{
  guint n;
  const TrainRecipe *all = train_recipes_all (&n);

  for (guint i = 0; i < n; i++) {
    double left[ME_N_AUS] = { 0 }, none[ME_N_AUS] = { 0 }, scores[ME_N_EMOTIONS];
    gboolean one_sided = train_recipe_is_one_sided (&all[i]);
    char **units = train_recipe_units (&all[i]);

    for (char **unit = units; *unit; unit++)
      left[find_unit (*unit)] = 1;
    g_assert_cmpstr (
        me_emotion_name (me_emotion_read_sides (left, left, one_sided ? none : left, TRUE, scores)),
        ==, train_emotion_name (all[i].emotion));
    g_strfreev (units);
  }
}

static void
test_one_sided_recipes_have_no_midline_unit (void)
{
  guint n;
  const TrainRecipe *all = train_recipes_all (&n);

  for (guint i = 0; i < n; i++) {
    char **units = train_recipe_units (&all[i]);
    gboolean sided = TRUE;

    for (char **unit = units; *unit; unit++)
      sided = sided && me_au_is_sided (find_unit (*unit));
    g_assert_cmpint (sided, ==, all[i].sided);
    g_strfreev (units);
  }
}

/* --- drawing --- */

static void
check_balance (guint n_faces, gboolean contempt, guint32 seed)
{
  GArray *items = train_items_draw (n_faces, contempt, seed);
  guint n_emotions = contempt ? 7 : 6;
  guint n[TRAIN_N_ROLES][TRAIN_N_EMOTIONS][TRAIN_N_VARIANTS] = { 0 };
  guint sides[TRAIN_N_ROLES][3] = { 0 };

  g_assert_cmpuint (items->len, ==, n_faces * n_emotions * TRAIN_N_VARIANTS);
  for (guint i = 0; i < items->len; i++) {
    const TrainItem *item = &g_array_index (items, TrainItem, i);
    TrainRole role = train_role_of_face (item->face, n_faces);

    n[role][item->recipe->emotion][item->recipe->variant]++;
    sides[role][item->side]++;
    if (item->recipe->emotion == TRAIN_CONTEMPT)
      g_assert_cmpint (item->side, !=, TRAIN_BOTH);
    else if (item->side != TRAIN_BOTH)
      g_assert_true (item->recipe->sided && item->recipe->variant == TRAIN_SUBTLE &&
                     !(contempt && item->recipe->emotion == TRAIN_HAPPINESS));
  }
  for (guint role = 0; role < TRAIN_N_ROLES; role++) {
    g_assert_cmpuint (sides[role][TRAIN_LEFT], ==, sides[role][TRAIN_RIGHT]);
    g_assert_cmpuint (sides[role][TRAIN_LEFT], >=, 1);
    for (guint e = 0; e < n_emotions; e++)
      for (guint v = 0; v < TRAIN_N_VARIANTS; v++)
        g_assert_cmpuint (n[role][e][v], ==, n[role][0][0]);
  }
  g_assert_cmpuint (n[TRAIN_FORM_A][0][0], ==, n[TRAIN_FORM_B][0][0]);
  g_array_unref (items);
}

static void
test_items_are_balanced (void)
{
  for (guint32 seed = 0; seed < 20; seed++) {
    for (guint n_faces = 3; n_faces <= 8; n_faces++) {
      check_balance (n_faces, FALSE, seed);
      check_balance (n_faces, TRUE, seed);
    }
  }
}

static gboolean
are_same (const GArray *a, const GArray *b)
{
  for (guint i = 0; i < a->len; i++) {
    const TrainItem *x = &g_array_index (a, TrainItem, i), *y = &g_array_index (b, TrainItem, i);

    if (x->recipe != y->recipe || x->side != y->side || x->seed != y->seed)
      return FALSE;
  }
  return TRUE;
}

static void
test_the_seed_decides (void)
{
  GArray *first = train_items_draw (8, FALSE, 7), *again = train_items_draw (8, FALSE, 7);
  GArray *other = train_items_draw (8, FALSE, 8);

  g_assert_true (are_same (first, again));
  g_assert_false (are_same (first, other));
  g_array_unref (first);
  g_array_unref (again);
  g_array_unref (other);
}

/* --- the course --- */

static void
test_every_course_reaches_the_apex_and_returns (void)
{
  for (guint n = 1; n < 80; n++) {
    guint before = 0, most = 0;

    for (guint k = 0; k < n; k++) {
      guint step = train_course_step (k, n);

      g_assert_cmpuint (step, <=, TRAIN_STEPS);
      if (k <= n / 2)
        g_assert_cmpuint (step, >=, before); /* up... */
      else
        g_assert_cmpuint (step, <=, before); /* ...and down */
      before = step;
      most = MAX (most, step);
    }
    g_assert_cmpuint (most, ==, TRAIN_STEPS);
  }
}

static void
test_frames_come_nearest_to_the_duration (void)
{
  g_assert_cmpuint (train_course_frames (0.04, 60), ==, 2);
  g_assert_cmpuint (train_course_frames (0.04, 144), ==, 6);
  g_assert_cmpuint (train_course_frames (0.5, 60), ==, 30);
  g_assert_cmpuint (train_course_frames (0.001, 60), ==, 1);
}

/* --- sprites --- */

/* A picture of gray noise, in which squares brighten with the step. */
static GdkPixbuf *
draw_picture (guint step)
{
  GdkPixbuf *picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 96, 96);
  int stride = gdk_pixbuf_get_rowstride (picture);

  for (int y = 0; y < 96; y++) {
    for (int x = 0; x < 96; x++) {
      gboolean moves = (x >= 20 && x < 40 && y >= 20 && y < 30) || (x >= 60 && y >= 70 && y < 90);
      guint8 gray = (guint8)(100 + (x * 7 + y * 13) % 40 + (moves ? 10 * step : 0));

      memset (gdk_pixbuf_get_pixels (picture) + y * stride + 3 * x, gray, 3);
    }
  }
  return picture;
}

static guint8
pixel (const GPtrArray *pictures, guint step, int x, int y)
{
  GdkPixbuf *picture = pictures->pdata[step];

  return gdk_pixbuf_read_pixels (picture)[y * gdk_pixbuf_get_rowstride (picture) + 3 * x];
}

static void
test_no_seam_gives_an_expression_away (void)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func (g_object_unref), *back;
  GBytes *neutral;
  TrainSprite *sprite;

  for (guint step = 0; step <= STEPS; step++)
    g_ptr_array_add (pictures, draw_picture (step));
  neutral = train_sprite_encode (pictures->pdata[0]);
  sprite = train_sprite_new (pictures);
  g_assert_cmpuint (sprite->n_bands, ==, 2);
  back = train_sprite_unpack (sprite, neutral, STEPS);
  g_assert_cmpuint (back->len, ==, STEPS + 1);
  for (guint step = 1; step <= STEPS; step++) {
    for (int y = 0; y < 96; y++) {
      for (int x = 0; x < 96; x++) {
        int moved = pixel (back, step, x, y) - pixel (back, 0, x, y);
        /* blocks in which something moves are coded anew, the others not at all */
        gboolean touched = (x >= 16 && x < 48 && y >= 16 && y < 32) || (x >= 48 && y >= 64);

        if (!touched)
          g_assert_cmpint (moved, ==, 0);
      }
    }
    g_assert_cmpint (
        ABS (pixel (back, step, 30, 25) - pixel (back, 0, 30, 25) - 10 * (int)step), <=, 6);
    g_assert_cmpint (
        ABS (pixel (back, step, 80, 80) - pixel (back, 0, 80, 80) - 10 * (int)step), <=, 6);
  }
  g_ptr_array_unref (back);
  train_sprite_free (sprite);
  g_bytes_unref (neutral);
  g_ptr_array_unref (pictures);
}

static void
test_what_does_not_move_needs_no_sprite (void)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func (g_object_unref), *back;
  GBytes *neutral;
  TrainSprite *sprite;

  for (guint step = 0; step <= STEPS; step++)
    g_ptr_array_add (pictures, draw_picture (0));
  neutral = train_sprite_encode (pictures->pdata[0]);
  sprite = train_sprite_new (pictures);
  g_assert_null (sprite->jpeg);
  back = train_sprite_unpack (sprite, neutral, STEPS);
  g_assert_cmpint (pixel (back, STEPS, 80, 80), ==, pixel (back, 0, 80, 80));
  g_ptr_array_unref (back);
  train_sprite_free (sprite);
  g_bytes_unref (neutral);
  g_ptr_array_unref (pictures);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/train/recipes/meant", test_every_recipe_is_read_as_it_is_meant);
  g_test_add_func ("/train/recipes/sides", test_one_sided_recipes_have_no_midline_unit);
  g_test_add_func ("/train/items/balance", test_items_are_balanced);
  g_test_add_func ("/train/items/seed", test_the_seed_decides);
  g_test_add_func ("/train/course/apex", test_every_course_reaches_the_apex_and_returns);
  g_test_add_func ("/train/course/frames", test_frames_come_nearest_to_the_duration);
  g_test_add_func ("/train/sprite/seam", test_no_seam_gives_an_expression_away);
  g_test_add_func ("/train/sprite/still", test_what_does_not_move_needs_no_sprite);
  return g_test_run ();
}
