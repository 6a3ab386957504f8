/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A stream through microexpr with the scripted analysis, frame by frame, for tests. */
#pragma once

#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#include "scripted-analyzer.h"

#define WIDTH 64
#define HEIGHT 48
#define FRAME (40 * GST_MSECOND)
#define CAPS "video/x-raw,format=GRAY8,width=64,height=48,framerate=25/1"

typedef struct
{
  GstHarness *harness;
  GstElement *element;
  GstBus *bus;
  GstClockTime time; /* of the next frame */
} Stream;

/* Resets the script and starts an element on CAPS. properties: as on a command line, or NULL. */
void stream_start (Stream *stream, const char *properties);
void stream_stop (Stream *stream);

/* A black frame at `time`. */
GstBuffer *stream_new_frame (GstClockTime time);

/* Pushes one frame and returns what comes out. (transfer full) */
GstBuffer *stream_push (Stream *stream, GstBuffer *buffer);

/* Pushes frames, FRAME apart, until one with an event comes out, and returns it. (transfer full) */
GstBuffer *stream_push_until_event (Stream *stream);

/* Pushes frames, FRAME apart, up to and without `end`, and drops what comes out. */
void stream_run_until (Stream *stream, GstClockTime end);

/* The next element message of that name, or NULL: others are dropped. (transfer full) */
GstStructure *stream_pop_message (Stream *stream, const char *name);

/* A counter of the property `stats`. */
guint64 stream_count (Stream *stream, const char *field);

/* An event of one action unit, AU12, on face 0, that lasts 200 ms. */
MeEvent stream_event (GstClockTime onset);

/* The n-th structure of a list `events` or `faces` in the meta of a buffer; NULL: none. */
const GstStructure *buffer_item (GstBuffer *buffer, const char *list, guint n);

guint64 get_uint64 (const GstStructure *structure, const char *field);
double get_double (const GstStructure *structure, const char *field);
guint get_uint (const GstStructure *structure, const char *field);
