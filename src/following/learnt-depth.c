/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recursive least squares, each point by itself. An expression moves a point as well; the further
 * the motion is from what differs between heads, the less it counts. A weak expression that is held
 * while the head stays turned is still learnt in part. */
#include "learnt-depth.h"

#include "anatomy/facial-depth.h"
#include "finding/crop.h"

#include <string.h>

#define LEAST_TURN_PX 2.0f /* as in MeHeadMotion: less tells nothing */
#define LONGEST_S 0.1f     /* for which one measurement speaks */
#define MATCH 0.7f         /* of a patch that has a say */
#define PRIOR 10.0f        /* px^2 s: what the mean head is worth */
#define UNUSUAL 0.15f      /* IPD: heads hardly differ by more from the mean one */
#define MOST 0.20f         /* IPD */

void
me_learnt_depth_reset (MeLearntDepth *d)
{
  memcpy (d->at, me_facial_depth, sizeof d->at);
  memset (d->seen, 0, sizeof d->seen);
}

void
me_learnt_depth_update (MeLearntDepth *d, const MePoint motion[ME_N_POINTS],
    const float match[ME_N_POINTS], MePoint turn, float elapsed_s)
{
  float square = turn.x * turn.x + turn.y * turn.y;

  if (square < LEAST_TURN_PX * LEAST_TURN_PX)
    return;
  elapsed_s = MIN (elapsed_s, LONGEST_S);
  for (int i = 0; i < ME_N_POINTS; i++) {
    float along = (motion[i].x * turn.x + motion[i].y * turn.y) / ME_CROP_PERCENT;
    float error = along / square, unusual = error / UNUSUAL, said;
    if (match[i] < MATCH)
      continue;
    said = square * elapsed_s / ((1 + unusual * unusual) * (1 + unusual * unusual));
    d->seen[i] += said;
    d->at[i] += error * said / (d->seen[i] + PRIOR);
    d->at[i] = CLAMP (d->at[i], me_facial_depth[i] - MOST, me_facial_depth[i] + MOST);
  }
}
