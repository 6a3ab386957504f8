/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The analysis of one video stream: frames of luma in, facial events out. No GStreamer here. The
 * elements in gst/ use the analysis through this header only; the test source and what covers faces
 * also use common/, anatomy/ and finding/.
 *
 * Units, everywhere in src/: time in nanoseconds (or double seconds where a name ends in _s),
 * motion in percent of the interpupillary distance (IPD), image coordinates in pixels of the frame
 * handed in, x to the right and y down. Left and right are the person's own.
 *
 * Threads: an analyzer belongs to one thread at a time; different analyzers are independent.
 * Nothing here logs, exits or throws; failures are GError. */
#pragma once

#include "common/picture.h"
#include "anatomy/landmarks.h"

G_BEGIN_DECLS

typedef enum
{
  ME_KIND_MICRO = 1 << 0, /* min_duration_ns <= offset - onset <= max_duration_ns */
  ME_KIND_MACRO = 1 << 1, /* longer */
  ME_KIND_BLINK = 1 << 2, /* eyes that stay shut are one blink, however long */
} MeKind;

/* Action units that are measured, in the order of every array of strengths. */
typedef enum
{
  ME_AU1,
  ME_AU2,
  ME_AU4,
  ME_AU5,
  ME_AU6,
  ME_AU7,
  ME_AU9,
  ME_AU10,
  ME_AU12,
  ME_AU14,
  ME_AU15,
  ME_AU17,
  ME_AU20,
  ME_AU23,
  ME_AU24,
  ME_AU25,
  ME_AU26,
  ME_AU18,
  ME_AU22,
  ME_AU28,
  ME_AU45, /* lids that close and open at once; the units before it are motions of the skin */
  ME_AU43, /* lids that stay closed */
  ME_AU27, /* a jaw that drops further than AU26 can */
  ME_N_AUS
} MeAu;

typedef enum
{
  ME_HAPPINESS,
  ME_SADNESS,
  ME_ANGER,
  ME_FEAR,
  ME_DISGUST,
  ME_SURPRISE,
  ME_N_EMOTIONS,
  ME_EMOTION_OTHER = ME_N_EMOTIONS, /* the units fit no prototype */
  ME_EMOTION_NONE,                  /* not inferred: not wanted, a blink, or conversation */
  ME_EMOTION_CONTEMPT /* one-sided AU12 or AU14, by the convention that MeConfig.contempt enables */
} MeEmotion;

/* What goes with an event in conversation, where that may explain it. */
typedef enum
{
  ME_CONTEXT_NONE,
  ME_CONTEXT_CONVERSATIONAL, /* brows, lips, expressions with speech, brows with a nod: context.c */
} MeContext;

/* Lids that hide the eyes for most of so long a time, or longer, are AU43; else a blink, AU45. */
#define ME_EYES_CLOSED_NS (G_GUINT64_CONSTANT (500000000))

const char *me_kind_name (MeKind kind); /* "micro", "macro", "blink"; static */
const char *me_au_name (MeAu au);       /* "AU1" ... "AU43", "AU27"; static */
gboolean me_au_is_sided (MeAu au);      /* FALSE: a midline unit, no left and right */
/* FACS intensity of a strength in % IPD, 'A' (trace) to 'E' (maximum), by its share of a full
 * contraction. 0: closing lids, AU45 and AU43, have none. */
char me_au_intensity (MeAu au, double strength);
/* "happiness" ... "other", "contempt"; NULL for ME_EMOTION_NONE; static */
const char *me_emotion_name (MeEmotion emotion);
const char *me_context_name (MeContext context); /* "conversational"; NULL for none; static */

/* Limits of MeConfig. */
#define ME_MAX_FACES 64
#define ME_MAX_THREADS 16
#define ME_SMALLEST_FACE_PX 16 /* width (square pixels); smaller faces are never looked for */
#define ME_MAX_DETECT_INTERVAL_NS (3600 * G_GUINT64_CONSTANT (1000000000))

/* What to look for. Fill with me_config_default() first. The strings are copied. */
typedef struct
{
  /* May change while running, through me_analyzer_configure(). */
  guint kinds;                /* MeKind bits to report */
  guint64 min_duration_ns;    /* shortest micro event */
  guint64 max_duration_ns;    /* longest micro event; what lasts longer is macro */
  double sensitivity;         /* 0.1..10; scales every threshold by 1 / sensitivity */
  double min_confidence;      /* 0..1; weaker events are not reported */
  gboolean emotions;          /* FALSE: no emotion is computed anywhere */
  gboolean units;             /* fill MeFace.units with every frame */
  gboolean movements;         /* fill MeFace.movements with every frame */
  guint max_faces;            /* 1..ME_MAX_FACES. A new face replaces a lost one or one that is
                                 clearly smaller; when it is lowered, the smallest are dropped */
  guint min_face_size_px;     /* smallest face box looked for, ME_SMALLEST_FACE_PX or more */
  guint64 detect_interval_ns; /* between searches for new faces; 0: every frame; at most
                                 ME_MAX_DETECT_INTERVAL_NS */
  /* Weaker events from this confidence on are reported as candidates; 1: none are. */
  double candidate_confidence;
  gboolean contempt;                /* one-sided AU12 and AU14 are read as ME_EMOTION_CONTEMPT */
  gboolean conversational_emotions; /* emotions of ME_CONTEXT_CONVERSATIONAL are inferred too */
  /* Read once by me_analyzer_new(). */
  guint n_threads; /* 1..ME_MAX_THREADS, which share the faces; results do not depend on it */
  const char *landmark_model; /* file of a dlib shape predictor with 68 points; NULL or "": the
                                 built-in model */
} MeConfig;

void me_config_default (MeConfig *config);

/* A small copy of a picture's luma. Two of them show whether a stream cut from one picture to the
 * other. */
#define ME_THUMBNAIL_COLUMNS 80
#define ME_THUMBNAIL_ROWS 45

typedef struct
{
  guint8 luma[ME_THUMBNAIL_ROWS * ME_THUMBNAIL_COLUMNS];
} MeThumbnail;

void me_thumbnail_make (MeThumbnail *thumbnail, const MeFrame *frame);

/* Mean absolute difference, levels of luma, 0..255. */
double me_thumbnail_difference (const MeThumbnail *a, const MeThumbnail *b);

/* Something that happened on a face. Strength: displacement of the unit's most moved facial point
 * at the apex against the onset, head motion removed, % IPD; 0 means not active. */
typedef struct
{
  guint64 id; /* from 0, never reused by this analyzer */
  guint face; /* MeFace.id */
  MeKind kind;
  guint64 onset_ns, apex_ns,
      offset_ns;             /* on the clock of MeFrame.time_ns; may lie between frames */
  double strength[ME_N_AUS]; /* of the stronger side */
  double left[ME_N_AUS], right[ME_N_AUS]; /* sided units only */
  double unit_confidence[ME_N_AUS];       /* 0..1: probability of each active unit */
  MeEmotion emotion;
  double emotions[ME_N_EMOTIONS]; /* 0..1 each: how well it fits; all 0 with ME_EMOTION_NONE */
  double emotion_confidence;      /* 0..1: probability of the emotion, given the event */
  double confidence;              /* 0..1: probability of the event */
  gboolean candidate;             /* less confident than MeConfig.min_confidence */
  double intensity;               /* strongest motion anywhere on the face, % IPD */
  double snr;                     /* intensity over the noise of this face at that time */
  double speaking;                /* 0..1: the most likely that the person spoke meanwhile */
  MeContext context;              /* speech or a nod that may explain it */
  MeBox box;                      /* of the face at the apex */
} MeEvent;

/* A part of the face that moves now, against the neutral face and without the head's motion. */
typedef struct
{
  const char *name; /* "inner-brow", "lip-corner" ...; static */
  const char *side; /* "left", "right"; NULL: on the midline */
  MePoint at;       /* pixels of the frame: where it was at rest, carried along with the head */
  MePoint motion;   /* % IPD, along the axes of the frame */
} MeMovement;

#define ME_MAX_MOVEMENTS 48

/* A face in the newest frame. */
typedef struct
{
  guint id; /* from 0, stable while the face stays in view, never reused */
  MeBox box;
  double ipd_px;   /* interpupillary distance in square pixels */
  double quality;  /* 0..1: how well the tracked patches still match; 0 while not measured yet */
  double motion;   /* motion of the face now, % IPD */
  double noise;    /* what the error of measurement makes of it, % IPD */
  double speaking; /* 0..1: how likely the person speaks */
  double yaw, pitch, roll; /* of the head, degrees: to the right of the picture, up, clockwise */
  double perclos; /* 0..1: share of the last minute in view with closed eyes; -1: not yet known */
  MePoint landmarks[ME_N_LANDMARKS]; /* carried along with the head since they were last fitted */
  double units[ME_N_AUS]; /* current strength of each unit, % IPD; 0 unless MeConfig.units */
  MeMovement movements[ME_MAX_MOVEMENTS]; /* those that rise out of the noise, strongest first */
  guint n_movements;                      /* 0 unless MeConfig.movements */
} MeFace;

/* Conditions that make results poor; what is measured of each is in warnings.c. The last three
 * concern the transport of frames: the elements measure them. */
typedef enum
{
  ME_WARNING_FRAME_RATE,
  ME_WARNING_FACE_SMALL,
  ME_WARNING_DARK,
  ME_WARNING_BLURRED,
  ME_WARNING_TURNED_AWAY,
  ME_WARNING_NO_FACE,
  ME_WARNING_MAX_FACES,
  ME_WARNING_NOISY,
  ME_WARNING_SPEAKING,
  ME_WARNING_INTERLACED,
  ME_WARNING_RESTARTS,
  ME_WARNING_LATE,
  ME_N_WARNINGS
} MeWarningReason;

typedef struct
{
  const char *name; /* "frame-rate" ... */
  const char *unit; /* of value and limit: "1/s" ... */
  double limit;
  gboolean above;   /* results are poor above the limit; FALSE: below it */
  guint64 hold_ns;  /* how long it must last before the warning starts, and before it clears */
  gboolean of_face; /* concerns one face; FALSE: the stream */
} MeWarningRule;

const MeWarningRule *me_warning_rule (MeWarningReason reason); /* static */

typedef struct
{
  MeWarningReason reason;
  gboolean active; /* TRUE when it starts, FALSE when it clears */
  gint64 face;     /* MeFace.id, -1: concerns the stream */
  double value, limit;
} MeWarning;

/* The stages whose cost is accumulated, for benchmarks and the property `stats`. */
typedef enum
{
  ME_STAGE_DETECT,
  ME_STAGE_LANDMARKS,
  ME_STAGE_CROP,
  ME_STAGE_ALIGN,
  ME_STAGE_MOTION,
  ME_STAGE_SPOT,
  ME_N_STAGES
} MeStage;

const char *me_stage_name (MeStage stage); /* static */

typedef struct
{
  guint64 frames;                /* analysed */
  guint64 repeated;              /* not analysed: copies of the picture before */
  guint64 faces;                 /* faces ever tracked */
  guint64 events;                /* reported, without candidates */
  guint64 candidates;            /* reported as such */
  guint64 events_dropped;        /* lost because they were not fetched: me_analyzer_pop_event() */
  double frame_rate;             /* of new pictures, measured, 1/s; 0 until known */
  guint64 stage_ns[ME_N_STAGES]; /* wall time spent */
  guint64 stage_runs[ME_N_STAGES];
} MeStats;

typedef struct _MeAnalyzer MeAnalyzer;

#define ME_ERROR (me_error_quark ())
GQuark me_error_quark (void);
typedef enum
{
  ME_ERROR_MODEL_NOT_FOUND, /* no landmark model; the message names the cure */
  ME_ERROR_MODEL_DAMAGED,   /* the message names the file and the cure */
} MeError;

/* Loads the landmark model (slow). NULL and `error` set when that fails. Free with
 * me_analyzer_free(). */
MeAnalyzer *me_analyzer_new (const MeConfig *config, GError **error);
void me_analyzer_free (MeAnalyzer *analyzer);

/* Applies the settings that may change while running. Cheap; call it before a frame. */
void me_analyzer_configure (MeAnalyzer *analyzer, const MeConfig *config);

/* Analyses one frame, unless it is a copy of the picture before (MeStats.repeated). Allocates
 * memory when more faces are followed than ever before, and in the detector when it searches; else
 * nothing. */
void me_analyzer_process (MeAnalyzer *analyzer, const MeFrame *frame);

/* The stream ends or breaks here. Events whose offset has been seen are concluded. So are an
 * expression that already lasts longer than a micro one, and eyes that have been shut for longer
 * than a blink, with their offset at the newest frame. The rest is dropped: no event ever spans
 * this call. Afterwards MeFrame.time_ns may start anywhere.
 *
 * keep_faces TRUE (a gap in the stream): a face that is soon found again keeps its id; at another
 * place only if it looks much the same. FALSE (another picture): all faces are forgotten. */
void me_analyzer_reset (MeAnalyzer *analyzer, gboolean keep_faces);

/* The next concluded event, or NULL. In the order of conclusion; valid until the next call on the
 * analyzer. Fetch all of them after each call of me_analyzer_process() and me_analyzer_reset():
 * 512 wait at most; when one more is concluded the oldest is dropped and counted in
 * MeStats.events_dropped. Its id is not used again. */
const MeEvent *me_analyzer_pop_event (MeAnalyzer *analyzer);

/* The next warning that started or cleared, or NULL; fetched in the same way. As many
 * wait as there are reasons for all faces; when there are more, the oldest is dropped. */
const MeWarning *me_analyzer_pop_warning (MeAnalyzer *analyzer);

/* The faces of the newest frame; valid until the next call on the analyzer. */
const MeFace *me_analyzer_faces (const MeAnalyzer *analyzer, guint *n_faces);

void me_analyzer_get_stats (const MeAnalyzer *analyzer, MeStats *stats);

G_END_DECLS
