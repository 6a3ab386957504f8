/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a frame shows besides expressions: head pose, light, gaze, speech and noise, each a function
 * of seed and time. */
#pragma once

#include "timeline.h"
#include "warp.h"

G_BEGIN_DECLS

/* The pose of the head at a time. */
GstMicroexprTestPose gst_microexpr_test_scene_pose (
    guint seed, const double *settings, guint64 time_ns);

/* Everything that is shown at a time, including the events of the timeline. */
void gst_microexpr_test_scene_at (GstMicroexprTestScene *scene, guint seed, const double *settings,
    GstMicroexprTestTimeline *timeline, guint64 time_ns);

G_END_DECLS
