/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The head of a pipeline: the frames of a video file or of a folder of images. */
#pragma once

#include "recordings.h"

G_BEGIN_DECLS

typedef struct
{
  const Recording *recording;
  guint next_image;
  GError *error; /* of reading an image; free it */
} FrameSource;

/* Up to decoded frames, for gst_parse_launch(). Newly allocated. */
char *frame_source_describe (const Recording *recording);

/* Makes the pipeline of that description read the recording; source lives as long as it. */
void frame_source_attach (FrameSource *source, GstElement *pipeline);

/* What ended the pipeline, the file named; frees the cause, which may be NULL. */
void frame_source_fail (const FrameSource *source, GError *cause, GError **error);

G_END_DECLS
