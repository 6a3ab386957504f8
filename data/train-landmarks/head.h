/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A head that turns, under light from one direction: the frontal picture is mapped onto a rough
 * head shape. Places in IPD. */
#pragma once

#include "anatomy/facial-points.h"
#include "anatomy/landmarks.h"
#include "random.h"

#include <opencv2/core.hpp>

class Head {
public:
  Head (bool turned, bool lit, Random &random)
  {
    if (lit && chance (random, 0.5)) {
      float angle = (float)uniform (random, 0, 2 * M_PI), slant = (float)uniform (random, 0.3, 1.2);
      light[0] = sinf (slant) * cosf (angle);
      light[1] = sinf (slant) * sinf (angle);
      light[2] = cosf (slant);
      ambient = (float)uniform (random, 0.25, 0.8);
    }
    if (!turned)
      return;
    roll = (float)std::clamp (normal (random) * 11, -25.0, 25.0) * degree;
    yaw = (float)std::clamp (normal (random) * 11, -28.0, 28.0) * degree;
    pitch = (float)std::clamp (normal (random) * 8, -20.0, 20.0) * degree;
  }

  /* From the frontal face to the picture. */
  MePoint
  forth (MePoint p) const
  {
    float z = depth (p), x = p.x * cosf (yaw) + z * sinf (yaw),
          d = z * cosf (yaw) - p.x * sinf (yaw);
    float y = p.y * cosf (pitch) - d * sinf (pitch);
    return { x * cosf (roll) - y * sinf (roll), x * sinf (roll) + y * cosf (roll) };
  }

  MePoint
  back (MePoint q) const
  {
    float x = q.x * cosf (roll) + q.y * sinf (roll), y = q.y * cosf (roll) - q.x * sinf (roll);
    MePoint p = { x, y };
    if (yaw == 0 && pitch == 0)
      return p;
    for (int i = 0; i < 6; i++) {
      float z = depth (p), d = z * cosf (yaw) - p.x * sinf (yaw);
      p = { (x - z * sinf (yaw)) / cosf (yaw), (y + d * sinf (pitch)) / cosf (pitch) };
    }
    return p;
  }

  /* Brightness of the skin, relative to that in the photograph. */
  float
  shade (MePoint p) const
  {
    static constexpr float step = 0.03f;
    if (ambient >= 1)
      return 1;
    float dx = (depth ({ p.x + step, p.y }) - depth ({ p.x - step, p.y })) / (2 * step);
    float dy = (depth ({ p.x, p.y + step }) - depth ({ p.x, p.y - step })) / (2 * step);
    float cosine = (light[2] - dx * light[0] - dy * light[1]) / sqrtf (1 + dx * dx + dy * dy);
    return ambient + (1 - ambient) * std::max (0.0f, cosine);
  }

private:
  float light[3] = { 0, 0, 1 }, ambient = 1;
  static constexpr float degree = (float)M_PI / 180;
  float roll = 0, yaw = 0, pitch = 0; /* radians */

  /* Depth of the surface in front of the plane of the eyes: an ellipsoid plus nose, eyes, brows and
   * chin. */
  static float
  depth (MePoint p)
  {
    float u = p.x / 1.35f, v = (p.y - 0.45f) / 1.75f, shell = std::max (0.06f, 1 - u * u - v * v);
    float rise = std::clamp (p.y / 0.6f, 0.0f, 1.0f),
          fall = std::clamp ((0.82f - p.y) / 0.2f, 0.0f, 1.0f);
    float nose = 0.36f * rise * fall * expf (-p.x * p.x / (2 * 0.13f * 0.13f));
    float side = fabsf (p.x) - 0.5f;
    float eyes =
        -0.1f * expf (-(side * side / (2 * 0.22f * 0.22f) + p.y * p.y / (2 * 0.12f * 0.12f)));
    float brows = 0.05f * expf (-(side * side / (2 * 0.3f * 0.3f) +
                                  (p.y + 0.28f) * (p.y + 0.28f) / (2 * 0.08f * 0.08f)));
    float chin = 0.08f * expf (-(p.x * p.x + (p.y - 1.6f) * (p.y - 1.6f)) / (2 * 0.25f * 0.25f));
    return 1.1f * sqrtf (shell) - 1.0f + nose + eyes + brows + chin;
  }
};
