/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the overlay remembers of a stream: the faces of the newest frame, the last events, and the
 * motion of up to three faces. Tables of fixed size, filled from the metas. */
#pragma once

#include "microexpr.h"
#include "arrow.h"
#include "layout.h"
#include "timeline.h"

G_BEGIN_DECLS

#define GST_MICROEXPR_MAX_LANDMARKS 128 /* of a face */

/* Whatever is drawn at a face is one of its sprites. */
typedef enum
{
  GST_MICROEXPR_FACE_SPRITE_TOP, /* edges of the box */
  GST_MICROEXPR_FACE_SPRITE_BOTTOM,
  GST_MICROEXPR_FACE_SPRITE_LEFT,
  GST_MICROEXPR_FACE_SPRITE_RIGHT,
  GST_MICROEXPR_FACE_SPRITE_ID,
  GST_MICROEXPR_FACE_SPRITE_LANDMARKS, /* one each */
  GST_MICROEXPR_FACE_SPRITE_ARROWS =   /* one each */
      GST_MICROEXPR_FACE_SPRITE_LANDMARKS + GST_MICROEXPR_MAX_LANDMARKS,
  GST_MICROEXPR_N_FACE_SPRITES = GST_MICROEXPR_FACE_SPRITE_ARROWS + ME_MAX_MOVEMENTS
} GstMicroexprFaceSprite;

/* A face in the newest frame. */
typedef struct
{
  gboolean seen; /* in the frame being pushed */
  guint id;
  GstVideoRectangle box; /* on the grid, inside the picture */
  double motion, noise;  /* % IPD */
  double speaking;       /* how likely, 0..1 */
  guint n_landmarks, n_arrows;
  float landmarks[GST_MICROEXPR_MAX_LANDMARKS][2]; /* px */
  GstMicroexprArrow arrows[ME_MAX_MOVEMENTS];
  GstMicroexprSprite sprites[GST_MICROEXPR_N_FACE_SPRITES];
  guint32 box_argb; /* colour of the edges as they are drawn */
} GstMicroexprFace;

/* Whatever is drawn of an event is one of its sprites. */
typedef enum
{
  GST_MICROEXPR_EVENT_SPRITE_LABEL,  /* at the face, as wide as the picture lets it be */
  GST_MICROEXPR_EVENT_SPRITE_NARROW, /* the same in more lines */
  GST_MICROEXPR_EVENT_SPRITE_NAME,   /* in the timeline */
  GST_MICROEXPR_N_EVENT_SPRITES
} GstMicroexprEventSprite;

/* An event that a meta has brought, in stream time. */
typedef struct
{
  gboolean used;
  guint64 id;
  guint face;
  guint kind; /* MeKind; 0: none of those */
  GstMicroexprSpan span;
  gint64 first_ns, last_ns; /* stream times of the frame that brought it and the last of its own */
  gboolean on_time;         /* the frame that brought it lies within it */
  char *label, *name;       /* owned; the span borrows the name */
  GstMicroexprSprite sprites[GST_MICROEXPR_N_EVENT_SPRITES];
} GstMicroexprShownEvent;

typedef struct
{
  GstMicroexprLook look;
  GstMicroexprStyle style;               /* of the pictures; its size limits the boxes */
  gint64 now_ns;                         /* stream time of the newest frame */
  GstMicroexprFace *faces[ME_MAX_FACES]; /* owned; NULL: a free place */
  GstMicroexprShownEvent events[GST_MICROEXPR_MAX_EVENTS]; /* ring */
  guint next_event;
  GstMicroexprTimeline timelines[GST_MICROEXPR_MAX_TIMELINES];
} GstMicroexprScene;

void gst_microexpr_scene_init (GstMicroexprScene *scene);
void gst_microexpr_scene_clear (GstMicroexprScene *scene);
/* Forgets the stream. */
void gst_microexpr_scene_reset (GstMicroexprScene *scene);
/* Another look: forgets what was drawn, not what is known. The style is to be set after it. */
void gst_microexpr_scene_set_look (GstMicroexprScene *scene, const GstMicroexprLook *look);
/* Another picture size: forgets the faces and what was drawn. */
void gst_microexpr_scene_set_style (GstMicroexprScene *scene, const GstVideoInfo *info);

/* Remembers the faces, their motion and the events of one frame; NULL: there is no meta on it. */
void gst_microexpr_scene_push (
    GstMicroexprScene *scene, const GstStructure *meta, GstClockTime stream_time);
/* GST_CLOCK_TIME_NONE changes nothing. */
void gst_microexpr_scene_set_time (GstMicroexprScene *scene, GstClockTime stream_time);

/* NULL: not in the newest frame. */
const GstMicroexprFace *gst_microexpr_scene_face (const GstMicroexprScene *scene, guint id);
/* Whether the face of timelines[i] is in the newest frame. */
gboolean gst_microexpr_scene_has_timeline (const GstMicroexprScene *scene, guint i);
/* Newest first, i from 0 to GST_MICROEXPR_MAX_EVENTS - 1; may be unused. */
GstMicroexprShownEvent *gst_microexpr_scene_recent_event (GstMicroexprScene *scene, guint i);

G_END_DECLS
