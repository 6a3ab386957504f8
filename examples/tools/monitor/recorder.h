/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recordings of the original around each event: keeps the last seconds of encoded video in memory,
 * and writes them and what follows into a Matroska file when it is told to. */
#pragma once

#include <gst/gst.h>

#include "options.h"

typedef struct _Recorder Recorder;

/* Takes what comes to the decoder that will be added to the pipeline, or to an element `original`.
 * name: of the files. Main thread; free with recorder_free(), which ends what is being recorded. */
Recorder *recorder_new (GstElement *pipeline, const char *name, const Options *options);
void recorder_free (Recorder *recorder);

/* Something has happened: record, or go on recording; from the next key frame on where none is
 * kept, or when the file before is complete. Main thread. */
void recorder_trigger (Recorder *recorder);

/* Begins the files that are due; to be called a few times a second. Main thread. */
void recorder_tick (Recorder *recorder);

/* Files, of all recorders, that are not complete yet. */
guint recorder_n_open (void);
