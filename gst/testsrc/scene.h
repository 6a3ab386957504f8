/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a frame of the test source shows besides drawn expressions: head, light, gaze, speech and
 * noise, each a smooth function of seed and time. */
#pragma once

#include "settings.h"
#include "timeline.h"
#include "warp.h"

G_BEGIN_DECLS

/* Where the head is at a time. */
GstMicroexprTestPose gst_microexpr_test_scene_pose (
    guint seed, const double *settings, guint64 time_ns);

/* Everything at a time, the movements of the timeline included. */
void gst_microexpr_test_scene_at (GstMicroexprTestScene *scene, guint seed, const double *settings,
    GstMicroexprTestTimeline *timeline, guint64 time_ns);

G_END_DECLS
