/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pipelines that read the recording: built from a launch line, played to the end. */
#pragma once

#include <gst/gst.h>

#include "shared/progress.h"

G_BEGIN_DECLS

/* Decoded and upright video of the recording: the start of a launch line. */
#define REVIEW_SOURCE                                                                              \
  "uridecodebin name=source ! queue ! videoconvert ! videoflip video-direction=auto "

/* NULL and `error` set: an element is missing; the message says how to install it. */
GstElement *review_pipeline_new (const char *launch, const char *recording, GError **error);

/* Called for each message, and for the text beside the progress bar. Both may be NULL. */
typedef struct
{
  void (*handle_message) (GstMessage *message, gpointer user_data);
  char *(*describe) (gpointer user_data); /* with g_free() */
  gpointer user_data;
} ReviewPipelineHooks;

/* Plays to the end, or until Ctrl-C, which ends the stream there; then sets the pipeline to NULL.
 * FALSE and `error` set: an error ended it; results up to then are valid. */
gboolean review_pipeline_run (GstElement *pipeline, const char *step, AppProgress *progress,
    const ReviewPipelineHooks *hooks, GError **error);

/* The error of a message, with advice added. */
GError *review_pipeline_parse_error (GstMessage *message);

G_END_DECLS
