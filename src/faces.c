/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "faces.h"

#include <math.h>
#include <string.h>

void
me_faces_clear (MeFaces *faces)
{
  for (guint i = 0; i < faces->n; i++)
    g_free (faces->at[i]);
  faces->n = 0;
}

gboolean
me_faces_active (const MeFollowed *face)
{
  return face->used && face->track.state == ME_TRACK_ACTIVE;
}

gboolean
me_faces_same_place (const MeDetection *a, const MeDetection *b)
{
  float dx = a->x + a->width / 2 - b->x - b->width / 2;
  float dy = a->y + a->height / 2 - b->y - b->height / 2;

  return hypotf (dx, dy) < 0.5f * MAX (a->width, b->width);
}

MeFollowed *
me_faces_near (const MeFaces *faces, const MeDetection *found)
{
  for (guint i = 0; i < faces->n; i++) {
    MeDetection box;
    if (!me_faces_active (faces->at[i]))
      continue;
    box = me_track_box (&faces->at[i]->track);
    if (me_faces_same_place (&box, found))
      return faces->at[i];
  }
  return NULL;
}

gboolean
me_faces_hide (const MeFaces *faces, const MeFollowed *face, const MeDetection *box)
{
  for (guint i = 0; i < faces->n; i++) {
    MeDetection other;
    if (faces->at[i] == face || !me_faces_active (faces->at[i]))
      continue;
    other = me_track_box (&faces->at[i]->track);
    if (me_followed_is_hidden (box, &other))
      return TRUE;
  }
  return FALSE;
}

MeFollowed *
me_faces_room (MeFaces *faces, guint most, float width)
{
  MeFollowed *smallest = NULL, *spare = NULL, *lost = NULL;
  float least = width / 1.3f;
  guint n_used = 0;

  for (guint i = 0; i < faces->n; i++) {
    MeFollowed *face = faces->at[i];
    float w = me_track_box (&face->track).width;
    if (!face->used) {
      spare = spare ? spare : face;
      continue;
    }
    n_used++;
    if (!me_faces_active (face)) {
      lost = lost && lost->track.lost_ns <= face->track.lost_ns ? lost : face;
    } else if (w < least) {
      least = w;
      smallest = face;
    }
  }
  if (n_used >= most)
    return lost ? lost : smallest;
  return spare ? spare : (faces->at[faces->n++] = g_new0 (MeFollowed, 1));
}

void
me_faces_leave_out (MeFaces *faces, const MeDetection *found, guint64 time_ns)
{
  guint slot = 0;

  for (guint i = 0; i < ME_MAX_FACES; i++) {
    if (faces->left_out[i].seen_ns && me_faces_same_place (&faces->left_out[i].box, found)) {
      slot = i;
      break;
    }
    if (faces->left_out[i].seen_ns < faces->left_out[slot].seen_ns)
      slot = i;
  }
  faces->left_out[slot].box = *found;
  faces->left_out[slot].seen_ns = MAX (time_ns, 1);
}

void
me_faces_not_left_out (MeFaces *faces, const MeDetection *box)
{
  for (guint i = 0; i < ME_MAX_FACES; i++)
    if (faces->left_out[i].seen_ns && me_faces_same_place (&faces->left_out[i].box, box))
      faces->left_out[i].seen_ns = 0;
}

void
me_faces_forget_left_out (MeFaces *faces)
{
  memset (faces->left_out, 0, sizeof faces->left_out);
}

guint
me_faces_left_out (const MeFaces *faces, guint64 since_ns)
{
  guint n = 0;

  for (guint i = 0; i < ME_MAX_FACES; i++)
    n += faces->left_out[i].seen_ns > since_ns && !me_faces_near (faces, &faces->left_out[i].box);
  return n;
}

MeBox
me_faces_head (const MeFollowed *face, const MeFrame *frame)
{
  MeBox box = me_followed_box (face, frame);

  return (MeBox){ box.x - box.width / 4, box.y - box.height * 3 / 5, box.width * 3 / 2,
    box.height * 2 };
}

MeFollowed *
me_faces_surplus (MeFaces *faces, guint most)
{
  MeFollowed *least = NULL;
  float least_width = 0;
  guint n_used = 0;

  for (guint i = 0; i < faces->n; i++) {
    MeFollowed *face = faces->at[i];
    float width;
    if (!face->used)
      continue;
    n_used++;
    width = me_faces_active (face) ? me_track_box (&face->track).width : 0;
    if (!least || width < least_width) {
      least = face;
      least_width = width;
    }
  }
  return n_used > most ? least : NULL;
}

guint
me_faces_heads (const MeFaces *faces, const MeFrame *frame, MeBox heads[ME_MAX_FACES])
{
  guint n = 0;

  for (guint i = 0; i < faces->n; i++)
    if (me_faces_active (faces->at[i]))
      heads[n++] = me_faces_head (faces->at[i], frame);
  return n;
}
