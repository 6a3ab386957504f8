/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The recent past of each face, from GstMicroexprMeta: an event is known only after its offset,
 * when its onset and apex are to be shown. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define APP_N_LANDMARKS 60 /* of face-data=landmarks; docs/landmarks.md shows them */
#define APP_MAX_MOVEMENTS 48

/* A region that moves, as of face-data=regions. */
typedef struct
{
  const char *name, *side; /* interned; side NULL: on the midline */
  double x, y;             /* px of the picture: position at rest */
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

/* How far the region has moved since an earlier moment, % IPD. */
void app_movement_since (
    const AppMovement *movement, const AppMoment *before, double *dx, double *dy);

typedef struct _AppMoments AppMoments;

AppMoments *app_moments_new (void);
void app_moments_free (AppMoments *moments);

/* face: a structure `face` of the meta. FALSE: it has no landmarks. */
gboolean app_moment_read (AppMoment *moment, guint64 time_ns, const GstStructure *face);

/* Stores a copy, and drops moments older than 15 s: no event lasts longer. */
void app_moments_push (AppMoments *moments, const AppMoment *moment);

/* The face in the frame nearest to that time, for g_free(); NULL: none within 100 ms. */
AppMoment *app_moments_find (const AppMoments *moments, guint face, guint64 time_ns);

G_END_DECLS
