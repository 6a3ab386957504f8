/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The streams on which accuracy is measured, one a row; seeds and faces by their use. */
#include "accuracy-tiers.h"

const Tier tiers[] = {
  { "default", "default", 640, 480, 30, 0, 0, 0.80 },
  { "lab", "lab", 640, 480, 200, 0, 0, 0.97 },
  { "studio", "studio", 960, 540, 60, 0, 20, 0.95 },
  { "webcam", "webcam", 640, 480, 30, 0, 23, 0.92 },
  { "fast", "fast", 640, 480, 100, 0, 0, 0.95 },
  { "busy", "busy", 960, 540, 60, 0, 20, 0.80 },
  { "nothing30", "nothing", 640, 480, 30, 70, 22, 0 },
  { "nothing50", "nothing", 640, 480, 50, 80, 22, 0 },
};

const guint n_tiers = G_N_ELEMENTS (tiers);

static const char *const tuning_faces[] = { "001", "004", "005", "009", "018", "033", "037", "061",
  "062", "068", "086", "096", "104", "115", "123", "129", "134", "141", "172", NULL };

static const char *const reporting_faces[] = { "003", "012", "019", "022", "039", "063", "064",
  "067", "097", "100", "107", "119", "125", "128", "132", "135", "136", "137", "173", NULL };

const Split tuning_split = { "tuning", 1, 20, tuning_faces };
const Split reporting_split = { "reporting", 101, 100, reporting_faces };
