/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How each face looked lately: an event is known only after its offset, and onset and apex are to
 * be shown. A ring of the last frames, filled from GstMicroexprMeta. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define REVIEW_N_LANDMARKS 60 /* of face-data=landmarks; docs/landmarks.md shows them */
#define REVIEW_MAX_MOVEMENTS 48

/* A region that moves, as of face-data=regions. */
typedef struct
{
  const char *name, *side; /* interned; side NULL: on the midline */
  double x, y;             /* px of the picture: where it rests */
  double dx, dy;           /* % IPD, to the right and down in the picture */
} ReviewMovement;

/* A face in one frame. */
typedef struct
{
  guint64 time_ns; /* stream time */
  guint face;
  double landmarks[REVIEW_N_LANDMARKS][2]; /* px of the picture */
  guint n_movements;
  ReviewMovement movements[REVIEW_MAX_MOVEMENTS];
} ReviewMoment;

typedef struct _ReviewMoments ReviewMoments;

ReviewMoments *review_moments_new (void);
void review_moments_free (ReviewMoments *moments);

/* face: a structure `face`. FALSE: it has no landmarks. */
gboolean review_moment_read (ReviewMoment *moment, guint64 time_ns, const GstStructure *face);

/* Copies it in; what is older than 15 s leaves: no expression lasts longer. */
void review_moments_push (ReviewMoments *moments, const ReviewMoment *moment);

/* The face in the frame nearest to that time, (transfer full) with g_free(); NULL: not within
 * 100 ms of it. */
ReviewMoment *review_moments_find (const ReviewMoments *moments, guint face, guint64 time_ns);

G_END_DECLS
