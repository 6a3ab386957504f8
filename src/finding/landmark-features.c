/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Oriented gradients, interleaved so that the orientations of one pixel form a vector. */
#include "landmark-features.h"

#include "common/vectorised.h"

#include <math.h>

#define N ME_LANDMARK_ORIENTATIONS
#define LEAST_CONTRAST 4.0f /* luma across two px; weaker gradients are noise */

/* The component of the gradient at a pixel along each direction, 0 where negative. */
static inline void
split (const float *patch, int size, int x, int y, float out[N])
{
  static const float cosine[N] = { 1, (float)M_SQRT1_2, 0, -(float)M_SQRT1_2, -1, -(float)M_SQRT1_2,
    0, (float)M_SQRT1_2 };
  static const float sine[N] = { 0, (float)M_SQRT1_2, 1, (float)M_SQRT1_2, 0, -(float)M_SQRT1_2, -1,
    -(float)M_SQRT1_2 };
  int left = MAX (x - 1, 0), right = MIN (x + 1, size - 1);
  int up = MAX (y - 1, 0), down = MIN (y + 1, size - 1);
  float gx = patch[y * size + right] - patch[y * size + left];
  float gy = patch[down * size + x] - patch[up * size + x];

  for (int i = 0; i < N; i++) {
    float along = cosine[i] * gx + sine[i] * gy;
    out[i] = along > 0 ? along : 0;
  }
}

/* Binomial filter, 1 4 6 4 1, across five rows of n values. */
static inline void
blur (const float *const row[5], float *restrict to, int n)
{
  for (int i = 0; i < n; i++)
    to[i] =
        0.0625f * (row[0][i] + row[4][i]) + 0.25f * (row[1][i] + row[3][i]) + 0.375f * row[2][i];
}

/* Splits by orientation and blurs horizontally into scratch, then vertically into the maps. */
ME_VECTORISED static void
draw_maps (const float *patch, int size, float *restrict maps, float *restrict scratch)
{
  float line[(ME_LANDMARK_PATCH_PX + 4) * N]; /* a row, its ends repeated */
  int n = size * N;

  for (int y = 0; y < size; y++) {
    for (int x = -2; x < size + 2; x++)
      split (patch, size, CLAMP (x, 0, size - 1), y, line + (x + 2) * N);
    const float *shifted[] = { line, line + N, line + 2 * N, line + 3 * N, line + 4 * N };
    blur (shifted, scratch + y * n, n);
  }
  for (int y = 0; y < size; y++) {
    const float *row[5];
    for (int i = 0; i < 5; i++)
      row[i] = scratch + CLAMP (y + i - 2, 0, size - 1) * n;
    blur (row, maps + y * n, n);
  }
}

MeSimilarity
me_landmark_pose (
    const MePoint mean[ME_N_LANDMARKS], const MePoint shape[ME_N_LANDMARKS], int size_px)
{
  MePoint on_patch[ME_N_LANDMARKS];

  for (int i = 0; i < ME_N_LANDMARKS; i++)
    on_patch[i] = (MePoint){ mean[i].x * (float)size_px, mean[i].y * (float)size_px };
  return me_similarity_fit (on_patch, shape, ME_N_LANDMARKS);
}

gboolean
me_landmark_look (MeLandmarkRoom *room, MeCropper *cropper, const MeFrame *frame,
    const MeSimilarity *pose, int size_px)
{
  g_return_val_if_fail (size_px > 1 && size_px <= ME_LANDMARK_PATCH_PX, FALSE);
  room->maps.size_px = size_px;
  if (!me_cropper_sample (cropper, frame, pose, room->patch, size_px))
    return FALSE;
  draw_maps (room->patch, size_px, room->maps.values, room->scratch.values);
  return TRUE;
}

static inline void
sample (const MeLandmarkMaps *maps, float x, float y, float out[N])
{
  int size = maps->size_px;

  x = CLAMP (x, 0.0f, (float)size - 1.001f);
  y = CLAMP (y, 0.0f, (float)size - 1.001f);
  int x0 = (int)x, y0 = (int)y;
  float fx = x - (float)x0, fy = y - (float)y0;
  float w00 = (1 - fx) * (1 - fy), w01 = fx * (1 - fy), w10 = (1 - fx) * fy, w11 = fx * fy;
  const float *p = maps->values + (y0 * size + x0) * N, *q = p + size * N;

  for (int i = 0; i < N; i++)
    out[i] = w00 * p[i] + w01 * p[i + N] + w10 * q[i] + w11 * q[i + N];
}

static inline void
normalise (float *descriptor)
{
  float square = LEAST_CONTRAST * LEAST_CONTRAST * ME_LANDMARK_CELLS;

  for (int i = 0; i < ME_LANDMARK_DESCRIPTOR; i++)
    square += descriptor[i] * descriptor[i];
  float scale = 1 / sqrtf (square);
  for (int i = 0; i < ME_LANDMARK_DESCRIPTOR; i++)
    descriptor[i] *= scale;
}

ME_VECTORISED void
me_landmark_describe (const MeLandmarkRoom *room, const MeSimilarity *pose,
    const MePoint shape[ME_N_LANDMARKS], float spacing, float features[ME_N_LANDMARK_FEATURES])
{
  float step = spacing * (float)room->maps.size_px;

  for (int i = 0; i < ME_N_LANDMARKS; i++) {
    MePoint middle = me_similarity_invert (pose, shape[i]);
    float *descriptor = features + i * ME_LANDMARK_DESCRIPTOR;
    for (int cell = 0; cell < ME_LANDMARK_CELLS; cell++)
      sample (&room->maps, middle.x + step * (float)(cell % 3 - 1),
          middle.y + step * (float)(cell / 3 - 1), descriptor + cell * N);
    normalise (descriptor);
  }
}
