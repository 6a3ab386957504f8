/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a picture does not continue the one before: hard cuts, cutaways, jumps of zoom or layout,
 * and dissolves.
 *
 * A hard cut is a change between two pictures that stands far above what changes just before and
 * just after it. It is therefore known a tenth of a second later, when the picture has come to
 * rest. In a dissolve, a picture is a blend of an earlier and a later one. Motion is neither; nor
 * is a flash, after which the picture continues, nor a change of exposure, which is a gain and an
 * offset. The part of the picture that a watch looks at may move from picture to picture. */
#pragma once

#include "thumbnail.h"

G_BEGIN_DECLS

#define ME_CUT_LAG 8 /* ticks between the two ends of a slow dissolve */

/* The newest pictures, shared by all watches. */
typedef struct
{
  MeThumbnail now, before;
  guint64 now_ns, before_ns;
  float gap;                         /* from before to now: usual intervals between frames, >= 1 */
  MeThumbnail ticks[ME_CUT_LAG + 1]; /* ring: a picture every 80 ms or so */
  guint64 ticks_ns[ME_CUT_LAG + 1];
  guint n_pictures, n_ticks;
  gboolean ticked; /* the newest picture is one of them */
} MePictures;

/* Nothing is known of what came before. */
void me_pictures_forget (MePictures *pictures);

/* frame_s: usual interval between frames, 0: unknown. */
void me_pictures_add (MePictures *pictures, const MeFrame *frame, double frame_s);

/* Looks for cuts in one part of the picture: around a face, or in all of it. */
typedef struct
{
  guint n_steps;      /* since the beginning or the newest cut */
  float loudest[2];   /* change from frame to frame, in the newest two bins of time */
  guint64 bin_ns;     /* when the newer one began */
  gboolean suspected; /* the picture has jumped and it is not known yet whether that was a cut */
  /* While suspected: */
  MeThumbnail good;       /* the last picture before the jump */
  guint64 good_ns;        /* its time */
  guint64 jumped_ns;      /* of the first picture after it */
  guint64 edge_ns;        /* of the newest picture that jumped */
  guint n_edges, n_quiet; /* pictures since `good` that jumped, and that did not */
  float jump;             /* largest change since `good` of those that jumped */
  float edge;             /* least change from frame to frame of those that jumped */
  gboolean dissolving;
  guint64 dissolve_ns; /* time of the last picture before the dissolve */
  guint n_clear;       /* ticks since a blend was last seen */
} MeCutWatch;

void me_cut_watch_reset (MeCutWatch *watch);

/* The newest picture. TRUE: there was a cut, and the picture has come to rest; *last_ns is then the
 * time of the last frame before it. */
gboolean me_cut_watch_add (
    MeCutWatch *watch, const MePictures *pictures, const MeBox *part, guint64 *last_ns);

G_END_DECLS
