/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The recordings of a data set: video files, or folders of numbered images. */
#pragma once

#include "coding.h"

G_BEGIN_DECLS

typedef struct
{
  char *name; /* path below the folder, for messages and files */
  char *path;
  char *stamp; /* for the names of files of results: another recording there has another */
  guint subject;
  char *file;        /* as in Coded.file */
  GPtrArray *images; /* char *: their names, in the order of their numbers; NULL: a video file */
  GArray *numbers;   /* gint64: the last number in the name of each image */
  gint64 first;      /* number of the first frame when a sheet tells it; -1 */
  GPtrArray *coded;  /* const Coded, of this recording */

  /* Known once it has been played: */
  double frame_rate; /* 1/s */
  guint n_frames;
} Recording;

/* Everything below `folder` that has the layout's path, and what was coded of it; without those of
 * no coded expression, unless the layout counts them. Of Recording. partial: a coded expression
 * without a recording is passed over. NULL and an `error` that names row and column of it
 * otherwise. */
GPtrArray *recordings_find (const Layout *layout, const char *folder, const Coding *coding,
    gboolean partial, GError **error);

/* The coded expressions as events in s, by the frame rate. NULL and an `error` that names row and
 * column when the recording has no such frame. Of Item. */
GArray *recording_truths (const Recording *recording, GError **error);

/* Index of the frame that the sheet gives the number; -1: there is none. */
gint64 recording_frame (const Recording *recording, gint64 number);

G_END_DECLS
