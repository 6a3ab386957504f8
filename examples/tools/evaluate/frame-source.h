/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The head of a pipeline: the frames of a video file or of a folder of images. */
#pragma once

#include "recordings.h"

G_BEGIN_DECLS

typedef struct
{
  const Recording *recording;
  guint next_image;
  GError *error; /* of reading an image; owned by the caller */
} FrameSource;

/* A launch line that ends with decoded frames. Newly allocated. */
char *frame_source_describe (const Recording *recording);

/* Connects the recording to a pipeline of that launch line. source must outlive the pipeline. */
void frame_source_attach (FrameSource *source, GstElement *pipeline);

/* Sets an error that names the file. Takes ownership of cause, which may be NULL. */
void frame_source_fail (const FrameSource *source, GError *cause, GError **error);

G_END_DECLS
