/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The faces of one stream, and which of them is where. */
#pragma once

#include "followed-face.h"

G_BEGIN_DECLS

typedef struct
{
  MeFollowed *at[ME_MAX_FACES]; /* owned; allocated when first needed, then reused */
  guint n;
  /* Faces that there was no room for. seen_ns 0: unused. */
  struct
  {
    MeDetection box;
    guint64 seen_ns;
  } left_out[ME_MAX_FACES];
} MeFaces;

void me_faces_clear (MeFaces *faces);

gboolean me_faces_active (const MeFollowed *face);

/* Whether their middles lie less than half of the wider one's width apart. */
gboolean me_faces_same_place (const MeDetection *a, const MeDetection *b);

/* The active face at the same place, or NULL. */
MeFollowed *me_faces_near (const MeFaces *faces, const MeDetection *found);

/* May the face, seen at `box`, be hidden in part by another one? face: NULL for a new one. */
gboolean me_faces_hide (const MeFaces *faces, const MeFollowed *face, const MeDetection *box);

/* A place for one more face of that width: unused, or still used by a lost one, or by the smallest
 * one if the new one is clearly larger; or NULL. most: how many faces may be kept. */
MeFollowed *me_faces_room (MeFaces *faces, guint most, float width);

/* The one to be dropped while more than `most` are kept: the smallest, those that are lost first;
 * or NULL. */
MeFollowed *me_faces_surplus (MeFaces *faces, guint most);

/* Notes that there was no room for this face. */
void me_faces_leave_out (MeFaces *faces, const MeDetection *found, guint64 time_ns);

/* Forgets the one that is followed at `box` now; and all of them, after a cut. */
void me_faces_not_left_out (MeFaces *faces, const MeDetection *box);
void me_faces_forget_left_out (MeFaces *faces);

/* How many of those were seen since and are not followed now. */
guint me_faces_left_out (const MeFaces *faces, guint64 since_ns);

/* The head of a face in this frame, from hair to collar; may reach beyond it. */
MeBox me_faces_head (const MeFollowed *face, const MeFrame *frame);

/* The heads of the active faces in this frame, returns how many. */
guint me_faces_heads (const MeFaces *faces, const MeFrame *frame, MeBox boxes[ME_MAX_FACES]);

G_END_DECLS
