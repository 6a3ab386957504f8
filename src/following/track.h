/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One face through time: its pose, its reference frames, and the motion of its points.
 *
 * Two series are held. The reference of the fast one is renewed every second or so and follows
 * light and pose, and neighbouring patches are made to agree; it serves short events. That of the
 * kept one is renewed every two seconds, but not while an expression holds the face away from it,
 * so that its series drifts less; it serves long events and blinks. Neither is renewed while the
 * eyes are shut. */
#pragma once

#include "microexpr.h"
#include "finding/face-finder.h"
#include "finding/head-pose.h"
#include "learnt-depth.h"
#include "lids.h"
#include "stitch.h"

G_BEGIN_DECLS

/* What one frame shows of a face. */
typedef struct
{
  guint64 time_ns;
  MePoint fast[ME_N_POINTS]; /* motion since the series began, % IPD */
  gboolean kept_measured;    /* the ones below are of this frame */
  MePoint kept[ME_N_POINTS]; /* likewise, of the kept series */
  MePoint turn;              /* of the head, of the kept series, as in MeHeadMotion */
  float closure[3];          /* of ME_LEFT and ME_RIGHT eye, as in MeLids */
  float eye_detail[3];       /* detail of each, as in MeLids */
  float match;               /* median correlation of the patches with the fast reference */
  float head[2];             /* place of the eyes in the frame, % IPD */
} MeObservation;

/* Likeness above which a face is the same. Of people photographed in the same light, 96 % of all
 * pairs are less alike, and 94 % of the people, smiling, are more like themselves
 * (docs/spotting.md). */
#define ME_SAME_FACE 0.85f
#define ME_SAME_FACE_THERE 0.70f /* where it was before, a moment ago */

/* Detail of an eye (MeLids) below which its lid covers it; with more it is open and looks
 * elsewhere.
 */
#define ME_LID_DETAIL 0.75f

typedef enum
{
  ME_TRACK_ACTIVE,
  ME_TRACK_LOST, /* not seen; may be resumed for a while */
} MeTrackState;

typedef struct
{
  guint id;
  MeTrackState state;
  guint64 lost_ns;   /* when it was lost */
  float fit;         /* score of its landmarks when they were last looked at, 0..1 */
  float turn;        /* of the head away from the camera then: 0 the nose lies in the middle
                        between the outer eye corners, 1 beside one of them */
  MeSimilarity pose; /* from the crop to the frame */
  MeHeadPose began;  /* how the head was held when the kept series began, as its landmarks say */
  MePoint points[ME_N_POINTS], landmarks[ME_N_LANDMARKS]; /* pixels of the crop */
  MeLearntDepth depth;                                    /* of the points */
  MePoint box[2]; /* corners of the detector's box, pixels of the crop */
  MeCrop crop;    /* of this frame */
  MeStitch fast, kept;
  MeLids lids;
  guint64 kept_ns; /* when the kept one was last measured */
  guint64 shut_ns; /* when the eyes were last shut; 0: not yet */
  MeObservation now;
} MeTrack;

/* What a thread works with. The functions below add their time to its stats. */
typedef struct
{
  MeCropper *cropper;
  MeLandmarkFitter *fitter; /* of the lids; NULL: they are not measured */
  MeStats stats;
} MeTools;

/* Starts on a face. FALSE when the crop misses the frame. */
gboolean me_track_start (MeTrack *track, MeTools *tools, const MeFrame *frame,
    const MeDetection *box, const MePoint landmarks[ME_N_LANDMARKS]);

/* Follows the face into the next frame and fills track->now, or marks it lost. */
void me_track_follow (MeTrack *track, MeTools *tools, const MeFrame *frame);

/* How much a face with these landmarks looks like the one that was lost: median correlation of the
 * patches, -1..1. */
float me_track_likeness (
    MeTrack *track, MeTools *tools, const MeFrame *frame, const MePoint landmarks[ME_N_LANDMARKS]);

/* Where the track expects the landmarks, square pixels of the frame. */
void me_track_landmarks (const MeTrack *track, MePoint landmarks[ME_N_LANDMARKS]);

/* Records how well landmarks that were just found (square pixels) fit the face, and the turn of the
 * head that they show. */
void me_track_note_fit (MeTrack *track, const MePoint landmarks[ME_N_LANDMARKS], float score);

/* How far the landmarks lie from where the track expects them, % IPD: median of six anchors. */
float me_track_disagreement (const MeTrack *track, const MePoint landmarks[ME_N_LANDMARKS]);

/* The face is not there any more. */
void me_track_lose (MeTrack *track, guint64 time_ns);

/* How the head is held now. */
MeHeadPose me_track_head_pose (const MeTrack *track);

/* Square pixels of the frame. */
MeDetection me_track_box (const MeTrack *track);
float me_track_ipd_px (const MeTrack *track);

G_END_DECLS
