/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Records the original stream around each event: keeps the last seconds of encoded video in memory
 * and, when triggered, writes them and what follows to a Matroska file. */
#pragma once

#include <gst/gst.h>

#include "options.h"
#include "recordings.h"

typedef struct _Recorder Recorder;

/* Records what enters the decoder that the pipeline will add, or what enters an element `original`.
 * name: prefix of the files, which are added to `recordings`. Main thread; free with
 * recorder_free(), which ends the current file. */
Recorder *recorder_new (
    GstElement *pipeline, const char *name, const Options *options, Recordings *recordings);
void recorder_free (Recorder *recorder);

/* Starts or extends a recording. It begins at the next key frame when none is in memory, and once
 * the previous file is complete. Main thread. */
void recorder_trigger (Recorder *recorder);

/* Opens files that are due; call it a few times a second. Main thread. */
void recorder_tick (Recorder *recorder);

/* Files of all recorders that are still being written. */
guint recorder_n_open (void);
