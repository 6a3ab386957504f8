/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The frame of a portrait. Similarities are cairo_matrix_t with xx = yy and xy = -yx. */
#include "portrait.h"

#define EYES_Y (0.38 * REVIEW_PORTRAIT_HEIGHT)

/* Landmarks of the eyes: docs/landmarks.md. The person's right eye is on the left of the picture.
 */
#define RIGHT_EYE 19
#define LEFT_EYE 25
#define EYE_LANDMARKS 6

typedef struct
{
  double x, y;
} Point;

static Point
mean (const AppMoment *moment, guint first, guint n, double pixel_aspect)
{
  Point sum = { 0, 0 };

  for (guint i = first; i < first + n; i++) {
    sum.x += moment->landmarks[i][0] * pixel_aspect;
    sum.y += moment->landmarks[i][1];
  }
  return (Point){ sum.x / n, sum.y / n };
}

/* The similarity with the linear part (a, b) that brings `from` to `to`. */
static cairo_matrix_t
similarity (double a, double b, Point from, Point to)
{
  cairo_matrix_t m;

  cairo_matrix_init (
      &m, a, b, -b, a, to.x - (a * from.x - b * from.y), to.y - (b * from.x + a * from.y));
  return m;
}

cairo_matrix_t
review_portrait_place (const AppMoment *moment, double pixel_aspect)
{
  Point right = mean (moment, RIGHT_EYE, EYE_LANDMARKS, pixel_aspect);
  Point left = mean (moment, LEFT_EYE, EYE_LANDMARKS, pixel_aspect);
  Point middle = { (right.x + left.x) / 2, (right.y + left.y) / 2 };

  return similarity ((left.x - right.x) / REVIEW_PORTRAIT_IPD,
      (left.y - right.y) / REVIEW_PORTRAIT_IPD, (Point){ REVIEW_PORTRAIT_WIDTH / 2.0, EYES_Y },
      middle);
}

/* Least squares in complex numbers: sum (conj (p) q) / sum |p|^2 about the means. */
cairo_matrix_t
review_portrait_follow (
    const cairo_matrix_t *place, const AppMoment *from, const AppMoment *to, double pixel_aspect)
{
  Point p0 = mean (from, 0, APP_N_LANDMARKS, pixel_aspect);
  Point q0 = mean (to, 0, APP_N_LANDMARKS, pixel_aspect);
  double a = 0, b = 0, square = 0;
  cairo_matrix_t moved, result;

  for (guint i = 0; i < APP_N_LANDMARKS; i++) {
    Point p = { from->landmarks[i][0] * pixel_aspect - p0.x, from->landmarks[i][1] - p0.y };
    Point q = { to->landmarks[i][0] * pixel_aspect - q0.x, to->landmarks[i][1] - q0.y };

    a += p.x * q.x + p.y * q.y;
    b += p.x * q.y - p.y * q.x;
    square += p.x * p.x + p.y * p.y;
  }
  square = MAX (square, 1e-9);
  moved = similarity (a / square, b / square, p0, q0);
  cairo_matrix_multiply (&result, place, &moved);
  return result;
}
