/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* LBP-TOP features of every coded micro-expression, and two kinds of cross-validation. */
#include "baseline.h"

#include <gst/app/app.h>
#include <gst/video/video.h>
#include <math.h>
#include <string.h>

#include "finding/crop.h"
#include "finding/landmarker.h"
#include "shared/pipeline.h"
#include "frame-source.h"
#include "lbp-top.h"
#include "svm.h"

#define PAPER_RATE 200 /* 1/s, of the temporal radius of the paper */
#define SMALLEST_FACE_PX 80
#define SVM_C 100

/* One coded micro-expression. */
typedef struct
{
  const Recording *recording;
  guint subject;
  int class;
  gint64 onset, offset; /* of recording_position() */
  char *file;
  gboolean known;  /* features came from the cache */
  float *features; /* NULL: no face, or too few frames */
  MeSimilarity pose;
  gboolean begun;    /* its first frame has passed */
  GByteArray *crops; /* while its frames are read; NULL before and after */
} Sample;

/* Owned by a thread. */
typedef struct
{
  MeFaceFinder *finder;
  MeLandmarker *landmarker;
  MeCropper *cropper;
} Tools;

/* The samples of one recording. */
typedef struct
{
  Recording *recording;
  GPtrArray *samples; /* Sample */
  MeLbpTopParams params;
  GError *error;
} Job;

static void
free_sample (gpointer data)
{
  Sample *sample = data;

  g_free (sample->file);
  g_free (sample->features);
  g_clear_pointer (&sample->crops, g_byte_array_unref);
  g_free (sample);
}

/* FALSE: no face found. */
static gboolean
find_face (Tools *tools, const MeFrame *frame, MeSimilarity *pose)
{
  MePoint landmarks[ME_N_LANDMARKS];
  MeDetection box;
  float score;

  if (me_face_finder_detect (tools->finder, frame, SMALLEST_FACE_PX, &box, 1) == 0 ||
      !me_landmarker_find (tools->landmarker, frame, &box, landmarks, &score))
    return FALSE;
  *pose = me_crop_pose (landmarks);
  return TRUE;
}

/* As in the paper, the face in the first frame gives the crop of all. */
static void
add_crop (Tools *tools, Sample *sample, const MeFrame *frame)
{
  float pixels[ME_CROP_PX * ME_CROP_PX];
  guint8 bytes[ME_CROP_PX * ME_CROP_PX];

  if (!me_cropper_sample (tools->cropper, frame, &sample->pose, pixels, ME_CROP_PX))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    bytes[i] = (guint8)CLAMP (pixels[i] + 0.5f, 0, 255);
  g_byte_array_append (sample->crops, bytes, sizeof bytes);
}

static void
describe (Sample *sample, const MeLbpTopParams *params)
{
  guint n_frames = sample->crops->len / (ME_CROP_PX * ME_CROP_PX);

  sample->features = g_new (float, me_lbp_top_size (params));
  if (!me_lbp_top (params, sample->crops->data, ME_CROP_PX, ME_CROP_PX, n_frames, sample->features))
    g_clear_pointer (&sample->features, g_free);
  g_clear_pointer (&sample->crops, g_byte_array_unref);
}

static void
sample_frame (Job *job, Tools *tools, const MeFrame *frame, gint64 position)
{
  for (guint i = 0; i < job->samples->len; i++) {
    Sample *sample = g_ptr_array_index (job->samples, i);

    if (sample->known || position < sample->onset || position > sample->offset)
      continue;
    if (!sample->begun && find_face (tools, frame, &sample->pose))
      sample->crops = g_byte_array_new ();
    sample->begun = TRUE;
    if (sample->crops)
      add_crop (tools, sample, frame);
  }
}

/* After the last frame. */
static void
describe_all (Job *job)
{
  for (guint i = 0; i < job->samples->len; i++) {
    Sample *sample = g_ptr_array_index (job->samples, i);

    if (sample->crops)
      describe (sample, &job->params);
  }
}

/* Position of a frame; of images from the time, which was made from their number. */
static gint64
position_of (const Recording *recording, GstSample *sample, gint64 index)
{
  GstClockTime pts = GST_BUFFER_PTS (gst_sample_get_buffer (sample));

  if (!recording->images || !GST_CLOCK_TIME_IS_VALID (pts))
    return index;
  return llround ((double)pts / GST_SECOND * recording->frame_rate);
}

static gboolean
read_sample (Job *job, Tools *tools, GstSample *gst_sample, gint64 position)
{
  GstVideoInfo info;
  GstVideoFrame video;
  MeFrame frame = { .pixel_aspect = 1, .time_ns = (guint64)position };

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (gst_sample)) ||
      !gst_video_frame_map (&video, &info, gst_sample_get_buffer (gst_sample), GST_MAP_READ))
    return FALSE;
  frame.luma = GST_VIDEO_FRAME_PLANE_DATA (&video, 0);
  frame.width = GST_VIDEO_FRAME_WIDTH (&video);
  frame.height = GST_VIDEO_FRAME_HEIGHT (&video);
  frame.stride = (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (&video, 0);
  sample_frame (job, tools, &frame, position);
  gst_video_frame_unmap (&video);
  return TRUE;
}

/* Reads all frames of the recording. */
static gboolean
play (Job *job, Tools *tools, GError **error)
{
  FrameSource source = { .recording = job->recording };
  g_autofree char *head = frame_source_describe (job->recording);
  g_autofree char *text = g_strconcat (
      head, " ! video/x-raw,format=GRAY8 ! appsink name=sink sync=false max-buffers=4", NULL);
  g_autoptr (GstElement) pipeline =
      gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  g_autoptr (GstElement) sink = NULL;
  GError *cause = NULL;
  gint64 index = 0;
  gboolean ok;

  if (!pipeline)
    return FALSE;
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  frame_source_attach (&source, pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (GstSample *s; (s = gst_app_sink_pull_sample (GST_APP_SINK (sink))); index++) {
    read_sample (job, tools, s, position_of (job->recording, s, index));
    gst_sample_unref (s);
  }
  ok = app_pipeline_check (pipeline, &cause) && !source.error && index > 0;
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (!ok)
    frame_source_fail (&source, cause, error);
  g_clear_error (&source.error);
  return ok;
}

static void
load (Sample *sample, gsize size)
{
  char *bytes;
  gsize n;

  if (!g_file_get_contents (sample->file, &bytes, &n, NULL))
    return;
  sample->known = n == 0 || n == size;
  if (n == size)
    sample->features = (float *)(gpointer)bytes;
  else
    g_free (bytes);
}

static gboolean
save (const Sample *sample, gsize size, GError **error)
{
  return sample->known ||
         g_file_set_contents (sample->file, sample->features ? (const char *)sample->features : "",
             sample->features ? (gssize)size : 0, error);
}

static void
run_job (gpointer data, gpointer user_data)
{
  Job *job = data;
  gsize size = me_lbp_top_size (&job->params) * sizeof (float);
  Tools tools = { 0 };
  gboolean missing = FALSE, ok;

  (void)user_data;
  for (guint i = 0; i < job->samples->len; i++) {
    load (g_ptr_array_index (job->samples, i), size);
    missing = missing || !((Sample *)g_ptr_array_index (job->samples, i))->known;
  }
  if (!missing)
    return;
  tools.landmarker = me_landmarker_new (NULL, &job->error);
  tools.finder = tools.landmarker ? me_face_finder_new (&job->error) : NULL;
  tools.cropper = me_cropper_new ();
  ok = tools.finder && play (job, &tools, &job->error);
  if (ok)
    describe_all (job);
  for (guint i = 0; i < job->samples->len && ok; i++)
    ok = save (g_ptr_array_index (job->samples, i), size, &job->error);
  me_face_finder_free (tools.finder);
  me_landmarker_free (tools.landmarker);
  me_cropper_free (tools.cropper);
}

/* Scales the temporal radius of the paper to this frame rate. */
static MeLbpTopParams
params_at (double frame_rate)
{
  MeLbpTopParams params = me_lbp_top_casme2;

  params.rt = (guint)MAX (1, lround (params.rt * frame_rate / PAPER_RATE));
  return params;
}

static Sample *
new_sample (
    const Recording *recording, const Coded *coded, const ClassSet *classes, const char *folder)
{
  g_autofree char *name = g_strdup_printf ("%s.%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT ".lbp-top",
      recording->stamp, coded->onset, coded->offset);
  Sample *sample = g_new0 (Sample, 1);

  sample->recording = recording;
  sample->subject = recording->subject;
  sample->class = class_of_label (classes, coded->label);
  sample->onset = recording_position (recording, coded->onset);
  sample->offset = recording_position (recording, coded->offset);
  sample->file = g_build_filename (folder, name, NULL);
  return sample;
}

/* A job for each recording with micro-expressions of a class. */
static GArray *
list_jobs (const DataSet *set, const ClassSet *classes, const char *folder)
{
  GArray *jobs = g_array_new (FALSE, FALSE, sizeof (Job));

  for (guint i = 0; i < set->recordings->len; i++) {
    Recording *recording = g_ptr_array_index (set->recordings, i);
    Job job = { .recording = recording,
      .samples = g_ptr_array_new_with_free_func (free_sample),
      .params = params_at (recording->frame_rate) };

    for (guint k = 0; k < recording->coded->len; k++) {
      const Coded *coded = g_ptr_array_index (recording->coded, k);

      if (coded->kind == ME_KIND_MICRO && class_of_label (classes, coded->label) >= 0)
        g_ptr_array_add (job.samples, new_sample (recording, coded, classes, folder));
    }
    g_array_append_val (jobs, job);
  }
  return jobs;
}

static gboolean
is_same_subject (const Sample *a, const Sample *b)
{
  return a->subject == b->subject;
}

static gboolean
is_same_video (const Sample *a, const Sample *b)
{
  return a->recording == b->recording;
}

/* Predicts every sample from all those that are not `held_out` together with it. */
static void
validate (const GPtrArray *samples, gboolean (*held_out) (const Sample *, const Sample *),
    guint n_features, Confusion *confusion)
{
  g_autofree const float **train = g_new (const float *, samples->len),
                         **test = g_new (const float *, samples->len);
  g_autofree int *classes = g_new (int, samples->len), *predicted = g_new (int, samples->len),
                 *truths = g_new (int, samples->len);
  g_autofree gboolean *done = g_new0 (gboolean, samples->len);

  for (guint i = 0; i < samples->len; i++) {
    guint n_train = 0, n_test = 0;

    for (guint k = 0; k < samples->len && !done[i]; k++) {
      const Sample *sample = g_ptr_array_index (samples, k);

      if (held_out (g_ptr_array_index (samples, i), sample)) {
        truths[n_test] = sample->class;
        test[n_test++] = sample->features;
        done[k] = k != i;
      } else {
        classes[n_train] = sample->class;
        train[n_train++] = sample->features;
      }
    }
    if (n_test == 0)
      continue;
    me_svm_predict (train, classes, n_train, n_features, SVM_C, test, n_test, predicted);
    for (guint k = 0; k < n_test; k++)
      confusion_note (confusion, truths[k], predicted[k]);
  }
}

/* Keeps samples with features; returns how many have none. */
static guint
collect (const GPtrArray *all, GPtrArray *samples)
{
  guint n_left_out = 0;

  for (guint i = 0; i < all->len; i++) {
    Sample *sample = g_ptr_array_index (all, i);

    if (sample->features)
      g_ptr_array_add (samples, sample);
    else
      n_left_out++;
  }
  return n_left_out;
}

static void
run_jobs (GArray *jobs, guint n_threads)
{
  GThreadPool *pool = g_thread_pool_new (run_job, NULL, (gint)n_threads, FALSE, NULL);

  for (guint i = 0; i < jobs->len; i++)
    g_thread_pool_push (pool, &g_array_index (jobs, Job, i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
}

gboolean
baseline_run (
    const DataSet *set, const char *folder, guint n_jobs, Baseline *baseline, GError **error)
{
  const ClassSet *classes = data_set_five (set) ? data_set_five (set) : &three_classes;
  GArray *jobs = list_jobs (set, classes, folder);
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();
  gboolean ok = TRUE;

  memset (baseline, 0, sizeof *baseline);
  baseline->classes = classes;
  g_mkdir_with_parents (folder, 0777);
  run_jobs (jobs, n_jobs);
  for (guint i = 0; i < jobs->len; i++) {
    Job *job = &g_array_index (jobs, Job, i);

    if (job->error && ok)
      g_propagate_error (error, g_error_copy (job->error));
    ok = ok && job->error == NULL;
    g_clear_error (&job->error);
    baseline->n_left_out += collect (job->samples, samples);
  }
  if (ok) {
    guint n = me_lbp_top_size (&me_lbp_top_casme2);

    validate (samples, is_same_subject, n, &baseline->by_subject);
    validate (samples, is_same_video, n, &baseline->by_video);
  }
  for (guint i = 0; i < jobs->len; i++)
    g_ptr_array_unref (g_array_index (jobs, Job, i).samples);
  g_array_unref (jobs);
  return ok;
}
