/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A moving face: the action units of the test source, a dropping jaw, closing lids. Places in IPD
 * from the middle between the eyes. */
#pragma once

#include "anatomy/facial-points.h"
#include "anatomy/landmarks.h"
#include "random.h"

#include "testsrc/field.h"

class Expression {
public:
  explicit Expression (const MePoint rest[ME_N_LANDMARKS]);
  ~Expression ();

  /* lids: their closure, 0..1, with eyes in any light; negative: mostly open, as photographed. */
  void draw (bool moved, bool open_mouth, float lids, Random &random);

  /* Where the landmark is now. */
  MePoint forth (int landmark) const;

  /* Where the skin at a place was at rest. *inside: height of the mouth opening at that place, if
   * it lies inside. */
  MePoint back (MePoint p, float *inside) const;

  /* Luma inside the open mouth: teeth or darkness. */
  float mouth (MePoint p, float inside) const;

  /* Luma of skin around the eyes, lashes and eyeballs, at a place at rest. */
  float eye (float value, MePoint at_rest) const;

private:
  struct Eye
  {
    float x[4], upper[4], lower[4]; /* edges of the lids */
  };

  MePoint rest[ME_N_LANDMARKS];
  GstMicroexprTestField *field;
  const GstMicroexprTestGrid *grid = nullptr; /* of the motion now */
  MePoint motion[ME_N_POINTS], points[ME_N_POINTS];
  Eye eyes[2];
  float closure = 0; /* of the lids */
  float jaw = 0;     /* how far the middle of the lower lip drops */
  float teeth = 0, depth = 0, gleam = 0;
  float shadow = 0, dim = 1, lashes = 0;         /* shares of the luma: taken from sockets, left of
                                                    eyeballs,         taken from the edge of the lid */
  float shadow_width = 0.2f, lash_width = 0.02f; /* IPD */

  float line (float x) const;
  float opening (float x) const;
  float drop (MePoint p) const;
  MePoint unblink (MePoint p) const;
  MePoint undrop (MePoint p, float *inside) const;
  MePoint unmove (MePoint p) const;
};
