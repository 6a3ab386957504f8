/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lips of the test source. Column by column, each lip keeps its distance from its outer border,
 * wherever the field moves that; what lies between the inner edges is the mouth. */
#include "mouth.h"

#include <math.h>

#define MARGIN 0.02f    /* IPD: of the box around the lips */
#define SOFT_EDGE 0.01f /* IPD: width of the transition from lip to mouth */
#define DARKNESS 0.35f  /* of the mouth, as a part of the line between the closed lips */

#define N_OUTER 7 /* landmarks of the outer border of a lip, corners included */
#define N_INNER 5 /* the same of the inner edge */

struct _GstMicroexprTestMouth
{
  GstMicroexprTestPatch patch;
  MePoint upper[N_OUTER], lower[N_OUTER]; /* outer borders, px of the canvas, from left to right */
  MePoint line[N_INNER + 2];              /* between the closed lips, from corner to corner */
  float dark[3];                          /* value of the mouth in each plane */
  gboolean painted;                       /* the canvas shows something else than the photo */
};

/* Slope of a smooth line at one of its points. */
static float
slope_at (const MePoint *points, int n, int i)
{
  const MePoint *a = &points[MAX (i - 1, 0)], *b = &points[MIN (i + 1, n - 1)];

  return (b->y - a->y) / MAX (b->x - a->x, 1e-3f);
}

/* y at x of a smooth line through points (cubic Hermite). FALSE: it does not reach there. */
static gboolean
height_at (const MePoint *points, int n, float x, float *y)
{
  for (int i = 0; i + 1 < n; i++) {
    const MePoint *a = &points[i], *b = &points[i + 1];

    if (x >= a->x && x < b->x) {
      float width = b->x - a->x, t = (x - a->x) / width, rest = 1 - t;

      *y = rest * rest * ((1 + 2 * t) * a->y + t * width * slope_at (points, n, i)) +
           t * t * ((1 + 2 * rest) * b->y - rest * width * slope_at (points, n, i + 1));
      return TRUE;
    }
  }
  return FALSE;
}

static void
place_lips (GstMicroexprTestMouth *mouth, const MePoint *landmarks)
{
  const MePoint *outer = &landmarks[ME_LANDMARK_OUTER_LIPS];
  const MePoint *inner = &landmarks[ME_LANDMARK_INNER_LIPS];

  for (int i = 0; i < N_OUTER; i++) {
    mouth->upper[i] = outer[i];
    mouth->lower[i] = outer[(2 * (N_OUTER - 1) - i) % (2 * (N_OUTER - 1))];
  }
  mouth->line[0] = outer[0];
  mouth->line[N_INNER + 1] = outer[N_OUTER - 1];
  for (int i = 0; i < N_INNER; i++) {
    const MePoint *above = &inner[i],
                  *below = &inner[(2 * (N_INNER - 1) - i) % (2 * (N_INNER - 1))];

    mouth->line[i + 1] = (MePoint){ (above->x + below->x) / 2, (above->y + below->y) / 2 };
  }
}

/* The mouth has the colour of the line between the lips, and is darker. */
static void
choose_dark (GstMicroexprTestMouth *mouth, guint i)
{
  const GstMicroexprTestPatch *patch = &mouth->patch;
  const GstMicroexprTestPlane *plane = &patch->canvas->planes[i];
  MeBox box = gst_microexpr_test_patch_box (patch, plane);
  float part = plane->shift ? 0.5f : 1, sum = 0;

  for (int p = 1; p <= N_INNER && box.width > 1 && box.height > 1; p++)
    sum += gst_microexpr_test_patch_sample (patch->photo[i], &box,
        (mouth->line[p].x + 0.5f) * part - 0.5f - box.x,
        (mouth->line[p].y + 0.5f) * part - 0.5f - box.y);
  mouth->dark[i] = sum / N_INNER * (plane->chroma ? 1 : DARKNESS);
}

GstMicroexprTestMouth *
gst_microexpr_test_mouth_new (GstMicroexprTestCanvas *canvas)
{
  GstMicroexprTestMouth *mouth = g_new0 (GstMicroexprTestMouth, 1);
  float margin = MARGIN * canvas->ipd, top, bottom;

  place_lips (mouth, canvas->landmarks);
  top = bottom = mouth->line[0].y;
  for (int i = 0; i < N_OUTER; i++) {
    top = MIN (top, mouth->upper[i].y);
    bottom = MAX (bottom, mouth->lower[i].y);
  }
  gst_microexpr_test_patch_init (&mouth->patch, canvas, mouth->line[0].x - margin, top - margin,
      mouth->line[N_INNER + 1].x + margin, bottom + margin);
  for (guint i = 0; i < canvas->n_planes; i++)
    choose_dark (mouth, i);
  return mouth;
}

void
gst_microexpr_test_mouth_free (GstMicroexprTestMouth *mouth)
{
  if (!mouth)
    return;
  gst_microexpr_test_patch_clear (&mouth->patch);
  g_free (mouth);
}

/* One column of the mouth in one plane; y in px of that plane's box. */
typedef struct
{
  const guint16 *photo;
  const MeBox *box;
  float x;
  float upper, line, lower;       /* outer borders of the lips, and where they meet */
  float upper_moves, lower_moves; /* how far the field takes the borders, px of the plane */
  float soft, dark;
} Column;

/* FALSE: the lips do not part here. */
static gboolean
place_column (const GstMicroexprTestMouth *mouth, const GstMicroexprTestField *field, float x,
    float part, Column *column)
{
  float upper, line, lower;

  if (!height_at (mouth->upper, N_OUTER, x, &upper) ||
      !height_at (mouth->lower, N_OUTER, x, &lower) ||
      !height_at (mouth->line, N_INNER + 2, x, &line) || upper > line || line > lower)
    return FALSE;
  column->upper_moves = gst_microexpr_test_field_at (field, x, upper).y * part;
  column->lower_moves = gst_microexpr_test_field_at (field, x, lower).y * part;
  column->upper = (upper + 0.5f) * part - 0.5f - column->box->y;
  column->line = (line + 0.5f) * part - 0.5f - column->box->y;
  column->lower = (lower + 0.5f) * part - 0.5f - column->box->y;
  return column->lower_moves > column->upper_moves;
}

/* The value at y, which the field moves by `moves`: the skin that comes to lie there when both lips
 * are carried by their borders. */
static float
column_value (const Column *c, float y, float moves, float parted)
{
  float from_upper = y + parted * (moves - c->upper_moves);
  float from_lower = y + parted * (moves - c->lower_moves);
  float upper = CLAMP ((c->line - from_upper) / c->soft + 0.5f, 0, 1);
  float lower = CLAMP ((from_lower - c->line) / c->soft + 0.5f, 0, 1);

  return upper * gst_microexpr_test_patch_sample (c->photo, c->box, c->x, from_upper) +
         lower * gst_microexpr_test_patch_sample (c->photo, c->box, c->x, from_lower) +
         (1 - upper - lower) * c->dark;
}

static void
paint_plane (
    GstMicroexprTestMouth *mouth, guint i, const GstMicroexprTestField *field, float parted)
{
  const GstMicroexprTestPatch *patch = &mouth->patch;
  GstMicroexprTestPlane *plane = &patch->canvas->planes[i];
  MeBox box = gst_microexpr_test_patch_box (patch, plane);
  float part = plane->shift ? 0.5f : 1;

  if (box.width < 2 || box.height < 2)
    return;
  for (int x = 0; x < box.width; x++) {
    float canvas_x = (box.x + x + 0.5f) / part - 0.5f;
    Column column = { .photo = patch->photo[i],
      .box = &box,
      .x = (float)x,
      .soft = SOFT_EDGE * patch->canvas->ipd * part,
      .dark = mouth->dark[i] };
    gboolean parts = parted > 0 && place_column (mouth, field, canvas_x, part, &column);

    for (int y = 0; y < box.height; y++) {
      float canvas_y = (box.y + y + 0.5f) / part - 0.5f;
      float value = patch->photo[i][(gsize)y * box.width + x];

      if (parts && y > column.upper && y < column.lower)
        value = column_value (&column, (float)y,
            gst_microexpr_test_field_at (field, canvas_x, canvas_y).y * part, parted);
      plane->values[(gsize)(box.y + y) * plane->width + box.x + x] = (guint16)(value + 0.5f);
    }
  }
}

void
gst_microexpr_test_mouth_paint (
    GstMicroexprTestMouth *mouth, const GstMicroexprTestField *field, float parted)
{
  if (parted <= 0 && !mouth->painted)
    return;
  for (guint i = 0; i < mouth->patch.canvas->n_planes; i++)
    paint_plane (mouth, i, field, parted);
  mouth->painted = parted > 0;
}
