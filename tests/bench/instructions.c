/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The analysis of a clip that never changes, without GStreamer and without a clock: its
 * instructions are counted by tests/bench/count-instructions. Arguments: the photograph, frames/s.
 * Prints the faces found. */
#include <stdio.h>
#include <stdlib.h>

#include "microexpr.h"
#include "sway-clip.h"

#define N_FRAMES 400

int
main (int argc, char **argv)
{
  guint64 fps = argc == 3 ? g_ascii_strtoull (argv[2], NULL, 10) : 0;
  GError *error = NULL;
  SwayClip *clip;
  MeAnalyzer *analyzer;
  MeConfig config;
  guint n_faces;

  if (fps == 0) {
    fprintf (stderr, "usage: %s PHOTOGRAPH FRAMES_PER_SECOND\n", argv[0]);
    return 2;
  }
  clip = sway_clip_new (argv[1], &error);
  me_config_default (&config);
  analyzer = clip ? me_analyzer_new (&config, &error) : NULL;
  if (!analyzer) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  for (guint n = 0; n < N_FRAMES; n++) {
    MeFrame frame = { sway_clip_draw (clip, n), SWAY_CLIP_WIDTH, SWAY_CLIP_HEIGHT, SWAY_CLIP_WIDTH,
      1, n * G_GUINT64_CONSTANT (1000000000) / fps };
    me_analyzer_process (analyzer, &frame);
  }
  me_analyzer_faces (analyzer, &n_faces);
  printf ("%u face in %d frames\n", n_faces, N_FRAMES);
  me_analyzer_free (analyzer);
  sway_clip_free (clip);
  return n_faces != 1;
}
