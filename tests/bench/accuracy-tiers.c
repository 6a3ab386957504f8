/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The streams on which accuracy is measured, one a row; seeds, faces and clips by their use. */
#include "accuracy-tiers.h"

/* clang-format off */
const Tier tiers[] = {
  /* name       pattern     size      fps IPD H.264 seconds seeds  F1  false/min acted */
  { "lab",      "lab",      640, 480, 200,  0,  0,  30,  8, 0.97, 0,   FALSE },
  { "studio",   "studio",   960, 540,  60,  0, 20,  60,  6, 0.95, 0,   FALSE },
  { "webcam",   "webcam",   640, 480,  30,  0, 23,  60,  8, 0.92, 0,   FALSE },
  { "fast",     "fast",     640, 480, 100,  0,  0,  30,  8, 0.95, 0,   FALSE },
  { "busy",     "busy",     960, 540,  60,  0, 20,  60,  6, 0.80, 0,   FALSE },
  { "talking",  NULL,         0,   0,   0,  0,  0,   0,  6, 0.50, 2,   FALSE },
  { "nothing",  "nothing",  640, 480,  30, 70, 22, 120,  6, 0,    0.1, FALSE },
  { "nothing",  "nothing",  640, 480,  50, 80, 22, 120,  5, 0,    0.1, FALSE },
  { "acted",    "default",  640, 480,  30,  0, 20,   0,  6, 0,    0.5, TRUE },
  { "default",  "default",  640, 480,  30,  0,  0,  60,  3, 0.80, 0,   FALSE },
};
/* clang-format on */

const guint n_tiers = G_N_ELEMENTS (tiers);

static const char *const tuning_faces[] = { "001", "004", "005", "009", "018", "033", "037", "061",
  "062", "068", "086", "096", "104", "115", "123", "129", "134", "141", "172", NULL };

static const char *const reporting_faces[] = { "003", "012", "019", "022", "039", "063", "064",
  "067", "097", "100", "107", "119", "125", "128", "132", "135", "136", "137", "173", NULL };

static const char *const tuning_clips[] = { "b_latentsync_woman.mp4", "a_clm_cap12.mp4",
  "b_grid_bbaf2n.mp4", "b_grid_brbk7n.mp4", NULL };

static const char *const reporting_clips[] = { "b_latentsync_beardman.mp4", "b_clm_cap13.mp4",
  "b_grid_lbax4n.mp4", "b_grid_lwbsza.mp4", "b_grid_sbwe5n.mp4", NULL };

const Split tuning_split = { "tuning", 1, tuning_faces, tuning_clips, "livelink_rom_3.csv.gz" };
const Split reporting_split = { "reporting", 101, reporting_faces, reporting_clips,
  "livelink_rom_4.csv.gz" };

const RealClip real_clips[] = {
  { "a_marnix_still30s.mp4", 6, 0, "a still face", 0 },
  { "e_intel_bottles.mp4", 0, 0, "no face", 0 },
  { "e_intel_people_backs.mp4", 0, 0, "no face", 0 },
  { "e_monalisa_painting.mp4", 0, 0, "a painting", 0 },
  { "e_pyfeat_cartoon_sky.mp4", 0, 0, "no face", 0 },
  { "a_clm_cap12.mp4", 0, 0, "neutral, gestures, head turns", 3 },
  { "b_clm_cap13.mp4", 0, 0, "neutral, gestures, head turns", 3 },
  { "b_latentsync_beardman.mp4", 0, 0, "talks", 3 },
  { "b_latentsync_woman.mp4", 0, 0, "talks", 3 },
  { "b_grid_bbaf2n.mp4", 0, 0, "talks", 3 },
  { "b_grid_brbk7n.mp4", 0, 0, "talks", 3 },
  { "b_grid_lbax4n.mp4", 0, 0, "talks", 3 },
  { "b_grid_lwbsza.mp4", 0, 0, "talks", 3 },
  { "b_grid_sbwe5n.mp4", 0, 0, "talks", 3 },
};

const guint n_real_clips = G_N_ELEMENTS (real_clips);
