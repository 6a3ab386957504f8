/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Draws the canvas into a video frame: displaces the skin by the motion of the facial points, moves
 * the head by a similarity, and applies light and noise. */
#pragma once

#include "canvas.h"
#include "lids.h"
#include "surfaces.h"

G_BEGIN_DECLS

/* Pose of the head. x, y: translation in % IPD, to the right and down in the picture. */
typedef struct
{
  float x, y;
  float angle;         /* radians, clockwise in the picture */
  float magnification; /* 1 at rest */
} GstMicroexprTestPose;

typedef struct
{
  float gain;                   /* of the whole picture, 1 at rest */
  float gain_slope;             /* added from the left to the right border */
  float flicker, flicker_phase; /* relative; radians at the first row */
  float flicker_turn;           /* radians from the first to the last row */
} GstMicroexprTestLight;

/* Everything that a frame shows. */
typedef struct
{
  GstMicroexprTestPose pose;
  GstMicroexprTestLight light;
  GstMicroexprTestEye eye;     /* gaze in % IPD; `parted` is left out */
  MePoint motion[ME_N_POINTS]; /* of the facial points, % IPD along the axes of the face */
  float parted[GST_MICROEXPR_TEST_N_SURFACES]; /* how far units that part them have moved, % IPD */
  guint64 noise;                               /* seed of the noise, different in each frame */
} GstMicroexprTestScene;

typedef struct _GstMicroexprTestWarp GstMicroexprTestWarp;

/* ipd: px of the frame. noise: standard deviation, in levels of 255. The face is read during the
 * call only. Free with gst_microexpr_test_warp_free(). */
GstMicroexprTestWarp *gst_microexpr_test_warp_new (
    const GstMicroexprTestFace *face, const GstVideoInfo *info, float ipd, double noise);
void gst_microexpr_test_warp_free (GstMicroexprTestWarp *warp);

/* frame: of the format given to _new(), mapped for writing. */
void gst_microexpr_test_warp_draw (
    GstMicroexprTestWarp *warp, const GstMicroexprTestScene *scene, GstVideoFrame *frame);

/* The box around the landmarks with the head in `pose`, clipped to the frame, px. */
MeBox gst_microexpr_test_warp_face_box (
    const GstMicroexprTestWarp *warp, const GstMicroexprTestPose *pose);

G_END_DECLS
