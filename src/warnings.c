/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One row for each warning. Value and limit of a row are of what its comment says. */
#include "microexpr.h"

#include "common/duration.h"

#define OF_FACE TRUE
#define OF_STREAM FALSE
#define ABOVE TRUE
#define BELOW FALSE

static const MeWarningRule rules[ME_N_WARNINGS] = {
  /* New pictures per second. Five of them within 1/5 s, the classic upper bound of a
   * micro-expression. */
  [ME_WARNING_FRAME_RATE] = { "frame-rate", "1/s", 24.5, BELOW, ME_SECOND, OF_STREAM },
  /* Interpupillary distance. */
  [ME_WARNING_FACE_SMALL] = { "face-small", "px", 40, BELOW, ME_SECOND, OF_FACE },
  /* Mean luma of the face, 0..255. */
  [ME_WARNING_DARK] = { "dark", "luma", 40, BELOW, ME_SECOND, OF_FACE },
  /* Sharpness of the face, see conditions.c. Of micro-expressions at 30 frames/s, 88 % were found
   * sharp (135 and more); out of focus by a Gaussian of 4 % IPD (72) 53 %, 5 % (64) 38 %, 8 % (41)
   * 9 %. */
  [ME_WARNING_BLURRED] = { "blurred", "sharpness", 65, BELOW, ME_SECOND, OF_FACE },
  /* Turn of the head, 0..1, see conditions.c. */
  [ME_WARNING_TURNED_AWAY] = { "turned-away", "asymmetry", 0.35, ABOVE, ME_SECOND, OF_FACE },
  /* Time without a face. */
  [ME_WARNING_NO_FACE] = { "no-face", "s", 2.0, ABOVE, 0, OF_STREAM },
  /* Faces seen for which MeConfig.max_faces leaves no room. */
  [ME_WARNING_MAX_FACES] = { "max-faces", "faces", 0, ABOVE, ME_SECOND, OF_STREAM },
  /* Noise, in percent of the contrast of the skin. */
  [ME_WARNING_NOISY] = { "noisy", "%", 65, ABOVE, ME_SECOND, OF_FACE },
  /* How likely the person speaks, 0..1. Of the seconds of tuning clips, 94 % with speech are above
   * the limit, and 0.3 % without. */
  [ME_WARNING_SPEAKING] = { "speaking", "likelihood", 0.3, ABOVE, ME_SECOND, OF_FACE },
  /* Fields of a frame. */
  [ME_WARNING_INTERLACED] = { "interlaced", "fields", 1, ABOVE, 0, OF_STREAM },
  /* How often the analysis starts anew. A few times in a row may be the start of a stream. */
  [ME_WARNING_RESTARTS] = { "restarts", "1/min", 18, ABOVE, 5 * ME_SECOND, OF_STREAM },
  /* Delay of a frame once it is analysed. The limit is the latency of the pipeline. */
  [ME_WARNING_LATE] = { "late", "ms", 0, ABOVE, 0, OF_STREAM },
};

const MeWarningRule *
me_warning_rule (MeWarningReason reason)
{
  return &rules[reason];
}
