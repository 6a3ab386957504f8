/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "expression.h"

#include "damage.h"

#include <cstring>

#include "anatomy/au-motion.h"

namespace {

constexpr float FIELD_IPD = 100;  /* px of the canvas on which the field is computed */
constexpr float LID_SKIN = 0.17f; /* IPD above the lid's edge: skin that stretches when it closes */
constexpr float MOST = 14;        /* % IPD, of one action unit */

/* Value at x of the polyline through (xs, ys). */
float
polygon (const float *xs, const float *ys, int n, float x)
{
  int i = 0;
  while (i < n - 2 && x > xs[i + 1])
    i++;
  float t = std::clamp ((x - xs[i]) / (xs[i + 1] - xs[i]), 0.0f, 1.0f);
  return ys[i] + t * (ys[i + 1] - ys[i]);
}

/* Value at x of the cubic through four points. */
float
cubic (const float *xs, const float *ys, float x)
{
  float y = 0;
  for (int i = 0; i < 4; i++) {
    float weight = 1;
    for (int j = 0; j < 4; j++)
      if (j != i)
        weight *= (x - xs[j]) / (xs[i] - xs[j]);
    y += weight * ys[i];
  }
  return y;
}

float
smooth (float t)
{
  t = std::clamp (t, 0.0f, 1.0f);
  return t * t * (3 - 2 * t);
}

bool
is_lower (int landmark)
{
  return (landmark > ME_LANDMARK_LEFT_LIP_CORNER && landmark < ME_LANDMARK_INNER_LIPS) ||
         (landmark > ME_LANDMARK_LEFT_INNER_LIP_CORNER && landmark < ME_LANDMARK_CHIN) ||
         (landmark >= ME_LANDMARK_CHIN && landmark <= ME_LANDMARK_CHIN_BOSS);
}

} // namespace

Expression::Expression (const MePoint at_rest[ME_N_LANDMARKS])
{
  MePoint canvas[ME_N_LANDMARKS];

  memcpy (rest, at_rest, sizeof rest);
  for (int i = 0; i < ME_N_LANDMARKS; i++)
    canvas[i] = { rest[i].x * FIELD_IPD, rest[i].y * FIELD_IPD };
  field = gst_microexpr_test_field_new (canvas);
  me_facial_points_place (rest, points);
  for (int side = 0; side < 2; side++) {
    const MePoint *eye = me_eye_landmarks (rest, side ? ME_LEFT : ME_RIGHT);
    static const int upper[] = { ME_EYE_CORNER_1, ME_EYE_UPPER_LID_1, ME_EYE_UPPER_LID_2,
      ME_EYE_CORNER_2 };
    static const int lower[] = { ME_EYE_CORNER_1, ME_EYE_LOWER_LID_1, ME_EYE_LOWER_LID_2,
      ME_EYE_CORNER_2 };
    for (int i = 0; i < 4; i++) {
      eyes[side].x[i] =
          eye[ME_EYE_CORNER_1].x + (eye[ME_EYE_CORNER_2].x - eye[ME_EYE_CORNER_1].x) * (float)i / 3;
      float ux[4], uy[4], lx[4], ly[4];
      for (int j = 0; j < 4; j++) {
        ux[j] = eye[upper[j]].x, uy[j] = eye[upper[j]].y;
        lx[j] = eye[lower[j]].x, ly[j] = eye[lower[j]].y;
      }
      eyes[side].upper[i] = cubic (ux, uy, eyes[side].x[i]);
      eyes[side].lower[i] = cubic (lx, ly, eyes[side].x[i]);
    }
  }
}

Expression::~Expression ()
{
  gst_microexpr_test_field_free (field);
}

void
Expression::draw (bool moved, bool open_mouth, float lids, Random &random)
{
  memset (motion, 0, sizeof motion);
  closure = jaw = 0;
  depth = (float)uniform (random, 12, 60);
  teeth = chance (random, 0.6) ? (float)uniform (random, 0.03, 0.13) : 0;
  gleam = (float)uniform (random, 120, 230);
  int units = moved && chance (random, 0.7) ? (int)uniform (random, 1, 5) : 0;
  for (int n = 0; n < units; n++) {
    MeAu au = (MeAu)(int)uniform (random, 0, ME_AU45);
    MeSide side = chance (random, 0.75) ? ME_MIDLINE : chance (random, 0.5) ? ME_LEFT : ME_RIGHT;
    float strength = (float)uniform (random, 1, MOST);
    MePoint unit[ME_N_POINTS];
    me_au_point_motion (au, side, unit);
    for (int i = 0; i < ME_N_POINTS; i++) {
      motion[i].x += strength * unit[i].x;
      motion[i].y += strength * unit[i].y;
    }
  }
  if (open_mouth || (moved && chance (random, 0.35)))
    jaw = (float)(chance (random, 0.5) ? uniform (random, 0.03, 0.18) : uniform (random, 0.1, 0.5));
  if (moved && chance (random, 0.2))
    closure = (float)uniform (random, 0.2, 1.0);
  shadow = lashes = 0, dim = 1;
  if (lids >= 0) {
    closure = lids;
    if (chance (random, 0.6))
      shadow = (float)uniform (random, 0, 0.65);
    shadow_width = (float)uniform (random, 0.12, 0.3);
    if (chance (random, 0.5))
      dim = (float)uniform (random, 0.4, 1);
    if (chance (random, 0.5))
      lashes = (float)uniform (random, 0.1, 0.8);
    lash_width = (float)uniform (random, 0.01, 0.04);
  }
  grid = gst_microexpr_test_field_update (field, motion);
}

/* y of the line between the closed lips. */
float
Expression::line (float x) const
{
  const MePoint &right_upper = rest[ME_LANDMARK_RIGHT_INNER_UPPER_LIP],
                &right_lower = rest[ME_LANDMARK_RIGHT_INNER_LOWER_LIP],
                &middle_upper = rest[ME_LANDMARK_INNER_UPPER_LIP_MIDDLE],
                &middle_lower = rest[ME_LANDMARK_INNER_LOWER_LIP_MIDDLE],
                &left_upper = rest[ME_LANDMARK_LEFT_INNER_UPPER_LIP],
                &left_lower = rest[ME_LANDMARK_LEFT_INNER_LOWER_LIP];
  float xs[] = { rest[ME_LANDMARK_RIGHT_LIP_CORNER].x, right_upper.x, middle_upper.x, left_upper.x,
    rest[ME_LANDMARK_LEFT_LIP_CORNER].x };
  float ys[] = { rest[ME_LANDMARK_RIGHT_LIP_CORNER].y, (right_upper.y + right_lower.y) / 2,
    (middle_upper.y + middle_lower.y) / 2, (left_upper.y + left_lower.y) / 2,
    rest[ME_LANDMARK_LEFT_LIP_CORNER].y };

  return polygon (xs, ys, 5, x);
}

/* 1 in the middle of the mouth, 0 at its corners and beyond. */
float
Expression::opening (float x) const
{
  float middle = (rest[ME_LANDMARK_RIGHT_LIP_CORNER].x + rest[ME_LANDMARK_LEFT_LIP_CORNER].x) / 2;
  float half =
      0.92f * (rest[ME_LANDMARK_LEFT_LIP_CORNER].x - rest[ME_LANDMARK_RIGHT_LIP_CORNER].x) / 2;
  float u = (x - middle) / half;

  return u * u < 1 ? sqrtf (1 - u * u) : 0;
}

/* How far the skin at p (at rest) drops with the jaw. */
float
Expression::drop (MePoint p) const
{
  float below = smooth ((p.y - line (p.x)) / 0.5f);
  float with_jaw = expf (-p.x * p.x / (0.8f * 0.8f));
  float neck = smooth ((p.y - rest[ME_LANDMARK_CHIN_MIDDLE].y - 0.05f) / 1.3f);

  return jaw * (opening (p.x) * (1 - below) + with_jaw * below) * (1 - neck);
}

MePoint
Expression::forth (int landmark) const
{
  MePoint p = rest[landmark];

  for (int side = 0; closure > 0 && side < 2; side++) {
    int first = side ? ME_LANDMARK_LEFT_EYE : ME_LANDMARK_RIGHT_EYE;
    if (landmark == first + ME_EYE_UPPER_LID_1 || landmark == first + ME_EYE_UPPER_LID_2)
      p.y += closure * (cubic (eyes[side].x, eyes[side].lower, p.x) - p.y);
  }
  if (is_lower (landmark))
    p.y += drop (p);
  MePoint d = me_au_field (points, motion, 1, p);
  return { p.x + d.x / 100, p.y + d.y / 100 };
}

MePoint
Expression::unmove (MePoint p) const
{
  if (grid->still)
    return p;
  float x = (p.x * FIELD_IPD - grid->x) / grid->step, y = (p.y * FIELD_IPD - grid->y) / grid->step;
  if (x < 0 || y < 0 || x >= (float)grid->width - 1.001f || y >= (float)grid->height - 1.001f)
    return p;
  int x0 = (int)x, y0 = (int)y;
  float fx = x - (float)x0, fy = y - (float)y0;
  const MePoint *a = grid->source + y0 * grid->width + x0, *b = a + grid->width;
  float dx = (a[0].x * (1 - fx) + a[1].x * fx) * (1 - fy) + (b[0].x * (1 - fx) + b[1].x * fx) * fy;
  float dy = (a[0].y * (1 - fx) + a[1].y * fx) * (1 - fy) + (b[0].y * (1 - fx) + b[1].y * fx) * fy;
  return { p.x + dx / FIELD_IPD, p.y + dy / FIELD_IPD };
}

MePoint
Expression::undrop (MePoint p, float *inside) const
{
  float above = line (p.x), gap = jaw * opening (p.x);

  if (jaw == 0 || p.y <= above)
    return p;
  if (p.y < above + gap) {
    *inside = gap;
    return p;
  }
  float low = std::max (above, p.y - jaw), high = p.y;
  for (int i = 0; i < 8; i++) {
    float y = (low + high) / 2;
    (y + drop ({ p.x, y }) < p.y ? low : high) = y;
  }
  return { p.x, (low + high) / 2 };
}

MePoint
Expression::unblink (MePoint p) const
{
  for (int side = 0; closure > 0 && side < 2; side++) {
    const Eye &eye = eyes[side];
    if (p.x <= eye.x[0] || p.x >= eye.x[3])
      continue;
    float upper = cubic (eye.x, eye.upper, p.x), lower = cubic (eye.x, eye.lower, p.x);
    float edge = upper + closure * std::max (0.0f, lower - upper), top = upper - LID_SKIN;
    if (p.y > top && p.y < edge)
      return { p.x, top + (p.y - top) * (upper - top) / (edge - top) };
  }
  return p;
}

/* Deep-set eyes lie in the shadow of the brows; lashes are where the lid ends. */
float
Expression::eye (float value, MePoint p) const
{
  for (int side = 0; side < 2; side++) {
    const Eye &eye = eyes[side];
    float dx = p.x - (eye.x[0] + eye.x[3]) / 2, dy = p.y - (eye.upper[1] + eye.lower[1]) / 2;
    if (shadow > 0)
      value *= 1 - shadow * expf (-(dx * dx / 2 + dy * dy) / (shadow_width * shadow_width));
    if (p.x <= eye.x[0] || p.x >= eye.x[3])
      continue;
    float upper = cubic (eye.x, eye.upper, p.x), lower = cubic (eye.x, eye.lower, p.x);
    float off = fabsf (p.y - upper) / lash_width;
    if (p.y > upper && p.y < lower)
      value *= dim;
    if (off < 1)
      value *= 1 - lashes * (1 - off);
  }
  return value;
}

MePoint
Expression::back (MePoint p, float *inside) const
{
  p = unmove (p);
  p = undrop (p, inside);
  return *inside > 0 ? p : unblink (p);
}

float
Expression::mouth (MePoint p, float inside) const
{
  MePoint q = unmove (p);
  float below = q.y - line (q.x), value = depth * (0.6f + 0.8f * below / inside);

  if (below < teeth)
    value = gleam * (0.75f + 0.25f * opening (q.x)) *
            (fabsf (fmodf (q.x + 5, 0.085f) - 0.0425f) < 0.004f ? 0.8f : 1);
  return value;
}
