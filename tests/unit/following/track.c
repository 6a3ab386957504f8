/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The kept series returns to rest when the face does, however long an expression was held. */
#include "following/track.h"

#include "common/duration.h"
#include "unit/face.h"
#include "unit/texture.h"

#include <string.h>

#define FRAME_PX 240
#define LEFT_PX 40 /* of the face in the frame; it is as large as in the crop */
#define TOP_PX 20
#define FRAME_NS (33 * ME_MSECOND)
#define OPEN_PX 12.0f  /* how far the jaw drops: 20 % IPD */
#define MOST_LEFT 0.5f /* % IPD */

static guint8 luma[FRAME_PX * FRAME_PX];
static MeTrack track;
static MeTools tools;
static guint64 time_ns; /* of the next frame */

static MePoint
place (MePoint p)
{
  return (MePoint){ p.x + LEFT_PX, p.y + TOP_PX };
}

/* The skin around the lower lip is drawn down by that much, and the lips part over a dark hole. */
static void
draw (float open_px)
{
  MePoint lip = { ME_CROP_PX / 2.0f + LEFT_PX, ME_CROP_EYE_Y + 1.25f * ME_CROP_IPD_PX + TOP_PX };

  for (int y = 0; y < FRAME_PX; y++)
    for (int x = 0; x < FRAME_PX; x++) {
      float dx = ((float)x - lip.x) / 26, dy = ((float)y - lip.y - open_px) / 18;
      float moved = open_px * expf (-(dx * dx + dy * dy));
      gboolean hole = fabsf (dx) < 0.6f && y > lip.y - 3 && y < lip.y - 3 + open_px * 0.8f;

      luma[y * FRAME_PX + x] = hole ? 20 : (guint8)texture ((float)x, (float)y - moved);
    }
}

static void
start (void)
{
  MePoint ibug[ME_N_IBUG], landmarks[ME_N_LANDMARKS];
  MeDetection box = { LEFT_PX, TOP_PX, ME_CROP_PX, ME_CROP_PX, 1 };
  MeFrame frame = { luma, FRAME_PX, FRAME_PX, FRAME_PX, 1, 0, NULL };

  for (int i = 0; i < ME_N_IBUG; i++)
    ibug[i] = place ((MePoint){ ME_CROP_PX / 2.0f + plain_ibug[i].x * ME_CROP_IPD_PX,
        ME_CROP_EYE_Y + plain_ibug[i].y * ME_CROP_IPD_PX });
  me_landmarks_from_ibug (ibug, landmarks);
  draw (0);
  memset (&track, 0, sizeof track);
  g_assert_true (me_track_start (&track, &tools, &frame, &box, landmarks));
  time_ns = FRAME_NS;
}

/* The mouth moves from one opening to the other within `duration_ns`, or is held. */
static void
show (float from_px, float to_px, guint64 duration_ns)
{
  for (guint64 begin_ns = time_ns; time_ns < begin_ns + duration_ns; time_ns += FRAME_NS) {
    float share = (float)(time_ns - begin_ns) / (float)duration_ns;
    MeFrame frame = { luma, FRAME_PX, FRAME_PX, FRAME_PX, 1, time_ns, NULL };

    draw (from_px + share * (to_px - from_px));
    me_track_follow (&track, &tools, &frame);
    g_assert_cmpint (track.state, ==, ME_TRACK_ACTIVE);
  }
}

static float
distance_from_start (void)
{
  static const MePosture at_start = { .turn = { 0, 0 } };
  MePosture now = { .turn = track.now.turn };

  memcpy (now.motion, track.now.kept, sizeof now.motion);
  return me_posture_distance (&now, &at_start);
}

static void
test_rest_is_found_again_after_a_wide_open_mouth (void)
{
  start ();
  show (0, 0, 3 * ME_SECOND);
  g_assert_cmpfloat (distance_from_start (), <, MOST_LEFT);
  show (0, OPEN_PX, 300 * ME_MSECOND);
  show (OPEN_PX, OPEN_PX, 5 * ME_SECOND);
  g_assert_cmpfloat (distance_from_start (), >, 5);
  show (OPEN_PX, 0, 300 * ME_MSECOND);
  show (0, 0, 3 * ME_SECOND);
  g_assert_cmpfloat (distance_from_start (), <, MOST_LEFT);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/track/rest-is-found-again-after-a-wide-open-mouth",
      test_rest_is_found_again_after_a_wide_open_mouth);
  tools.cropper = me_cropper_new ();
  status = g_test_run ();
  me_cropper_free (tools.cropper);
  return status;
}
