/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The faces of one stream, and which of them is where. */
#pragma once

#include "followed-face.h"

G_BEGIN_DECLS

typedef struct
{
  MeFollowed *at[ME_MAX_FACES]; /* owned; allocated when first needed, then reused */
  guint n;
} MeFaces;

void me_faces_clear (MeFaces *faces);

gboolean me_faces_active (const MeFollowed *face);

/* The face in this state whose box has its middle there, or NULL. */
MeFollowed *me_faces_near (const MeFaces *faces, const MeDetection *found, MeTrackState state);

/* May the face, seen at `box`, be hidden in part by another one? face: NULL for a new one. */
gboolean me_faces_hide (const MeFaces *faces, const MeFollowed *face, const MeDetection *box);

/* Where one more face of that width may be kept: free, or still used by the smallest one when the
 * new one is clearly larger, or NULL. most: so many faces at once. */
MeFollowed *me_faces_room (MeFaces *faces, guint most, float width);

/* The heads of the active faces in this frame, from hair to collar; returns how many. */
guint me_faces_heads (const MeFaces *faces, const MeFrame *frame, MeBox boxes[ME_MAX_FACES]);

G_END_DECLS
