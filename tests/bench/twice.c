/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Does the front end measure the same motion twice? Plays real clips, encodes each once more, and
 * compares the brief motion that is measured in both: what differs is noise of the measurement, not
 * of the face. Prints; judges nothing. */
#include <gst/gst.h>
#include <gst/video/video.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "accuracy-tiers.h"
#include "shared/pairing.h"
#include "shared/pipeline.h"
#include "spotting/regions.h"
#include "watch.h"

#define FOLDER_VARIABLE "MICROEXPR_CLIPS"
#define STEP_S 0.02  /* motion of both is compared at these times */
#define PULSE_S 0.3  /* how long the motion lasts that the filter passes */
#define HALF_TAPS 12 /* PULSE_S / 2 and 0.1 s on either side */
#define N_TAPS (2 * HALF_TAPS + 1)
#define FIRST_S 0.5 /* of a face, and the last: not compared */
#define LAST_S 0.3
#define N_PARTS 3 /* of all moments, by speed of the head or match of the patches */
#define N_SHOWN (ME_N_REGIONS - ME_REGION_BROWS)

/* The regions after the whole face. */
static const char *const shown[] = { "brows", "eyes", "midface", "mouth" };
G_STATIC_ASSERT (G_N_ELEMENTS (shown) == N_SHOWN);

static struct
{
  char *clips;
  gboolean tuning;
  int quantizer;
} options = { .quantizer = 20 };

static const GOptionEntry entries[] = {
  { "clips", 'c', 0, G_OPTION_ARG_FILENAME, &options.clips,
      "Folder of the clips of talking people (default: the environment variable " FOLDER_VARIABLE
      ")",
      "FOLDER" },
  { "tuning", 0, 0, G_OPTION_ARG_NONE, &options.tuning,
      "Clips for tuning instead of those for reporting", NULL },
  { "quantizer", 'q', 0, G_OPTION_ARG_INT, &options.quantizer,
      "Of x264, with which clips are encoded once more (default: 20)", "N" },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

/* What one frame shows of the face. */
typedef struct
{
  double time_s;
  MePoint motion[ME_N_POINTS]; /* of the fast series, % IPD */
  MePoint head;                /* place of the eyes, % IPD */
  float match[ME_N_REGIONS];   /* of each region: mean over its patches */
} Sample;

/* One version of a clip while it plays. */
typedef struct
{
  MeAnalyzer *analyzer;
  GPtrArray *faces; /* GArray of Sample, each a face that was followed without a break */
} Version;

static void
begin_face (Version *v)
{
  g_ptr_array_add (v->faces, g_array_new (FALSE, FALSE, sizeof (Sample)));
}

static float
region_match (const MeTrack *track, MeRegion region)
{
  float sum = 0;
  int n = 0;

  for (int i = 0; i < ME_N_POINTS; i++) {
    if (!me_region_has (region, i))
      continue;
    sum += 1 - track->fast.mismatch[i];
    n++;
  }
  return sum / (float)n;
}

static void
note_step (MeWatchStep step, const MeTrack *track, double frame_s G_GNUC_UNUSED, gpointer data)
{
  Version *v = data;
  Sample sample = { .time_s = (double)track->now.time_ns / 1e9,
    .head = { track->now.head[0], track->now.head[1] } };

  if (step == ME_WATCH_BEGIN)
    begin_face (v);
  if (step != ME_WATCH_FRAME || v->faces->len == 0)
    return;
  memcpy (sample.motion, track->now.fast, sizeof sample.motion);
  for (int r = ME_REGION_BROWS; r < ME_N_REGIONS; r++)
    sample.match[r] = region_match (track, (MeRegion)r);
  g_array_append_val (g_ptr_array_index (v->faces, v->faces->len - 1), sample);
}

static gboolean
version_init (Version *v, GError **error)
{
  MeConfig config;

  me_config_default (&config);
  config.max_faces = 1;
  v->faces = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  v->analyzer = me_analyzer_new (&config, error);
  if (v->analyzer)
    me_analyzer_watch (v->analyzer, note_step, v);
  return v->analyzer != NULL;
}

static void
version_clear (Version *v)
{
  g_clear_pointer (&v->analyzer, me_analyzer_free);
  g_clear_pointer (&v->faces, g_ptr_array_unref);
}

static guint64
stream_time (GstPad *pad, GstBuffer *buffer)
{
  GstEvent *event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;
  guint64 time;

  gst_event_parse_segment (event, &segment);
  time = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  gst_event_unref (event);
  return time;
}

static GstPadProbeReturn
analyze (GstPad *pad, GstPadProbeInfo *probe, gpointer data)
{
  Version *v = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (probe);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstVideoInfo info;
  GstVideoFrame video;

  if (!caps || !gst_video_info_from_caps (&info, caps) ||
      !gst_video_frame_map (&video, &info, buffer, GST_MAP_READ))
    return GST_PAD_PROBE_OK;
  MeFrame frame = { GST_VIDEO_FRAME_PLANE_DATA (&video, 0), GST_VIDEO_FRAME_WIDTH (&video),
    GST_VIDEO_FRAME_HEIGHT (&video), (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (&video, 0), 1,
    stream_time (pad, buffer), NULL };
  me_analyzer_process (v->analyzer, &frame);
  while (me_analyzer_pop_event (v->analyzer))
    continue;
  gst_video_frame_unmap (&video);
  return GST_PAD_PROBE_OK;
}

static void
add_probe (GstElement *pipeline, const char *name, Version *v)
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), name);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, analyze, v, NULL);
}

/* Plays a clip as it is and encoded once more, beside each other. With one thread the encoder
 * yields the same on every machine. */
static gboolean
play (const char *path, Version versions[2], GError **error)
{
  g_autofree char *line =
      g_strdup_printf ("filesrc name=source ! decodebin ! videoconvert ! video/x-raw,format=I420 ! "
                       "tee name=both both. ! queue ! fakesink name=once sync=false async=false "
                       "both. ! queue ! x264enc pass=qual quantizer=%d threads=1 ! "
                       "avdec_h264 max-threads=1 ! fakesink name=twice sync=false async=false",
          options.quantizer);
  g_autoptr (GstElement) pipeline =
      gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  g_autoptr (GstElement) source = NULL;

  if (!pipeline)
    return FALSE;
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_object_set (source, "location", path, NULL);
  add_probe (pipeline, "once", &versions[0]);
  add_probe (pipeline, "twice", &versions[1]);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  return app_pipeline_wait (pipeline, NULL, NULL, error);
}

/* A raised cosine of PULSE_S without its mean, scaled to measure the height of such a pulse. */
static void
make_taps (double taps[N_TAPS])
{
  double mean = 0, height = 0, pulse[N_TAPS];

  for (int i = 0; i < N_TAPS; i++) {
    double t = (i - HALF_TAPS) * STEP_S;
    pulse[i] = fabs (t) < PULSE_S / 2 ? 0.5 + 0.5 * cos (2 * M_PI * t / PULSE_S) : 0;
    mean += pulse[i] / N_TAPS;
  }
  for (int i = 0; i < N_TAPS; i++)
    height += (pulse[i] - mean) * pulse[i];
  for (int i = 0; i < N_TAPS; i++)
    taps[i] = (pulse[i] - mean) / height;
}

static const Sample *
sample_at (const GArray *face, guint i)
{
  return &g_array_index (face, Sample, i);
}

/* Between two frames. *from: a frame of the face, moved on to the last one before that time. */
static void
interpolate (const GArray *face, double time_s, guint *from, Sample *out)
{
  const Sample *a, *b;
  float w;

  while (*from + 2 < face->len && sample_at (face, *from + 1)->time_s <= time_s)
    ++*from;
  a = sample_at (face, *from), b = a + 1;
  w = (float)((time_s - a->time_s) / (b->time_s - a->time_s));
  *out = *a;
  out->time_s = time_s;
  for (int i = 0; i < ME_N_POINTS; i++) {
    out->motion[i].x += w * (b->motion[i].x - a->motion[i].x);
    out->motion[i].y += w * (b->motion[i].y - a->motion[i].y);
  }
  out->head.x += w * (b->head.x - a->head.x);
  out->head.y += w * (b->head.y - a->head.y);
}

/* A stretch of a face at even steps, starting at from_s. */
static GArray *
resample (const GArray *face, double from_s, guint n)
{
  GArray *even = g_array_new (FALSE, FALSE, sizeof (Sample));
  guint from = 0;

  for (guint i = 0; i < n; i++) {
    Sample sample;
    interpolate (face, from_s + i * STEP_S, &from, &sample);
    g_array_append_val (even, sample);
  }
  return even;
}

/* Height of the pulse of each point around a step. */
static void
filter (const GArray *even, guint at, const double taps[N_TAPS], MePoint pulse[ME_N_POINTS])
{
  memset (pulse, 0, ME_N_POINTS * sizeof *pulse);
  for (int k = 0; k < N_TAPS; k++) {
    const Sample *sample = sample_at (even, at + (guint)k - HALF_TAPS);
    for (int i = 0; i < ME_N_POINTS; i++) {
      pulse[i].x += (float)taps[k] * sample->motion[i].x;
      pulse[i].y += (float)taps[k] * sample->motion[i].y;
    }
  }
}

/* What is compared at a moment. */
typedef struct
{
  float motion[N_SHOWN];     /* pulses of the clip as it is: mean over the region, % IPD */
  float difference[N_SHOWN]; /* the same of the difference between both */
  float match[N_SHOWN];      /* of the worse version */
  float speed;               /* of the head, % IPD / s */
} Moment;

static void
compare_region (
    const MePoint *a, const MePoint *b, MeRegion region, float *motion, float *difference)
{
  int n = 0;

  *motion = *difference = 0;
  for (int i = 0; i < ME_N_POINTS; i++) {
    if (!me_region_has (region, i))
      continue;
    *motion += hypotf (a[i].x, a[i].y);
    *difference += hypotf (b[i].x - a[i].x, b[i].y - a[i].y);
    n++;
  }
  *motion /= (float)n;
  *difference /= (float)n;
}

static void
compare_at (const GArray *once, const GArray *twice, guint at, const double *taps, GArray *moments)
{
  const Sample *before = sample_at (once, at - 1), *after = sample_at (once, at + 1);
  MePoint a[ME_N_POINTS], b[ME_N_POINTS];
  Moment m = { .speed = hypotf (after->head.x - before->head.x, after->head.y - before->head.y) /
                        (float)(2 * STEP_S) };

  filter (once, at, taps, a);
  filter (twice, at, taps, b);
  for (int r = 0; r < N_SHOWN; r++) {
    compare_region (a, b, (MeRegion)(ME_REGION_BROWS + r), &m.motion[r], &m.difference[r]);
    m.match[r] = MIN (sample_at (once, at)->match[ME_REGION_BROWS + r],
        sample_at (twice, at)->match[ME_REGION_BROWS + r]);
  }
  g_array_append_val (moments, m);
}

/* Adds the moments at which both versions follow a face. */
static void
compare_faces (const GArray *once, const GArray *twice, GArray *moments)
{
  double taps[N_TAPS], from, to;
  guint n;

  if (MIN (once->len, twice->len) < 2)
    return;
  from = MAX (sample_at (once, 0)->time_s, sample_at (twice, 0)->time_s) + FIRST_S;
  to = MIN (sample_at (once, once->len - 1)->time_s, sample_at (twice, twice->len - 1)->time_s) -
       LAST_S;
  n = to > from ? (guint)((to - from) / STEP_S) : 0;
  if (n <= N_TAPS)
    return;
  g_autoptr (GArray) a = resample (once, from, n), b = resample (twice, from, n);
  make_taps (taps);
  for (guint i = HALF_TAPS; i + HALF_TAPS < n; i++)
    compare_at (a, b, i, taps, moments);
}

/* The moments of a clip; NULL and `error`: it cannot be played. */
static GArray *
measure (const char *path, GError **error)
{
  Version versions[2] = { { NULL, NULL }, { NULL, NULL } };
  GArray *moments = NULL;

  if (version_init (&versions[0], error) && version_init (&versions[1], error) &&
      play (path, versions, error)) {
    moments = g_array_new (FALSE, FALSE, sizeof (Moment));
    for (guint i = 0; i < versions[0].faces->len; i++)
      for (guint k = 0; k < versions[1].faces->len; k++)
        compare_faces (versions[0].faces->pdata[i], versions[1].faces->pdata[k], moments);
  }
  version_clear (&versions[0]);
  version_clear (&versions[1]);
  return moments;
}

/* Quantile of a number of all moments that lies at `offset` in them. */
static double
quantile_of (const GArray *moments, gsize offset, double part)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < moments->len; i++) {
    double value = G_STRUCT_MEMBER (float, &g_array_index (moments, Moment, i), offset);
    g_array_append_val (values, value);
  }
  return quantile (values, part);
}

static gsize
offset_of (gsize field, int region)
{
  return field + (gsize)region * sizeof (float);
}

/* Medians of a clip are added to `medians`: those of the motion, then those of the difference. */
static void
print_clip (const char *name, const GArray *moments, GArray *medians[2 * N_SHOWN])
{
  static const gsize fields[2] = { G_STRUCT_OFFSET (Moment, motion),
    G_STRUCT_OFFSET (Moment, difference) };

  g_print ("%-28s %6.1f", name, moments->len * STEP_S);
  for (int f = 0; f < 2; f++) {
    for (int r = 0; r < N_SHOWN; r++) {
      double median = quantile_of (moments, offset_of (fields[f], r), 0.5);
      g_array_append_val (medians[f * N_SHOWN + r], median);
      g_print (" %7.2f", median);
    }
  }
  for (int r = 0; r < N_SHOWN; r++)
    g_print (" %7.2f", quantile_of (moments, offset_of (fields[1], r), 0.9));
  g_print ("\n");
}

/* Medians of the difference in parts of equal size, from the lowest to the highest of the number at
 * `by`, or at `by` and the region. */
static void
print_parts (const char *title, const GArray *moments, gsize by, gboolean by_region)
{
  g_print ("%s\n", title);
  for (int r = 0; r < N_SHOWN; r++) {
    gsize key = by_region ? offset_of (by, r) : by;
    g_print ("  %-9s", shown[r]);
    for (int part = 0; part < N_PARTS; part++) {
      double low = quantile_of (moments, key, (double)part / N_PARTS);
      double high = quantile_of (moments, key, (part + 1.0) / N_PARTS);
      g_autoptr (GArray) within = g_array_new (FALSE, FALSE, sizeof (Moment));
      for (guint i = 0; i < moments->len; i++) {
        const Moment *m = &g_array_index (moments, Moment, i);
        double value = G_STRUCT_MEMBER (float, m, key);
        if (value >= low && (value < high || part == N_PARTS - 1))
          g_array_append_val (within, *m);
      }
      g_print ("  %6.2f to %6.2f: %.2f", low, high,
          quantile_of (within, offset_of (G_STRUCT_OFFSET (Moment, difference), r), 0.5));
    }
    g_print ("\n");
  }
}

static void
print_head (void)
{
  static const char *const titles[] = { "motion", "difference", "upper tenth" };

  g_print ("%-28s %6s", "% IPD", "s");
  for (guint f = 0; f < G_N_ELEMENTS (titles); f++)
    g_print (" %-31s", titles[f]);
  g_print ("\n%-28s %6s", "", "");
  for (guint f = 0; f < G_N_ELEMENTS (titles); f++)
    for (int r = 0; r < N_SHOWN; r++)
      g_print (" %7s", shown[r]);
  g_print ("\n");
}

static void
print_all (GArray *medians[2 * N_SHOWN], const GArray *moments)
{
  g_print ("%-28s %6.1f", "median of the clips", moments->len * STEP_S);
  for (int i = 0; i < 2 * N_SHOWN; i++)
    g_print (" %7.2f", quantile (medians[i], 0.5));
  g_print ("\n%-28s %6s", "mean of the clips", "");
  for (int i = 0; i < 2 * N_SHOWN; i++) {
    double sum = 0;
    for (guint k = 0; k < medians[i]->len; k++)
      sum += g_array_index (medians[i], double, k);
    g_print (" %7.2f", medians[i]->len ? sum / medians[i]->len : 0);
  }
  g_print ("\n");
  print_parts ("difference by the speed of the head, % IPD / s", moments,
      G_STRUCT_OFFSET (Moment, speed), FALSE);
  print_parts (
      "difference by the match of the patches", moments, G_STRUCT_OFFSET (Moment, match), TRUE);
}

static gboolean
run (const char *const *clips, const char *folder)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Moment));
  GArray *medians[2 * N_SHOWN];
  gboolean ok = TRUE;

  for (int i = 0; i < 2 * N_SHOWN; i++)
    medians[i] = g_array_new (FALSE, FALSE, sizeof (double));
  print_head ();
  for (guint i = 0; clips[i]; i++) {
    g_autofree char *path = folder ? g_build_filename (folder, clips[i], NULL) : NULL;
    g_autofree char *name = g_path_get_basename (clips[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (GArray) moments = measure (path ? path : clips[i], &error);
    if (moments) {
      print_clip (name, moments, medians);
      g_array_append_vals (all, moments->data, moments->len);
    } else {
      g_printerr ("%s: %s\n", clips[i], error->message);
      ok = FALSE;
    }
  }
  print_all (medians, all);
  for (int i = 0; i < 2 * N_SHOWN; i++)
    g_array_unref (medians[i]);
  return ok;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (
      "[FILE...] - how much the motion differs that is measured in a clip and in the same clip "
      "encoded once more; without FILE, in those of talking people");
  const Split *split;
  const char *folder;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  folder = options.clips ? options.clips : g_getenv (FOLDER_VARIABLE);
  split = options.tuning ? &tuning_split : &reporting_split;
  if (argc < 2 && !folder) {
    g_printerr ("usage: twice --clips FOLDER | FILE...\n");
    return 2;
  }
  return run (argc > 1 ? (const char *const *)argv + 1 : split->clips, argc > 1 ? NULL : folder)
             ? 0
             : 1;
}
