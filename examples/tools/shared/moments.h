/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How each face looked lately: an event is known only after its offset, and onset and apex are to
 * be shown. A ring of the last frames, filled from GstMicroexprMeta. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define APP_N_LANDMARKS 60 /* of face-data=landmarks; docs/landmarks.md shows them */
#define APP_MAX_MOVEMENTS 48

/* A region that moves, as of face-data=regions. */
typedef struct
{
  const char *name, *side; /* interned; side NULL: on the midline */
  double x, y;             /* px of the picture: where it rests */
  double dx, dy;           /* % IPD, to the right and down in the picture */
} AppMovement;

/* A face in one frame. */
typedef struct
{
  guint64 time_ns; /* stream time */
  guint face;
  double landmarks[APP_N_LANDMARKS][2]; /* px of the picture */
  guint n_movements;
  AppMovement movements[APP_MAX_MOVEMENTS];
} AppMoment;

/* How far the region went since the moment before, % IPD. */
void app_movement_since (
    const AppMovement *movement, const AppMoment *before, double *dx, double *dy);

typedef struct _AppMoments AppMoments;

AppMoments *app_moments_new (void);
void app_moments_free (AppMoments *moments);

/* face: a structure `face`. FALSE: it has no landmarks. */
gboolean app_moment_read (AppMoment *moment, guint64 time_ns, const GstStructure *face);

/* Copies it in; what is older than 15 s leaves: no expression lasts longer. */
void app_moments_push (AppMoments *moments, const AppMoment *moment);

/* The face in the frame nearest to that time, (transfer full) with g_free(); NULL: not within
 * 100 ms of it. */
AppMoment *app_moments_find (const AppMoments *moments, guint face, guint64 time_ns);

G_END_DECLS
