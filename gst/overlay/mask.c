/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The shape of what is drawn over a face to hide it. The box and the landmarks of the analysis end
 * inside the face; the masks reach over hair, ears and jaw. */
#include "mask.h"

#include <math.h>

#include "anatomy/landmarks.h"

/* The box ends at the brows and the chin. In sizes of the box. */
#define BOX_HALF_WIDTH 0.70
#define BOX_HALF_HEIGHT 0.82
#define BOX_UP 0.06
/* So do the landmarks. In extents of the landmarks. */
#define LANDMARKS_HALF_WIDTH 0.78
#define LANDMARKS_ABOVE 0.65
#define LANDMARKS_BELOW 0.18
#define LANDMARKS_MARGIN 1.12

/* FALSE: there is no box. */
static gboolean
mask_of_box (const GstStructure *s, GstMicroexprMask *mask)
{
  guint x, y, width, height;

  if (!gst_structure_get (s, "x", G_TYPE_UINT, &x, "y", G_TYPE_UINT, &y, "width", G_TYPE_UINT,
          &width, "height", G_TYPE_UINT, &height, NULL))
    return FALSE;
  *mask = (GstMicroexprMask){ x + width / 2., y + (0.5 - BOX_UP) * height,
    MAX (BOX_HALF_WIDTH * width, 1), MAX (BOX_HALF_HEIGHT * height, 1), 0 };
  return TRUE;
}

static double
coordinate (const GValue *landmarks, guint i)
{
  const GValue *value = gst_value_array_get_value (landmarks, i);

  return G_VALUE_HOLDS_DOUBLE (value) ? g_value_get_double (value) : 0;
}

/* From the person's right eye to the left one, radians. */
static double
measure_roll (const GValue *landmarks)
{
  double x = 0, y = 0;

  for (guint i = 0; i < 6; i++) {
    guint right = ME_LANDMARK_RIGHT_EYE + i, left = ME_LANDMARK_LEFT_EYE + i;
    x += coordinate (landmarks, 2 * left) - coordinate (landmarks, 2 * right);
    y += coordinate (landmarks, 2 * left + 1) - coordinate (landmarks, 2 * right + 1);
  }
  return atan2 (y, x);
}

/* FALSE: there are no landmarks. */
static gboolean
mask_of_landmarks (const GstStructure *s, GstMicroexprMask *mask)
{
  const GValue *landmarks = gst_structure_get_value (s, "landmarks");
  guint n =
      landmarks && GST_VALUE_HOLDS_ARRAY (landmarks) ? gst_value_array_get_size (landmarks) / 2 : 0;
  double angle = n == ME_N_LANDMARKS ? measure_roll (landmarks) : 0, cs = cos (angle),
         sn = sin (angle);
  double left = G_MAXDOUBLE, right = -G_MAXDOUBLE, top = G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  if (n < 3)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    double x = coordinate (landmarks, 2 * i), y = coordinate (landmarks, 2 * i + 1);
    double along = x * cs + y * sn, across = y * cs - x * sn;
    left = MIN (left, along);
    right = MAX (right, along);
    top = MIN (top, across);
    bottom = MAX (bottom, across);
  }
  double height = bottom - top, width = right - left;
  top -= LANDMARKS_ABOVE * height;
  bottom += LANDMARKS_BELOW * height;
  double u = (left + right) / 2, v = (top + bottom) / 2;
  double b = MAX ((bottom - top) / 2 * LANDMARKS_MARGIN, 1);
  double a = MAX (LANDMARKS_HALF_WIDTH * width * LANDMARKS_MARGIN, 0.7 * b);
  *mask = (GstMicroexprMask){ u * cs - v * sn, u * sn + v * cs, a, b, angle };
  return isfinite (a) && isfinite (b) && isfinite (mask->x) && isfinite (mask->y);
}

guint
gst_microexpr_masks_of_face (
    const GstStructure *face, GstMicroexprMask masks[GST_MICROEXPR_MAX_MASKS])
{
  guint n = 0;

  n += mask_of_box (face, &masks[n]);
  n += mask_of_landmarks (face, &masks[n]);
  return n;
}

gboolean
gst_microexpr_mask_row (const GstMicroexprMask *mask, double dy, double *from, double *to)
{
  double cs = cos (mask->angle), sn = sin (mask->angle);
  double aa = mask->a * mask->a, bb = mask->b * mask->b;
  double p = cs * cs / aa + sn * sn / bb, q = dy * cs * sn * (1 / aa - 1 / bb);
  double r = dy * dy * (sn * sn / aa + cs * cs / bb) - 1, root = q * q - p * r;

  if (root < 0)
    return FALSE;
  *from = (-q - sqrt (root)) / p;
  *to = (-q + sqrt (root)) / p;
  if (!isfinite (*from) || !isfinite (*to)) { /* larger than can be computed: the whole row */
    *from = -G_MAXINT;
    *to = G_MAXINT;
  }
  return TRUE;
}

GstVideoRectangle
gst_microexpr_mask_bounds (const GstMicroexprMask *mask, int width, int height)
{
  double cs = cos (mask->angle), sn = sin (mask->angle);
  double w = sqrt (mask->a * mask->a * cs * cs + mask->b * mask->b * sn * sn);
  double h = sqrt (mask->a * mask->a * sn * sn + mask->b * mask->b * cs * cs);
  int left = (int)fmin (fmax (floor (mask->x - w), 0), width);
  int top = (int)fmin (fmax (floor (mask->y - h), 0), height);
  int right = (int)fmax (fmin (ceil (mask->x + w) + 1, width), 0);
  int bottom = (int)fmax (fmin (ceil (mask->y + h) + 1, height), 0);

  return (GstVideoRectangle){ left, top, right - left, bottom - top };
}
