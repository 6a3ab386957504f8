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
  char *file;          /* as in Coded.file */
  GPtrArray *images;   /* char *: their names, in the order of their numbers; NULL: a video file */
  GArray *positions;   /* gint64: of each image, how many frames after the first one it was taken */
  gint64 first_number; /* of the first image; -1: the images have no numbers that ascend */
  gint64 first;        /* number of the first frame when a sheet tells it; -1 */
  GPtrArray *coded;    /* const Coded, of this recording */

  /* Known once it has been played: */
  double frame_rate; /* 1/s */
  guint n_frames;    /* that were decoded; fewer than images when some are damaged */
} Recording;

/* Everything below `folder` that has the layout's path, and what was coded of it; without those of
 * no coded expression, unless the layout counts them. Of Recording. partial: a coded expression
 * without a recording is left out, and added to what the coding lists as such. NULL and an `error`
 * that names row and column of it otherwise. */
GPtrArray *recordings_find (
    const Layout *layout, const char *folder, Coding *coding, gboolean partial, GError **error);

/* The coded expressions as events in s, by the frame rate. Of Item. An expression of whose images
 * fewer than half are there is left out: taken from recording->coded, and listed in the coding. */
GArray *recording_truths (Recording *recording, Coding *coding);

/* Lists in the coding how many of the images could not be decoded. */
void recording_list_damage (const Recording *recording, Coding *coding);

/* How many frames after the first one the sheet's frame of that number was taken. It may lie in a
 * gap, before the first image or behind the last. */
gint64 recording_position (const Recording *recording, gint64 number);

/* How long it lasts, in s; images that are missing in the middle have their time. */
double recording_duration (const Recording *recording);

G_END_DECLS
