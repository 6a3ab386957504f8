/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The properties of the element microexpr: how each is documented and limited, and where its value
 * lives in GstMicroexprSettings. */
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
  N_PROPS
};

#define DEFAULT_INTERPRETATION GST_MICROEXPR_INTERPRETATION_EMOTIONS
#define DEFAULT_MESSAGES (GST_MICROEXPR_MESSAGE_EVENTS | GST_MICROEXPR_MESSAGE_WARNINGS)
#define DEFAULT_FACE_DATA 0
#define DEFAULT_LOOKAHEAD 0
#define DEFAULT_OVERLAY FALSE

#define MAX_EVENT_DURATION (1 * GST_SECOND) /* what the filters of the analysis cover */
#define MAX_DETECT_INTERVAL (3600 * GST_SECOND)
#define MAX_LOOKAHEAD (10 * GST_SECOND)
#define MAX_FACES 64
#define MAX_THREADS 16
#define SMALLEST_FACE_PX 16
#define LARGEST_FACE_PX 8192

#define READY (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY)
#define PLAYING                                                                                    \
  (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING | GST_PARAM_CONTROLLABLE)

#define FIELD(member) G_STRUCT_OFFSET (GstMicroexprSettings, member)

/* Where the value of a property lives. */
static const struct
{
  gsize offset;
  gsize size;
} fields[N_PROPS] = {
  [PROP_KINDS] = { FIELD (config.kinds), sizeof (guint) },
  [PROP_MIN_DURATION] = { FIELD (config.min_duration_ns), sizeof (guint64) },
  [PROP_MAX_DURATION] = { FIELD (config.max_duration_ns), sizeof (guint64) },
  [PROP_SENSITIVITY] = { FIELD (config.sensitivity), sizeof (double) },
  [PROP_MIN_CONFIDENCE] = { FIELD (config.min_confidence), sizeof (double) },
  [PROP_INTERPRETATION] = { FIELD (interpretation), sizeof (GstMicroexprInterpretation) },
  [PROP_MAX_FACES] = { FIELD (config.max_faces), sizeof (guint) },
  [PROP_MIN_FACE_SIZE] = { FIELD (config.min_face_size_px), sizeof (guint) },
  [PROP_DETECT_INTERVAL] = { FIELD (config.detect_interval_ns), sizeof (guint64) },
  [PROP_LANDMARK_MODEL] = { FIELD (config.landmark_model), sizeof (char *) },
  [PROP_LOOKAHEAD] = { FIELD (lookahead_ns), sizeof (guint64) },
  [PROP_OVERLAY] = { FIELD (overlay), sizeof (gboolean) },
  [PROP_MESSAGES] = { FIELD (messages), sizeof (GstMicroexprMessages) },
  [PROP_FACE_DATA] = { FIELD (face_data), sizeof (GstMicroexprFaceData) },
  [PROP_SOURCE] = { FIELD (source), sizeof (char *) },
  [PROP_N_THREADS] = { FIELD (config.n_threads), sizeof (guint) },
};

G_STATIC_ASSERT (sizeof (GstMicroexprInterpretation) == sizeof (gint));
G_STATIC_ASSERT (sizeof (GstMicroexprMessages) == sizeof (guint));
G_STATIC_ASSERT (sizeof (GstMicroexprFaceData) == sizeof (guint));

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

/* What to look for. */
static void
install_event_properties (GObjectClass *klass, const MeConfig *config)
{
  /**
   * GstMicroexpr:kinds:
   *
   * Which events are looked for and reported.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_KINDS,
      g_param_spec_flags ("kinds", "Kinds",
          "Which events are reported: micro-expressions, longer (macro) expressions, blinks",
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
          "Shortest event that is reported, from onset to offset, in nanoseconds", 0,
          MAX_EVENT_DURATION, config->min_duration_ns, PLAYING));
  /**
   * GstMicroexpr:max-duration:
   *
   * The longest micro-expression, from onset to offset; what lasts longer is macro.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_MAX_DURATION,
      g_param_spec_uint64 ("max-duration", "Maximum duration",
          "Longest micro-expression, from onset to offset, in nanoseconds; what lasts longer is "
          "of kind macro",
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
          "Higher finds weaker motion, and more that is none: divides every threshold", 0.1, 10.0,
          config->sensitivity, PLAYING));
  /**
   * GstMicroexpr:min-confidence:
   *
   * Events of less confidence are not reported. The confidence of micro-expressions is fitted to
   * synthetic movements, see docs/spotting.md; the default found most of them with fewest others.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_MIN_CONFIDENCE,
      g_param_spec_double ("min-confidence", "Minimum confidence",
          "Events with less confidence are not reported; 0 reports all", 0.0, 1.0,
          config->min_confidence, PLAYING));
  /**
   * GstMicroexpr:interpretation:
   *
   * Whether action units are read as emotions. With `action-units` no emotion is inferred or
   * reported anywhere: not in messages, metas or labels.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_INTERPRETATION,
      g_param_spec_enum ("interpretation", "Interpretation",
          "Whether action units are read as emotions; with action-units no emotion is inferred "
          "anywhere",
          GST_TYPE_MICROEXPR_INTERPRETATION, DEFAULT_INTERPRETATION, PLAYING));
}

/* Where to look for it. */
static void
install_face_properties (GObjectClass *klass, const MeConfig *config)
{
  /**
   * GstMicroexpr:max-faces:
   *
   * How many faces are analysed at once; the largest win.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_MAX_FACES,
      g_param_spec_uint ("max-faces", "Maximum faces",
          "Faces that are analysed at once; the largest ones win", 1, MAX_FACES, config->max_faces,
          READY));
  /**
   * GstMicroexpr:min-face-size:
   *
   * Width of the smallest face that is looked for. Smaller faces cost more to find and show less.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_MIN_FACE_SIZE,
      g_param_spec_uint ("min-face-size", "Minimum face size",
          "Smallest face that is looked for, in pixels; smaller costs more time", SMALLEST_FACE_PX,
          LARGEST_FACE_PX, config->min_face_size_px, READY));
  /**
   * GstMicroexpr:detect-interval:
   *
   * Time in which the picture is searched for new faces, a part with every frame; twice as long
   * while some face is known. Parts that have not changed are searched less often. Faces that are
   * known are followed in every frame.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_DETECT_INTERVAL,
      g_param_spec_uint64 ("detect-interval", "Detection interval",
          "Time in which the picture is searched for new faces, in nanoseconds; twice as long "
          "while some face is known (0: every frame)",
          0, MAX_DETECT_INTERVAL, config->detect_interval_ns, READY));
  /**
   * GstMicroexpr:landmark-model:
   *
   * Path of a dlib shape predictor with 68 points. When empty, the built-in model is taken, which
   * needs no file.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_LANDMARK_MODEL,
      g_param_spec_string ("landmark-model", "Landmark model",
          "File of a dlib shape predictor with 68 points (empty: the built-in model)", NULL,
          READY));
  /**
   * GstMicroexpr:n-threads:
   *
   * Threads that share the faces of a frame, the streaming thread among them. The same is found
   * with any number; more than there are faces are of no use.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_N_THREADS,
      g_param_spec_uint ("n-threads", "Threads",
          "Threads that share the faces of a frame; the same is found with any number", 1,
          MAX_THREADS, config->n_threads, READY));
}

/* How to tell. */
static void
install_report_properties (GObjectClass *klass)
{
  /**
   * GstMicroexpr:lookahead:
   *
   * How long frames are held back, so that events lie on the very frames from their onset to their
   * offset. An event is known up to 300 ms after its offset; one that began before the frames that
   * are held lies on the rest of them. Adds to the latency; a change is announced.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_LOOKAHEAD,
      g_param_spec_uint64 ("lookahead", "Lookahead",
          "How long frames are held so that events are on their own frames, in nanoseconds; adds "
          "to the latency (0: frames pass at once, events come late)",
          0, MAX_LOOKAHEAD, DEFAULT_LOOKAHEAD,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING));
  /**
   * GstMicroexpr:overlay:
   *
   * Draw boxes and labels into the picture, or hand them to a sink that draws them.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_OVERLAY,
      g_param_spec_boolean ("overlay", "Overlay",
          "Draw faces and events; without it no pixel is ever changed or copied", DEFAULT_OVERLAY,
          PLAYING));
  /**
   * GstMicroexpr:messages:
   *
   * Which element messages are posted on the bus.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_MESSAGES,
      g_param_spec_flags ("messages", "Messages", "Which element messages are posted on the bus",
          GST_TYPE_MICROEXPR_MESSAGES, DEFAULT_MESSAGES, PLAYING));
  /**
   * GstMicroexpr:face-data:
   *
   * What the faces in the metas hold besides box, quality, motion and noise.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_FACE_DATA,
      g_param_spec_flags ("face-data", "Face data",
          "What faces in the metas hold besides box, quality, motion and noise",
          GST_TYPE_MICROEXPR_FACE_DATA, DEFAULT_FACE_DATA, PLAYING));
  /**
   * GstMicroexpr:source:
   *
   * Copied into every message, to tell cameras apart. User name, password and secrets of a URI are
   * removed when it is set.
   *
   * Since: 0.1
   */
  g_object_class_install_property (klass, PROP_SOURCE,
      g_param_spec_string ("source", "Source",
          "Name or URI that is copied into every event (credentials in a URI are removed)", NULL,
          READY));
  /**
   * GstMicroexpr:stats:
   *
   * A structure `microexpr-stats`. Counters since READY, guint64: `frames` that came, `analysed`,
   * `skipped-late`, `skipped-corrupt`, `skipped-untimed`, `resets-gap`, `resets-seek`,
   * `resets-caps`, `resets-flush`, `faces`, `events`, `warnings`. Doubles: `frame-rate` as
   * measured, `mean-ms` and `max-ms` of the analysis of a frame; of a live pipeline
   * `latency-ms`, how long after their time the newest frames were analysed, and `max-latency-ms`.
   * Per stage of the analysis (detect, landmarks, crop, align, motion, spot) `STAGE-ms`, the mean
   * of one run, and `STAGE-runs`, guint64.
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

/* Takes `text`. TRUE: it is another one. */
static gboolean
replace_string (char **member, char *text)
{
  gboolean changed = g_strcmp0 (*member, text) != 0;

  g_free (*member);
  *member = text;
  return changed;
}

static gboolean
replace_plain (gpointer member, const GValue *value, gsize size)
{
  union
  {
    gint v_int;
    guint v_uint;
    guint64 v_uint64;
    double v_double;
  } plain;

  if (G_VALUE_HOLDS_UINT64 (value))
    plain.v_uint64 = g_value_get_uint64 (value);
  else if (G_VALUE_HOLDS_DOUBLE (value))
    plain.v_double = g_value_get_double (value);
  else if (G_VALUE_HOLDS_UINT (value))
    plain.v_uint = g_value_get_uint (value);
  else if (G_VALUE_HOLDS_FLAGS (value))
    plain.v_uint = g_value_get_flags (value);
  else if (G_VALUE_HOLDS_ENUM (value))
    plain.v_int = g_value_get_enum (value);
  else
    plain.v_int = g_value_get_boolean (value);
  if (memcmp (member, &plain, size) == 0)
    return FALSE;
  memcpy (member, &plain, size);
  return TRUE;
}

/* What may go into messages and files: no password, no bytes that are no text. With g_free(). */
static char *
clean_source (const char *source)
{
  char *valid = source ? g_utf8_make_valid (source, -1) : NULL;
  char *clean = gst_microexpr_strip_credentials (valid);

  g_free (valid);
  return clean;
}

gboolean
gst_microexpr_settings_set (GstMicroexprSettings *settings, guint id, const GValue *value)
{
  gpointer member;
  gboolean changed;

  if (id >= N_PROPS || !fields[id].size)
    return FALSE;
  member = G_STRUCT_MEMBER_P (settings, fields[id].offset);
  if (id == PROP_SOURCE)
    changed = replace_string (member, clean_source (g_value_get_string (value)));
  else if (id == PROP_LANDMARK_MODEL)
    changed = replace_string (member, g_value_dup_string (value));
  else
    changed = replace_plain (member, value, fields[id].size);
  settings->config.emotions = settings->interpretation == GST_MICROEXPR_INTERPRETATION_EMOTIONS;
  settings->config.units = (settings->face_data & GST_MICROEXPR_FACE_DATA_UNITS) != 0;
  settings->config.movements = (settings->face_data & GST_MICROEXPR_FACE_DATA_REGIONS) != 0;
  if (changed)
    settings->serial++;
  return TRUE;
}

gboolean
gst_microexpr_settings_get (const GstMicroexprSettings *settings, guint id, GValue *value)
{
  gconstpointer member;

  if (id >= N_PROPS || !fields[id].size)
    return FALSE;
  member = G_STRUCT_MEMBER_P (settings, fields[id].offset);
  if (G_VALUE_HOLDS_STRING (value))
    g_value_set_string (value, *(char *const *)member);
  else if (G_VALUE_HOLDS_UINT64 (value))
    g_value_set_uint64 (value, *(const guint64 *)member);
  else if (G_VALUE_HOLDS_DOUBLE (value))
    g_value_set_double (value, *(const double *)member);
  else if (G_VALUE_HOLDS_UINT (value))
    g_value_set_uint (value, *(const guint *)member);
  else if (G_VALUE_HOLDS_FLAGS (value))
    g_value_set_flags (value, *(const guint *)member);
  else if (G_VALUE_HOLDS_ENUM (value))
    g_value_set_enum (value, *(const gint *)member);
  else
    g_value_set_boolean (value, *(const gboolean *)member);
  return TRUE;
}
