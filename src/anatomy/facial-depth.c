/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Depth of the facial points of a mean head: made by data/ict-facekit from the mesh of ICT-FaceKit
 * (DATA-LICENSES.md). */
#include "facial-depth.h"

/* clang-format off */
const float me_facial_depth[ME_N_POINTS] = {
  -0.354f, -0.181f, -0.046f, 0.054f, 0.093f, 0.093f, 0.054f, -0.046f, -0.181f,
  -0.354f, 0.087f, 0.185f, 0.309f, 0.426f, 0.161f, 0.233f, 0.235f, 0.233f,
  0.161f, -0.207f, -0.113f, -0.070f, -0.089f, -0.094f, -0.137f, -0.089f, -0.070f,
  -0.113f, -0.207f, -0.137f, -0.094f, 0.036f, 0.158f, 0.228f, 0.257f, 0.228f,
  0.158f, 0.036f, 0.118f, 0.174f, 0.204f, 0.174f, 0.118f, 0.052f, 0.178f,
  0.215f, 0.178f, 0.052f, 0.166f, 0.203f, 0.166f, 0.024f, 0.068f, 0.024f,
  0.140f, 0.103f, 0.045f, 0.045f, -0.122f, -0.122f, -0.024f, -0.215f, -0.215f,
  -0.350f, -0.350f, -0.072f, -0.072f, -0.154f, -0.154f, -0.052f, -0.052f, -0.094f,
  -0.094f, 0.108f, 0.108f, -0.405f, -0.197f, -0.078f, -0.405f, -0.197f, -0.078f,
};
/* clang-format on */
