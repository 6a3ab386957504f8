/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs microexprtestsrc into a sink and keeps what came: checksums of the frames, truths, the
 * error. */
#pragma once

#include <gst/check/gstcheck.h>

#define SMALL_CAPS "video/x-raw,format=I420,width=320,height=240,framerate=30/1"

typedef struct
{
  GPtrArray *frames; /* of char * */
  GPtrArray *truths; /* of GstStructure * */
  GstBuffer *last;   /* copy of the last frame */
  char *error, *debug;
  gboolean eos;
} Result;

void result_clear (Result *result);

/* Of the pixels of a frame, not of what lies between its rows. With g_free(). */
char *frame_checksum (GstCaps *caps, GstBuffer *buffer);

/* microexprtestsrc name=src PROPERTIES ! CAPS ! fakesink name=sink (transfer full) */
GstElement *build_testsrc (const char *properties, const char *caps);

/* Plays it to its end or error. With result_clear(). */
Result run_testsrc (const char *properties, const char *caps);
