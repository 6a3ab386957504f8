/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The properties of the element microexpr: their documentation, ranges and values. */
#include "settings.h"

#include <string.h>

#include "credentials.h"

enum
{
  PROP_0,
  PROP_STATS = GST_MICROEXPR_PROP_STATS,
  PROP_KINDS,
  PROP_MIN_DURATION,
  PROP_MAX_DURATION,
  PROP_SENSITIVITY,
  PROP_MIN_CONFIDENCE,
  PROP_INTERPRETATION,
  PROP_MAX_FACES,
  PROP_MIN_FACE_SIZE,
  PROP_DETECT_INTERVAL,
  PROP_LANDMARK_MODEL,
  PROP_LOOKAHEAD,
  PROP_OVERLAY,
  PROP_MESSAGES,
  PROP_FACE_DATA,
  PROP_SOURCE,
  PROP_N_THREADS,
  PROP_CANDIDATE_CONFIDENCE,
  PROP_CONTEMPT,
  PROP_CONVERSATIONAL_EMOTIONS,
  PROP_SEI,
  N_PROPS
};

#define DEFAULT_INTERPRETATION GST_MICROEXPR_INTERPRETATION_EMOTIONS
#define DEFAULT_MESSAGES (GST_MICROEXPR_MESSAGE_EVENTS | GST_MICROEXPR_MESSAGE_WARNINGS)
#define DEFAULT_FACE_DATA 0
#define DEFAULT_LOOKAHEAD 0
#define DEFAULT_OVERLAY FALSE
#define DEFAULT_SEI FALSE

#define MAX_EVENT_DURATION (1 * GST_SECOND) /* what the matched filters of the spotter cover */
#define MAX_LOOKAHEAD (10 * GST_SECOND)
#define LARGEST_FACE_PX 8192

#define READY (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY)
#define PLAYING                                                                                    \
  (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING | GST_PARAM_CONTROLLABLE)

void
gst_microexpr_settings_init (GstMicroexprSettings *settings)
{
  memset (settings, 0, sizeof *settings);
  me_config_default (&settings->config);
  settings->config.landmark_model = NULL;
  settings->interpretation = DEFAULT_INTERPRETATION;
  settings->config.emotions = DEFAULT_INTERPRETATION == GST_MICROEXPR_INTERPRETATION_EMOTIONS;
  settings->messages = DEFAULT_MESSAGES;
  settings->face_data = DEFAULT_FACE_DATA;
  settings->lookahead_ns = DEFAULT_LOOKAHEAD;
  settings->overlay = DEFAULT_OVERLAY;
  settings->sei = DEFAULT_SEI;
}

void
gst_microexpr_settings_clear (GstMicroexprSettings *settings)
{
  g_free ((char *)settings->config.landmark_model);
  g_free (settings->source);
  memset (settings, 0, sizeof *settings);
}

void
gst_microexpr_settings_copy (GstMicroexprSettings *to, const GstMicroexprSettings *from)
{
  gst_microexpr_settings_clear (to);
  *to = *from;
  to->config.landmark_model = g_strdup (from->config.landmark_model);
  to->source = g_strdup (from->source);
}

/* What to detect. */
static void
install_event_properties (GObjectClass *klass, const MeConfig *config)
{
  /**
   * GstMicroexpr:kinds:
   *
   * The kinds of events to detect and report.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_KINDS,
      g_param_spec_flags ("kinds", "Kinds",
          "Kinds of events to report: micro-expressions, longer (macro) expressions, blinks",
          GST_TYPE_MICROEXPR_KINDS, config->kinds, PLAYING));
  /**
   * GstMicroexpr:min-duration:
   *
   * The shortest micro-expression, from onset to offset.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_MIN_DURATION,
      g_param_spec_uint64 ("min-duration", "Minimum duration",
          "Shortest event to report, from onset to offset, in nanoseconds", 0, MAX_EVENT_DURATION,
          config->min_duration_ns, PLAYING));
  /**
   * GstMicroexpr:max-duration:
   *
   * The longest micro-expression, from onset to offset; longer ones are macro-expressions.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_MAX_DURATION,
      g_param_spec_uint64 ("max-duration", "Maximum duration",
          "Longest micro-expression, from onset to offset, in nanoseconds; longer ones are "
          "macro-expressions",
          0, MAX_EVENT_DURATION, config->max_duration_ns, PLAYING));
  /**
   * GstMicroexpr:sensitivity:
   *
   * Every threshold on motion is divided by this number.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_SENSITIVITY,
      g_param_spec_double ("sensitivity", "Sensitivity",
          "Higher values detect weaker motion and more false positives; divides every threshold",
          0.1, 10.0, config->sensitivity, PLAYING));
  /**
   * GstMicroexpr:min-confidence:
   *
   * Events of lower confidence are not reported. The confidence of micro-expressions is fitted to
   * synthetic movements, as docs/spotting.md describes.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_MIN_CONFIDENCE,
      g_param_spec_double ("min-confidence", "Minimum confidence",
          "Events with lower confidence are not reported, or as candidates only; 0 reports all",
          0.0, 1.0, config->min_confidence, PLAYING));
  /**
   * GstMicroexpr:candidate-confidence:
   *
   * Events of lower confidence than `min-confidence`, from this one on, are reported as candidates:
   * with the field `candidate`, neither counted as events nor drawn.
   *
   * Since: 0.2
   */
  g_object_class_install_property (klass, PROP_CANDIDATE_CONFIDENCE,
      g_param_spec_double ("candidate-confidence", "Candidate confidence",
          "Events below min-confidence are reported as candidates from this confidence on; "
          "min-confidence or more (1) reports none",
          0.0, 1.0, config->candidate_confidence, PLAYING));
  /**
   * GstMicroexpr:interpretation:
   *
   * Whether action units are interpreted as emotions. With `action-units` no emotion is inferred or
   * reported anywhere: not in messages, metas or labels.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_INTERPRETATION,
      g_param_spec_enum ("interpretation", "Interpretation",
          "Whether action units are interpreted as emotions; with action-units no emotion is "
          "inferred anywhere",
          GST_TYPE_MICROEXPR_INTERPRETATION, DEFAULT_INTERPRETATION, PLAYING));
  /**
   * GstMicroexpr:contempt:
   *
   * Read a lip corner that is pulled or dimpled on one side only (AU12, AU14) as `contempt`, which
   * some tables of prototypes do. Otherwise its emotion is `other`.
   *
   * Since: 0.2
   */
  g_object_class_install_property (klass, PROP_CONTEMPT,
      g_param_spec_boolean ("contempt", "Contempt",
          "Interpret one-sided AU12 and AU14 as contempt, not as other", config->contempt,
          PLAYING));
  /**
   * GstMicroexpr:conversational-emotions:
   *
   * Interpret also a raise of both brows that goes with speech or a nod, lips, chin and jaw that
   * move with speech, alone or with such a raise, and macro-expressions that speech explains better
   * than an emotion does: the events whose field `context` is `conversational`. Otherwise they have
   * no emotion.
   *
   * Since: 0.2
   */
  g_object_class_install_property (klass, PROP_CONVERSATIONAL_EMOTIONS,
      g_param_spec_boolean ("conversational-emotions", "Conversational emotions",
          "Infer an emotion also in conversation: of brows that rise and lips that move with speech, "
          "of brows that rise with a nod, and of macro-expressions other than smiles that speech "
          "explains better",
          config->conversational_emotions, PLAYING));
}

/* In which faces. */
static void
install_face_properties (GObjectClass *klass, const MeConfig *config)
{
  /**
   * GstMicroexpr:max-faces:
   *
   * How many faces to analyse at once; the largest are chosen.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_MAX_FACES,
      g_param_spec_uint ("max-faces", "Maximum faces",
          "Number of faces to analyze at once; the largest are chosen, and the warning max-faces "
          "tells when others are left out",
          1, ME_MAX_FACES, config->max_faces, READY));
  /**
   * GstMicroexpr:min-face-size:
   *
   * Width of the smallest face to look for. Smaller faces take more time to find and show less.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_MIN_FACE_SIZE,
      g_param_spec_uint ("min-face-size", "Minimum face size",
          "Width of the smallest face to look for, in pixels; smaller values take more time",
          ME_SMALLEST_FACE_PX, LARGEST_FACE_PX, config->min_face_size_px, READY));
  /**
   * GstMicroexpr:detect-interval:
   *
   * Time in which the whole picture is searched once for new faces, a part of it with every frame;
   * doubled while a face is known. Parts that have not changed are searched less often. Known faces
   * are followed in every frame.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_DETECT_INTERVAL,
      g_param_spec_uint64 ("detect-interval", "Detection interval",
          "Time in which the whole picture is searched once for new faces, in nanoseconds; doubled "
          "while a face is known (0: one frame)",
          0, ME_MAX_DETECT_INTERVAL_NS, config->detect_interval_ns, READY));
  /**
   * GstMicroexpr:landmark-model:
   *
   * Path of a dlib shape predictor with 68 points. When empty, the built-in model is used.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_LANDMARK_MODEL,
      g_param_spec_string ("landmark-model", "Landmark model",
          "Path of a dlib shape predictor with 68 points (empty: the built-in model)", NULL,
          READY));
  /**
   * GstMicroexpr:n-threads:
   *
   * Threads that share the faces of a frame, the streaming thread included. The results do not
   * depend on it; threads beyond the number of faces are idle.
   *
   * Since: 0.2
   */
  g_object_class_install_property (klass, PROP_N_THREADS,
      g_param_spec_uint ("n-threads", "Threads",
          "Threads that share the faces of a frame; the results do not depend on it", 1,
          ME_MAX_THREADS, config->n_threads, READY));
}

/* How to report it. */
static void
install_report_properties (GObjectClass *klass)
{
  /**
   * GstMicroexpr:lookahead:
   *
   * How long to hold frames, so that events can be attached to the frames from their onset to their
   * offset. An event is known up to 300 ms after its offset; when its first frames have left by
   * then, it is attached to the rest. Adds to the latency; a change is announced.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_LOOKAHEAD,
      g_param_spec_uint64 ("lookahead", "Lookahead",
          "How long to hold frames so that events can be attached to the frames on which they "
          "happen, in nanoseconds; adds to the latency (0: frames pass at once)",
          0, MAX_LOOKAHEAD, DEFAULT_LOOKAHEAD,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING));
  /**
   * GstMicroexpr:overlay:
   *
   * Draw boxes and labels on the picture, or hand them to a sink that draws them.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_OVERLAY,
      g_param_spec_boolean ("overlay", "Overlay",
          "Draw faces and events; otherwise pixels are never changed", DEFAULT_OVERLAY, PLAYING));
  /**
   * GstMicroexpr:sei:
   *
   * Also attach each event, once and as JSON, as user data for H.264 and H.265:
   * GstVideoSEIUserDataUnregisteredMeta, which inserters such as h264seiinserter write into the
   * stream. #microexprextract reads it back behind h264parse or h265parse.
   *
   * Since: 0.2
   */
  g_object_class_install_property (klass, PROP_SEI,
      g_param_spec_boolean ("sei", "User data (SEI)",
          "Attach events as user data too, which SEI inserters write into H.264 and H.265",
          DEFAULT_SEI, PLAYING));
  /**
   * GstMicroexpr:messages:
   *
   * The element messages to post on the bus.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_MESSAGES,
      g_param_spec_flags ("messages", "Messages", "Element messages to post on the bus",
          GST_TYPE_MICROEXPR_MESSAGES, DEFAULT_MESSAGES, PLAYING));
  /**
   * GstMicroexpr:face-data:
   *
   * Data of each face in the metas in addition to box, quality, motion and noise.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_FACE_DATA,
      g_param_spec_flags ("face-data", "Face data",
          "Data of each face in the metas in addition to box, quality, motion and noise",
          GST_TYPE_MICROEXPR_FACE_DATA, DEFAULT_FACE_DATA, PLAYING));
  /**
   * GstMicroexpr:source:
   *
   * Copied into every message, to tell cameras apart. User name, password and secrets of a URI are
   * removed when the property is set.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_SOURCE,
      g_param_spec_string ("source", "Source",
          "Name or URI to copy into every message (credentials in a URI are removed)", NULL,
          READY));
  /**
   * GstMicroexpr:stats:
   *
   * A structure `microexpr-stats`. Counters since READY, guint64: `frames` received, `analysed`,
   * `repeated` that show the previous picture again, `skipped-late`, `skipped-corrupt`,
   * `skipped-untimed`, `resets-gap`, `resets-seek`, `resets-caps`, `resets-flush`, `faces`,
   * `events`, `candidates`, `events-dropped`, `warnings`. Doubles: `frame-rate` of new pictures as
   * measured, `mean-ms` and `max-ms` of the analysis of a frame; of a live pipeline `latency-ms`,
   * how long after their time the newest frames were analysed, and `max-latency-ms`. Per stage of
   * the analysis (detect, landmarks, crop, align, motion, spot) `STAGE-ms`, the mean of one run,
   * and `STAGE-runs`, guint64.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_STATS,
      g_param_spec_boxed ("stats", "Statistics",
          "Counters since READY and time per frame, structure microexpr-stats", GST_TYPE_STRUCTURE,
          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

void
gst_microexpr_settings_install (GObjectClass *klass)
{
  MeConfig config;

  me_config_default (&config);
  install_event_properties (klass, &config);
  install_face_properties (klass, &config);
  install_report_properties (klass);
}

/* Safe for messages and files: valid UTF-8 without credentials. Transfer full. */
static char *
clean_source (const char *source)
{
  char *valid = source ? g_utf8_make_valid (source, -1) : NULL;
  char *clean = gst_microexpr_strip_credentials (valid);

  g_free (valid);
  return clean;
}

/* text: transfer full. It was allocated before the old string is freed, so that the pointers differ
 * and gst_microexpr_settings_set() sees a change. */
static void
replace_string (char **member, char *text)
{
  g_free (*member);
  *member = text;
}

gboolean
gst_microexpr_settings_set (GstMicroexprSettings *settings, guint id, const GValue *value)
{
  GstMicroexprSettings before = *settings;

  switch (id) {
  case PROP_KINDS:
    settings->config.kinds = g_value_get_flags (value);
    break;
  case PROP_MIN_DURATION:
    settings->config.min_duration_ns = g_value_get_uint64 (value);
    break;
  case PROP_MAX_DURATION:
    settings->config.max_duration_ns = g_value_get_uint64 (value);
    break;
  case PROP_SENSITIVITY:
    settings->config.sensitivity = g_value_get_double (value);
    break;
  case PROP_MIN_CONFIDENCE:
    settings->config.min_confidence = g_value_get_double (value);
    break;
  case PROP_CANDIDATE_CONFIDENCE:
    settings->config.candidate_confidence = g_value_get_double (value);
    break;
  case PROP_CONTEMPT:
    settings->config.contempt = g_value_get_boolean (value);
    break;
  case PROP_CONVERSATIONAL_EMOTIONS:
    settings->config.conversational_emotions = g_value_get_boolean (value);
    break;
  case PROP_INTERPRETATION:
    settings->interpretation = g_value_get_enum (value);
    break;
  case PROP_MAX_FACES:
    settings->config.max_faces = g_value_get_uint (value);
    break;
  case PROP_MIN_FACE_SIZE:
    settings->config.min_face_size_px = g_value_get_uint (value);
    break;
  case PROP_DETECT_INTERVAL:
    settings->config.detect_interval_ns = g_value_get_uint64 (value);
    break;
  case PROP_LANDMARK_MODEL:
    replace_string ((char **)&settings->config.landmark_model, g_value_dup_string (value));
    break;
  case PROP_LOOKAHEAD:
    settings->lookahead_ns = g_value_get_uint64 (value);
    break;
  case PROP_OVERLAY:
    settings->overlay = g_value_get_boolean (value);
    break;
  case PROP_SEI:
    settings->sei = g_value_get_boolean (value);
    break;
  case PROP_MESSAGES:
    settings->messages = g_value_get_flags (value);
    break;
  case PROP_FACE_DATA:
    settings->face_data = g_value_get_flags (value);
    break;
  case PROP_SOURCE:
    replace_string (&settings->source, clean_source (g_value_get_string (value)));
    break;
  case PROP_N_THREADS:
    settings->config.n_threads = g_value_get_uint (value);
    break;
  default:
    return FALSE;
  }
  settings->config.emotions = settings->interpretation == GST_MICROEXPR_INTERPRETATION_EMOTIONS;
  settings->config.units = (settings->face_data & GST_MICROEXPR_FACE_DATA_UNITS) != 0;
  settings->config.movements = (settings->face_data & GST_MICROEXPR_FACE_DATA_REGIONS) != 0;
  if (memcmp (&before, settings, sizeof before) != 0)
    settings->serial++;
  return TRUE;
}

gboolean
gst_microexpr_settings_get (const GstMicroexprSettings *settings, guint id, GValue *value)
{
  switch (id) {
  case PROP_KINDS:
    g_value_set_flags (value, settings->config.kinds);
    break;
  case PROP_MIN_DURATION:
    g_value_set_uint64 (value, settings->config.min_duration_ns);
    break;
  case PROP_MAX_DURATION:
    g_value_set_uint64 (value, settings->config.max_duration_ns);
    break;
  case PROP_SENSITIVITY:
    g_value_set_double (value, settings->config.sensitivity);
    break;
  case PROP_MIN_CONFIDENCE:
    g_value_set_double (value, settings->config.min_confidence);
    break;
  case PROP_CANDIDATE_CONFIDENCE:
    g_value_set_double (value, settings->config.candidate_confidence);
    break;
  case PROP_CONTEMPT:
    g_value_set_boolean (value, settings->config.contempt);
    break;
  case PROP_CONVERSATIONAL_EMOTIONS:
    g_value_set_boolean (value, settings->config.conversational_emotions);
    break;
  case PROP_INTERPRETATION:
    g_value_set_enum (value, settings->interpretation);
    break;
  case PROP_MAX_FACES:
    g_value_set_uint (value, settings->config.max_faces);
    break;
  case PROP_MIN_FACE_SIZE:
    g_value_set_uint (value, settings->config.min_face_size_px);
    break;
  case PROP_DETECT_INTERVAL:
    g_value_set_uint64 (value, settings->config.detect_interval_ns);
    break;
  case PROP_LANDMARK_MODEL:
    g_value_set_string (value, settings->config.landmark_model);
    break;
  case PROP_LOOKAHEAD:
    g_value_set_uint64 (value, settings->lookahead_ns);
    break;
  case PROP_OVERLAY:
    g_value_set_boolean (value, settings->overlay);
    break;
  case PROP_SEI:
    g_value_set_boolean (value, settings->sei);
    break;
  case PROP_MESSAGES:
    g_value_set_flags (value, settings->messages);
    break;
  case PROP_FACE_DATA:
    g_value_set_flags (value, settings->face_data);
    break;
  case PROP_SOURCE:
    g_value_set_string (value, settings->source);
    break;
  case PROP_N_THREADS:
    g_value_set_uint (value, settings->config.n_threads);
    break;
  default:
    return FALSE;
  }
  return TRUE;
}
