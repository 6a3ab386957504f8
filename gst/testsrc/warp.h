/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Draws the canvas into a video frame: skin displaced by the motion of the facial points, head
 * moved by a similarity, light and noise applied. */
#pragma once

#include "canvas.h"
#include "lids.h"

G_BEGIN_DECLS

/* Where the head is. Motion is in % IPD along the axes of the picture: right, down. */
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

/* All that a frame shows. */
typedef struct
{
  GstMicroexprTestPose pose;
  GstMicroexprTestLight light;
  GstMicroexprTestEye eye;     /* gaze in % IPD */
  MePoint motion[ME_N_POINTS]; /* of the facial points, % IPD along the axes of the face */
  guint64 noise;               /* where the frame's noise starts; another one each frame */
} GstMicroexprTestScene;

typedef struct _GstMicroexprTestWarp GstMicroexprTestWarp;

/* ipd: px of the frame; noise: standard deviation in levels of 255. The face is only read during
 * the call. Free with gst_microexpr_test_warp_free(). */
GstMicroexprTestWarp *gst_microexpr_test_warp_new (
    const GstMicroexprTestFace *face, const GstVideoInfo *info, float ipd, double noise);
void gst_microexpr_test_warp_free (GstMicroexprTestWarp *warp);

/* Draws into a frame of the format given, mapped for writing. */
void gst_microexpr_test_warp_draw (
    GstMicroexprTestWarp *warp, const GstMicroexprTestScene *scene, GstVideoFrame *frame);

/* The box around the landmarks with the head in `pose`, clipped to the frame, px. */
MeBox gst_microexpr_test_warp_face_box (
    const GstMicroexprTestWarp *warp, const GstMicroexprTestPose *pose);

G_END_DECLS
