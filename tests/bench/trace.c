/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the spotter sees of one face, frame by frame, for plotting when it is wrong.
 *
 * usage: ... ! video/x-raw,format=GRAY8 ! fdsink fd=1 | trace WIDTH HEIGHT FPS > signal.csv
 *
 * Follows the first face found. Columns: time, patch match, motion from neutral and its noise,
 * closure of the eyes, largest ratio of motion to threshold half a second ago, its scale. */
#include "finding/crop.h"
#include "finding/landmarker.h"
#include "spotting/spotter.h"
#include "following/track.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct
{
  MeFaceFinder *finder;
  MeLandmarker *landmarker;
  MeTools tools;
  MeConfig config;
  MeTrack *track;
  MeSpotter *spotter;
  gboolean found;
} Trace;

static void
look_for_face (Trace *t, const MeFrame *frame)
{
  MePoint landmarks[ME_N_LANDMARKS];
  MeDetection face;
  float score;

  if (me_face_finder_detect (t->finder, frame, 80, &face, 1) == 0 ||
      !me_landmarker_find (t->landmarker, frame, &face, landmarks, &score) ||
      !me_track_start (t->track, &t->tools, frame, &face, landmarks))
    return;
  me_spotter_reset (t->spotter, t->track->points);
  t->found = TRUE;
}

static void
print_spots (Trace *t)
{
  const MeSpot *spot;

  while ((spot = me_spotter_pop (t->spotter)))
    fprintf (stderr, "%s %.3f %.3f %.3f ratio %.2f\n", me_kind_name (spot->kind),
        (double)spot->onset_ns / 1e9, (double)spot->apex_ns / 1e9, (double)spot->offset_ns / 1e9,
        (double)spot->ratio);
}

static void
print_frame (const Trace *t, double time_s)
{
  const MeSpotter *s = t->spotter;
  const MeCells *cells = &s->cells;
  const MeObservation *o = &t->track->now;
  gint64 cell = cells->series.next - 50;
  guint slot = me_series_slot (cell);
  gboolean scored = cell > cells->series.first;

  printf ("%.4f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.2f\n", time_s, (double)o->match,
      (double)me_spotter_motion (s), (double)me_spotter_noise (s), (double)o->closure[ME_LEFT],
      (double)o->closure[ME_RIGHT], scored ? (double)cells->ratio[slot][ME_REGION_FACE] : 0,
      scored ? (double)me_scale_s[cells->scale[slot][ME_REGION_FACE]] : 0);
}

static void
trace_frame (Trace *t, const MeFrame *frame, double fps)
{
  if (!t->found) {
    look_for_face (t, frame);
    return;
  }
  me_track_follow (t->track, &t->tools, frame);
  if (t->track->state == ME_TRACK_LOST) {
    t->found = FALSE;
    return;
  }
  me_spotter_add (t->spotter, &t->track->now, &t->config, 1 / fps);
  print_frame (t, (double)frame->time_ns / 1e9);
  print_spots (t);
}

int
main (int argc, char **argv)
{
  Trace t = { .found = FALSE };
  GError *error = NULL;
  int width = argc > 3 ? atoi (argv[1]) : 0, height = argc > 3 ? atoi (argv[2]) : 0;
  double fps = argc > 3 ? g_ascii_strtod (argv[3], NULL) : 0;
  int stride = (width + 3) / 4 * 4;

  if (width < 1 || height < 1 || !(fps > 0)) {
    fprintf (stderr, "usage: trace WIDTH HEIGHT FPS < gray8.raw\n");
    return 2;
  }
  t.finder = me_face_finder_new (&error);
  t.landmarker = t.finder ? me_landmarker_new (NULL, &error) : NULL;
  if (!t.landmarker) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  me_config_default (&t.config);
  t.tools = (MeTools){ .cropper = me_cropper_new () };
  t.track = g_new0 (MeTrack, 1);
  t.spotter = g_new0 (MeSpotter, 1);
  g_autofree guint8 *luma = g_malloc ((gsize)stride * height);
  printf ("time,match,motion,noise,left,right,ratio,scale\n");
  for (guint64 n = 0; fread (luma, (gsize)stride, height, stdin) == (gsize)height; n++) {
    MeFrame frame = { luma, width, height, (gsize)stride, 1, (guint64)((double)n / fps * 1e9),
      NULL };
    trace_frame (&t, &frame, fps);
  }
  g_free (t.track);
  g_free (t.spotter);
  me_cropper_free (t.tools.cropper);
  me_landmarker_free (t.landmarker);
  me_face_finder_free (t.finder);
  return 0;
}
