/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The recordings of a data set: video files, or folders of numbered images. */
#pragma once

#include "coding.h"

G_BEGIN_DECLS

typedef struct
{
  char *name; /* path below the folder, for messages and cache files */
  char *path;
  char *stamp; /* for names of cache files; differs when the recording changes */
  guint subject;
  char *file;          /* as in Coded.file */
  GPtrArray *images;   /* char *: their names, in the order of their numbers; NULL: a video file */
  GArray *positions;   /* gint64 for each image: frames since the first one */
  gint64 first_number; /* of the first image; -1: images without ascending numbers */
  gint64 first;        /* number of the first frame in the sheet; -1: not given */
  GPtrArray *coded;    /* const Coded, of this recording */

  /* Set by playing: */
  double frame_rate; /* 1/s */
  guint n_frames;    /* decoded frames; fewer than images when some are damaged */
} Recording;

/* Array of Recording: everything below `folder` whose path fits the layout, with its coding; only
 * those with a coded expression unless the layout scores the others as well. partial: a coded
 * expression without a recording is left out and noted in the coding; otherwise NULL and an `error`
 * with its row and column. */
GPtrArray *recordings_find (
    const Layout *layout, const char *folder, Coding *coding, gboolean partial, GError **error);

/* Array of Item: the coded expressions in s, by the frame rate. An expression with fewer than half
 * of its images is removed from recording->coded and noted in the coding. */
GArray *recording_truths (Recording *recording, Coding *coding);

/* Notes in the coding how many images could not be decoded. */
void recording_list_damage (const Recording *recording, Coding *coding);

/* Converts a frame number of the sheet to frames since the first one. It may be in a gap, before
 * the first image or after the last. */
gint64 recording_position (const Recording *recording, gint64 number);

/* Duration in s, including gaps of missing images. */
double recording_duration (const Recording *recording);

G_END_DECLS
