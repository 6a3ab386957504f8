/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pictures that a stream shows more than once. A camera that slows down in dim light, a recorder or
 * a converter of frame rates fills up with copies: the times say 30 frames/s, the pictures are 15.
 * Copies are told from new pictures by how much they differ from the picture before, which after a
 * lossy encoder is not nothing, only much less. */
#pragma once

#include "common/picture.h"

G_BEGIN_DECLS

#define ME_REPEATS_PICTURES 48 /* that the decision rests on */
#define ME_REPEATS_ROWS 32
#define ME_REPEATS_RUNS 8 /* in a row, */
#define ME_REPEATS_RUN 16 /* of so many neighbouring pixels */

typedef struct
{
  guint8 samples[ME_REPEATS_ROWS][ME_REPEATS_RUNS][ME_REPEATS_RUN]; /* of the newest picture */
  int width, height;                                                /* px; 0: no picture yet */
  float difference[ME_REPEATS_PICTURES];                            /* luma; the newest, a ring */
  guint64 interval_ns[ME_REPEATS_PICTURES]; /* likewise, to the one before */
  guint64 n;                                /* differences so far */
  guint64 newest_ns;                        /* of the newest picture */
  guint64 used_ns;                          /* of the newest one that was not called a repeat */
  guint proof;                              /* 0 .. ME_REPEATS_PICTURES */
  gboolean known;                           /* proof was complete, and has not run out since */
  guint64 proven_ns;                        /* when copies were last found */
  double new_s; /* between new pictures; 0: nothing is known to repeat */
} MeRepeats;

/* As before the first picture. */
void me_repeats_init (MeRepeats *repeats);

/* The next picture follows nothing, but the stream is the same. */
void me_repeats_break (MeRepeats *repeats);

/* Adds the next picture. TRUE: it is a copy of the one before. Never for longer than 250 ms, and
 * never where nothing moves, so that copies look like new pictures. */
gboolean me_repeats_add (MeRepeats *repeats, const MeFrame *frame);

G_END_DECLS
