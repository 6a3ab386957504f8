/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Draws over a face in a video what is no motion of its skin: captions, a watermark, a hand in
 * front of the mouth, and fields that do not belong together. */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

typedef enum
{
  DRAWN_CAPTION,   /* letters, with or without a dark band, at the mouth or the chin */
  DRAWN_WATERMARK, /* half-transparent letters across the face, fading in and out */
  DRAWN_HAND,      /* something of the skin's shade, moving up to the mouth and down again */
  DRAWN_TORN,      /* every 0.8 s a frame in which some rows lie elsewhere */
  DRAWN_N_KINDS
} DrawnKind;

extern const char *const drawn_names[DRAWN_N_KINDS];

/* Where the face is, px of the frame. */
typedef struct
{
  double eyes_x, eyes_y; /* middle between them */
  double ipd;
} DrawnFace;

/* Draws on the first plane of a frame with 8 bits a sample. What is drawn is a function of kind,
 * seed and time alone; it begins after 2 s. */
void drawn_over (
    DrawnKind kind, guint seed, const DrawnFace *face, double time_s, GstVideoFrame *frame);

G_END_DECLS
