/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Draws the canvas into a video frame, row by row: samples it, then applies light and noise. */
#include "warp.h"

#include <math.h>

#include "mouth.h"
#include "random.h"

#define NOISE_LENGTH (1 << 16) /* of the table; each row starts at a random place in it */
#define NOISE_UNIT 1024        /* one standard deviation in the table */
#define CHROMA_NOISE 0.5f      /* relative to the noise of luma */
#define EYE_LINE 0.44f         /* y of the eyes, as a fraction of the frame height... */
#define LOWEST_EYE_LINE 0.62f  /* ...at most, when the photo must reach the lower border */
#define PIVOT 1.2f             /* IPD below the eyes: centre of the head's rotation and scaling */
#define WHOLLY_PARTED 1.0f     /* % IPD: motion at which lids and lips are apart */
#define ONE (1 << 16)          /* one pixel, in fixed-point positions */

struct _GstMicroexprTestWarp
{
  GstVideoInfo info;
  GstMicroexprTestCanvas *canvas;
  GstMicroexprTestLids *lids;
  GstMicroexprTestMouth *mouth;
  GstMicroexprTestField *field;
  float scale;         /* frame px per canvas px */
  float pixel_aspect;  /* width of a frame pixel / its height */
  float noise;         /* standard deviation, levels of 255 */
  MePoint eyes;        /* middle between them at rest, square px of the frame */
  MePoint canvas_eyes; /* the same, px of the canvas */
  gint16 *noise_table; /* NOISE_LENGTH values plus one row */
  guint16 *row;        /* one row of sampled values */
};

/* A similarity from square pixels of the frame to the canvas. */
typedef struct
{
  float x, y;             /* of frame pixel 0, 0 */
  float x_per_x, x_per_y; /* canvas x per frame x and y */
} Inverse;

/* Positions along one row of a component: at pixel i, x + i * dx. */
typedef struct
{
  float x, y, dx, dy; /* px of the plane */
  float u, v, du, dv; /* nodes of the grid */
  int first, last;    /* pixels inside the grid: first <= i < last */
} Row;

static void
fill_noise (gint16 *table, gsize n)
{
  const GstMicroexprTestStream stream = GST_MICROEXPR_TEST_STREAM_NOISE;

  for (gsize i = 0; i < NOISE_LENGTH; i += 2) { /* Box & Muller 1958 */
    double radius = sqrt (-2 * log (1 - gst_microexpr_test_uniform (0, stream, i)));
    double angle = 2 * G_PI * gst_microexpr_test_uniform (0, stream, i + 1);

    table[i] = (gint16)lrint (NOISE_UNIT * radius * cos (angle));
    table[i + 1] = (gint16)lrint (NOISE_UNIT * radius * sin (angle));
  }
  for (gsize i = NOISE_LENGTH; i < n; i++)
    table[i] = table[i - NOISE_LENGTH];
}

static MePoint
middle_of_eyes (const MePoint landmarks[ME_N_LANDMARKS])
{
  MePoint right = me_eye_center (landmarks, ME_RIGHT), left = me_eye_center (landmarks, ME_LEFT);

  return (MePoint){ (right.x + left.x) / 2, (right.y + left.y) / 2 };
}

static void
place_face (GstMicroexprTestWarp *warp)
{
  const GstMicroexprTestCanvas *canvas = warp->canvas;
  float width = GST_VIDEO_INFO_WIDTH (&warp->info) * warp->pixel_aspect;
  float height = (float)GST_VIDEO_INFO_HEIGHT (&warp->info);
  float below;

  warp->canvas_eyes = middle_of_eyes (canvas->landmarks);
  below = (canvas->planes[0].height - warp->canvas_eyes.y) * warp->scale;
  warp->eyes.x = width / 2 - 0.5f;
  warp->eyes.y = CLAMP (height - below, EYE_LINE * height, LOWEST_EYE_LINE * height);
}

GstMicroexprTestWarp *
gst_microexpr_test_warp_new (
    const GstMicroexprTestFace *face, const GstVideoInfo *info, float ipd, double noise)
{
  GstMicroexprTestWarp *warp = g_new0 (GstMicroexprTestWarp, 1);
  gsize width = GST_VIDEO_INFO_WIDTH (info);

  warp->info = *info;
  warp->pixel_aspect = (float)GST_VIDEO_INFO_PAR_N (info) / GST_VIDEO_INFO_PAR_D (info);
  warp->noise = (float)noise;
  warp->canvas = gst_microexpr_test_canvas_new (face, info, ipd);
  warp->lids = gst_microexpr_test_lids_new (warp->canvas);
  warp->mouth = gst_microexpr_test_mouth_new (warp->canvas);
  warp->field = gst_microexpr_test_field_new (warp->canvas->landmarks);
  warp->scale = ipd / warp->canvas->ipd;
  place_face (warp);
  warp->noise_table = g_new (gint16, NOISE_LENGTH + width);
  fill_noise (warp->noise_table, NOISE_LENGTH + width);
  warp->row = g_new (guint16, width);
  return warp;
}

void
gst_microexpr_test_warp_free (GstMicroexprTestWarp *warp)
{
  if (!warp)
    return;
  gst_microexpr_test_field_free (warp->field);
  gst_microexpr_test_lids_free (warp->lids);
  gst_microexpr_test_mouth_free (warp->mouth);
  gst_microexpr_test_canvas_free (warp->canvas);
  g_free (warp->noise_table);
  g_free (warp->row);
  g_free (warp);
}

/* Where the pivot is in the frame. */
static MePoint
pivot_in_frame (const GstMicroexprTestWarp *warp, const GstMicroexprTestPose *pose)
{
  float ipd = warp->canvas->ipd * warp->scale;

  return (
      MePoint){ warp->eyes.x + pose->x / 100 * ipd, warp->eyes.y + (PIVOT + pose->y / 100) * ipd };
}

static Inverse
invert_pose (const GstMicroexprTestWarp *warp, const GstMicroexprTestPose *pose)
{
  MePoint pivot = pivot_in_frame (warp, pose);
  float scale = 1 / (warp->scale * pose->magnification);
  float cosine = scale * cosf (pose->angle), sine = scale * sinf (pose->angle);
  float pivot_y = warp->canvas_eyes.y + PIVOT * warp->canvas->ipd;

  return (Inverse){ warp->canvas_eyes.x - cosine * pivot.x - sine * pivot.y,
    pivot_y + sine * pivot.x - cosine * pivot.y, cosine, sine };
}

/* Narrows first <= i < last to those with low <= start + i * slope <= high. */
static void
clip_pixels (float start, float slope, float low, float high, int *first, int *last)
{
  int end = *last;
  float a, b;

  if (fabsf (slope) < 1e-9f) {
    if (start < low || start > high)
      *last = *first;
    return;
  }
  a = (low - start) / slope;
  b = (high - start) / slope;
  *first = MAX (*first, (int)ceilf (CLAMP (MIN (a, b), -1e6f, 1e6f)));
  *last = MIN (*last, (int)floorf (CLAMP (MAX (a, b), -1e6f, 1e6f)) + 1);
  *first = MIN (*first, end);
  *last = CLAMP (*last, *first, end);
}

/* Positions along the row at frame_y (square px of the frame), whose columns start at frame_x and
 * are `step` apart. */
static Row
place_row (const Inverse *inverse, const GstMicroexprTestGrid *grid,
    const GstMicroexprTestPlane *plane, float frame_x, float step, float frame_y, int width)
{
  float x = inverse->x + inverse->x_per_x * frame_x + inverse->x_per_y * frame_y;
  float y = inverse->y - inverse->x_per_y * frame_x + inverse->x_per_x * frame_y;
  float dx = inverse->x_per_x * step, dy = -inverse->x_per_y * step;
  float part = plane->shift ? 0.5f : 1;
  Row row = { (x + 0.5f) * part - 0.5f, (y + 0.5f) * part - 0.5f, dx * part, dy * part,
    (x - grid->x) / grid->step, (y - grid->y) / grid->step, dx / grid->step, dy / grid->step, 0,
    grid->still ? 0 : width };

  clip_pixels (row.u, row.du, 0, grid->width - 1.01f, &row.first, &row.last);
  clip_pixels (row.v, row.dv, 0, grid->height - 1.01f, &row.first, &row.last);
  return row;
}

/* Bilinear; x and y in 1/65536 px. The border of the plane is repeated beyond it. */
static inline guint16
sample (const GstMicroexprTestPlane *plane, int x, int y)
{
  const guint16 *p;
  guint fx, fy, upper, lower;

  x = CLAMP (x, 0, (plane->width - 1) * ONE - 1);
  y = CLAMP (y, 0, (plane->height - 1) * ONE - 1);
  p = plane->values + (gsize)(y >> 16) * plane->width + (x >> 16);
  fx = (x >> 8) & 255;
  fy = (y >> 8) & 255;
  upper = p[0] * (256 - fx) + p[1] * fx;
  lower = p[plane->width] * (256 - fx) + p[plane->width + 1] * fx;
  return (guint16)((upper * (256 - fy) + lower * fy) >> 16);
}

static void
sample_still (const GstMicroexprTestPlane *plane, const Row *row, int first, int last, guint16 *out)
{
  int dx = (int)lrintf (row->dx * ONE), dy = (int)lrintf (row->dy * ONE);
  int x = (int)lrintf ((row->x + row->dx * first) * ONE);
  int y = (int)lrintf ((row->y + row->dy * first) * ONE);

  for (int i = first; i < last; i++, x += dx, y += dy)
    out[i] = sample (plane, x, y);
}

static void
sample_displaced (const GstMicroexprTestPlane *plane, const Row *row,
    const GstMicroexprTestGrid *grid, guint16 *out)
{
  float part = plane->shift ? 0.5f : 1;

  for (int i = row->first; i < row->last; i++) {
    float u = row->u + row->du * i, v = row->v + row->dv * i;
    int column = (int)u, line = (int)v;
    float fu = u - column, fv = v - line;
    const MePoint *p = grid->source + (gsize)line * grid->width + column;
    const MePoint *q = p + grid->width;
    float sx =
        (p[0].x * (1 - fu) + p[1].x * fu) * (1 - fv) + (q[0].x * (1 - fu) + q[1].x * fu) * fv;
    float sy =
        (p[0].y * (1 - fu) + p[1].y * fu) * (1 - fv) + (q[0].y * (1 - fu) + q[1].y * fu) * fv;

    out[i] = sample (plane, (int)((row->x + row->dx * i + part * sx) * ONE),
        (int)((row->y + row->dy * i + part * sy) * ONE));
  }
}

/* How a row of canvas values becomes bytes. */
typedef struct
{
  float neutral;         /* value that light does not change: black, or no colour */
  float gain, gain_step; /* of the first pixel, and what each pixel adds */
  float noise;           /* of a canvas value per unit of the table */
  const gint16 *table;   /* noise of the first pixel */
} Finish;

static inline guint8
finish_value (const Finish *finish, guint16 value, int i)
{
  const float unit = 1.0f / (1 << GST_MICROEXPR_TEST_FRACTION_BITS);
  float light = finish->gain + finish->gain_step * i;
  float level =
      finish->neutral + (value - finish->neutral) * light + finish->table[i] * finish->noise;

  level = level * unit + 0.5f;
  level = level < 0 ? 0 : level;
  return (guint8)(int)(level > 255 ? 255 : level);
}

static void
finish_row (const Finish *finish, const guint16 *values, guint8 *out, int pixel_stride, int width)
{
  if (pixel_stride == 1) { /* the common case, for the vectoriser */
    for (int i = 0; i < width; i++)
      out[i] = finish_value (finish, values[i], i);
  } else {
    for (int i = 0; i < width; i++)
      out[(gsize)i * pixel_stride] = finish_value (finish, values[i], i);
  }
}

static float
neutral_level (const GstVideoInfo *info, const GstMicroexprTestPlane *plane)
{
  gboolean full = info->colorimetry.range == GST_VIDEO_COLOR_RANGE_0_255;
  float level = plane->chroma ? 128 : GST_VIDEO_INFO_IS_RGB (info) || full ? 0 : 16;

  return level * (1 << GST_MICROEXPR_TEST_FRACTION_BITS);
}

static void
draw_component (GstMicroexprTestWarp *warp, const GstMicroexprTestScene *scene,
    const Inverse *inverse, const GstMicroexprTestGrid *grid, GstVideoFrame *frame, guint component)
{
  const GstVideoFormatInfo *finfo = frame->info.finfo;
  const GstMicroexprTestPlane *plane = &warp->canvas->planes[component];
  const GstMicroexprTestLight *light = &scene->light;
  int width = GST_VIDEO_FRAME_COMP_WIDTH (frame, component);
  int height = GST_VIDEO_FRAME_COMP_HEIGHT (frame, component);
  int pixel_stride = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, component);
  guint8 *out = GST_VIDEO_FRAME_COMP_DATA (frame, component);
  float columns = (float)(1 << GST_VIDEO_FORMAT_INFO_W_SUB (finfo, component));
  float rows = (float)(1 << GST_VIDEO_FORMAT_INFO_H_SUB (finfo, component));
  float step = columns * warp->pixel_aspect, frame_x = step / 2 - 0.5f;
  Finish finish = { .neutral = neutral_level (&frame->info, plane),
    .noise = warp->noise * (plane->chroma ? CHROMA_NOISE : 1) *
             (1 << GST_MICROEXPR_TEST_FRACTION_BITS) / NOISE_UNIT };

  for (int y = 0; y < height; y++) {
    Row row = place_row (inverse, grid, plane, frame_x, step, rows * y + rows / 2 - 0.5f, width);
    float gain =
        light->gain *
        (1 + light->flicker * cosf (light->flicker_phase + light->flicker_turn * y / height));

    sample_still (plane, &row, 0, row.first, warp->row);
    sample_displaced (plane, &row, grid, warp->row);
    sample_still (plane, &row, row.last, width, warp->row);
    finish.gain = gain * (1 - light->gain_slope / 2);
    finish.gain_step = gain * light->gain_slope / width;
    finish.table =
        warp->noise_table +
        gst_microexpr_test_mix (scene->noise + 4 * (guint64)y + component) % NOISE_LENGTH;
    finish_row (&finish, warp->row, out, pixel_stride, width);
    out += GST_VIDEO_FRAME_COMP_STRIDE (frame, component);
  }
}

static void
fill_opaque (GstVideoFrame *frame)
{
  int pixel_stride = GST_VIDEO_FRAME_COMP_PSTRIDE (frame, GST_VIDEO_COMP_A);
  guint8 *out = GST_VIDEO_FRAME_COMP_DATA (frame, GST_VIDEO_COMP_A);

  for (int y = 0; y < GST_VIDEO_FRAME_HEIGHT (frame); y++) {
    for (int x = 0; x < GST_VIDEO_FRAME_WIDTH (frame); x++)
      out[(gsize)x * pixel_stride] = 255;
    out += GST_VIDEO_FRAME_COMP_STRIDE (frame, GST_VIDEO_COMP_A);
  }
}

static float
parted (const GstMicroexprTestScene *scene, GstMicroexprTestSurface surface)
{
  return MIN (1, scene->parted[surface] / WHOLLY_PARTED);
}

void
gst_microexpr_test_warp_draw (
    GstMicroexprTestWarp *warp, const GstMicroexprTestScene *scene, GstVideoFrame *frame)
{
  Inverse inverse = invert_pose (warp, &scene->pose);
  const GstMicroexprTestGrid *grid = gst_microexpr_test_field_update (warp->field, scene->motion);
  GstMicroexprTestEye eye = scene->eye;

  eye.gaze_x *= warp->canvas->ipd / 100;
  eye.gaze_y *= warp->canvas->ipd / 100;
  eye.parted = parted (scene, GST_MICROEXPR_TEST_LIDS);
  gst_microexpr_test_lids_paint (warp->lids, &eye, warp->field);
  gst_microexpr_test_mouth_paint (
      warp->mouth, warp->field, parted (scene, GST_MICROEXPR_TEST_LIPS));
  for (guint i = 0; i < warp->canvas->n_planes; i++)
    draw_component (warp, scene, &inverse, grid, frame, i);
  if (GST_VIDEO_INFO_HAS_ALPHA (&frame->info))
    fill_opaque (frame);
}

MeBox
gst_microexpr_test_warp_face_box (
    const GstMicroexprTestWarp *warp, const GstMicroexprTestPose *pose)
{
  MePoint pivot = pivot_in_frame (warp, pose);
  float scale = warp->scale * pose->magnification;
  float cosine = scale * cosf (pose->angle), sine = scale * sinf (pose->angle);
  float low_x = G_MAXFLOAT, low_y = G_MAXFLOAT, high_x = -G_MAXFLOAT, high_y = -G_MAXFLOAT;
  int width = GST_VIDEO_INFO_WIDTH (&warp->info), height = GST_VIDEO_INFO_HEIGHT (&warp->info);
  int x, y;

  for (guint i = 0; i < ME_N_LANDMARKS; i++) {
    float dx = warp->canvas->landmarks[i].x - warp->canvas_eyes.x;
    float dy = warp->canvas->landmarks[i].y - warp->canvas_eyes.y - PIVOT * warp->canvas->ipd;
    float px = (pivot.x + cosine * dx - sine * dy) / warp->pixel_aspect;
    float py = pivot.y + sine * dx + cosine * dy;

    low_x = MIN (low_x, px);
    high_x = MAX (high_x, px);
    low_y = MIN (low_y, py);
    high_y = MAX (high_y, py);
  }
  x = CLAMP ((int)floorf (low_x), 0, width);
  y = CLAMP ((int)floorf (low_y), 0, height);
  return (MeBox){ x, y, CLAMP ((int)ceilf (high_x), x, width) - x,
    CLAMP ((int)ceilf (high_y), y, height) - y };
}
