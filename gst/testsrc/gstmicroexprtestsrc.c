/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* microexprtestsrc: a photographic face that makes facial expressions at known times, with known
 * action units and strengths. */

/**
 * SECTION:element-microexprtestsrc
 * @title: microexprtestsrc
 * @short_description: generates a face whose expressions are known
 * @see_also: microexpr, videotestsrc
 *
 * Shows a face that makes micro-expressions, longer (macro-)expressions and blinks, and posts their
 * times, facial action units and strengths on the bus. It is to facial analysis what #videotestsrc
 * is to video. It warps a photograph and simulates the head motion, light and sensor noise of a
 * webcam. The picture depends only on the properties and the time: the same seed gives the same
 * pixels, also after a seek.
 *
 * Expressions are drawn at random from the seed, at the rates given by properties, or listed in
 * #microexprtestsrc:script:
 *
 * |[
 * 1.0s micro AU12 2.5 300ms; 3s micro AU1+2 left 2.0; 5s blink; 7s macro AU6+12 6.0 1.5s
 * ]|
 *
 * Entries are separated by semicolons or new lines. An entry has the time of the onset, the kind,
 * the action units, and optionally the side (`left`, `right`), the strength in % of the
 * interpupillary distance (default: micro 3, macro 6) and the duration (default: micro 300ms,
 * macro 1.5s, blink 350ms).
 *
 * With #microexprtestsrc:curves the face acts recorded blend-shape curves until they end: the CSV
 * of Live Link Face, plain or compressed with gzip. Its truth is derived from the curves.
 *
 * The face is the built-in one, or a photograph given by #microexprtestsrc:face. The landmarks of a
 * photograph come from a file of the same name ending in `.txt` (68 rows of x and y in pixels, iBUG
 * scheme) or `.tem` (Psychomorph template of 189 points); without one, the built-in landmark model
 * finds them.
 *
 * The skin moves as in the table with which #microexpr reads action units, so what is measured with
 * it is an upper bound. #microexprtestsrc:fields takes displacement fields from elsewhere:
 * `ict-facekit`, `smiles` (of real people, one drawn from the seed: AU12), or a file. Such a key
 * file has a group for each unit, like `[AU12]`, or for each of its variants, like `[AU12
 * anybody]`, of which the seed draws one, with keys `left` and `right` (one is mirrored into the
 * other), or `midline` for units without sides: the motion of the 81 facial points as
 * `x;y;x;y;...`, of which only proportions matter. Units that a file lacks move as in the table.
 *
 * With the frame that contains an onset, it posts an element message with a structure called
 * `microexpr-truth`:
 *
 * * #guint64 `timestamp`: the buffer time of the onset, ns.
 * * #guint64 `stream-time`: the stream time of the onset, ns.
 * * #guint64 `running-time`: the running time of the onset, ns.
 * * #guint64 `duration`: offset minus onset, ns.
 * * #guint64 `onset`, `apex`, `offset`: the interval, stream time, ns; may lie between frames.
 * * #guint64 `id`: number of the event since READY, from 0.
 * * #guint `face`: 0, the only one.
 * * #gchararray `kind`: `micro`, `macro` or `blink`.
 * * #GstStructure `action-units`: one #gdouble per action unit, like `AU12`: displacement of the
 *   unit's most moved facial point at the apex against the onset, head motion removed, in % of the
 *   interpupillary distance; of the stronger side.
 * * #GstStructure `left`, `right`: the same for each side of the person, for units that have sides.
 * * #gchararray `emotion`: the emotion that these units are conventionally read as: `happiness`,
 *   `sadness`, `anger`, `fear`, `disgust`, `surprise` or `other`; absent for blinks.
 * * #GstStructure `emotions`: one #gdouble per basic emotion: 1 for `emotion`, 0 for the others;
 *   absent for blinks.
 * * #gdouble `intensity`: the strongest motion of any facial point, % of the interpupillary
 *   distance.
 * * #guint `x`, `y`, `width`, `height`: box around the landmarks at the apex, pixels.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 -m microexprtestsrc num-buffers=300 ! microexpr ! videoconvert ! autovideosink
 * ]| Shows the face for ten seconds and prints what happened and what was found.
 * |[
 * gst-launch-1.0 microexprtestsrc pattern=lab script="1s micro AU12 left 2 200ms" !
 *     video/x-raw,framerate=200/1 ! microexpr ! fakesink
 * ]|
 */
#include "gstmicroexprtestsrc.h"

#include <gst/video/video.h>

#include "gstmicroexprmeta.h"
#include "face.h"
#include "pacer.h"
#include "properties.h"
#include "scene.h"
#include "timeline.h"
#include "warp.h"

GST_DEBUG_CATEGORY_STATIC (gst_microexpr_test_src_debug);
#define GST_CAT_DEFAULT gst_microexpr_test_src_debug

#define DEFAULT_IPD 0.21 /* of the frame height */
#define LEAST_IPD 4      /* px */

#define FORMATS                                                                                    \
  "{ I420, YV12, NV12, NV21, Y42B, Y444, YUY2, UYVY, AYUV, RGB, BGR, RGBx, BGRx, xRGB, xBGR, "     \
  "RGBA, BGRA, ARGB, ABGR, GRAY8 }"

static GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS,
        GST_STATIC_CAPS ("video/x-raw, format = (string) " FORMATS ", "
                         "width = (int) [ 16, 8192 ], height = (int) [ 16, 8192 ], "
                         "framerate = (fraction) [ 1/1, 1000/1 ]"));

struct _GstMicroexprTestSrc
{
  GstPushSrc parent;

  GstMicroexprTestProperties properties; /* protected by the object lock */

  /* From start to stop; streaming thread. */
  GstMicroexprTestProperties active; /* copied at the start */
  GstMicroexprTestFace *face;
  GstMicroexprTestFields *fields; /* NULL: those of the analysis */
  GstMicroexprTestTimeline *timeline;
  GstMicroexprTestWarp *warp; /* NULL before caps */
  GstVideoInfo info;
  GstClockTime position;       /* time of the next frame */
  guint64 n_frames;            /* number of the next frame, counted from stream time 0 */
  guint64 n_drawn;             /* frames since READY */
  guint64 n_events;            /* posted since READY */
  GstMicroexprTestPacer pacer; /* of a live source */
};

G_DEFINE_TYPE (GstMicroexprTestSrc, gst_microexpr_test_src, GST_TYPE_PUSH_SRC)
GST_ELEMENT_REGISTER_DEFINE (
    microexprtestsrc, "microexprtestsrc", GST_RANK_NONE, GST_TYPE_MICROEXPR_TEST_SRC)

static void gst_microexpr_test_src_set_property (
    GObject *object, guint id, const GValue *value, GParamSpec *pspec);
static void gst_microexpr_test_src_get_property (
    GObject *object, guint id, GValue *value, GParamSpec *pspec);
static void gst_microexpr_test_src_finalize (GObject *object);
static gboolean gst_microexpr_test_src_start (GstBaseSrc *src);
static gboolean gst_microexpr_test_src_stop (GstBaseSrc *src);
static GstCaps *gst_microexpr_test_src_fixate (GstBaseSrc *src, GstCaps *caps);
static gboolean gst_microexpr_test_src_set_caps (GstBaseSrc *src, GstCaps *caps);
static gboolean gst_microexpr_test_src_decide_allocation (GstBaseSrc *src, GstQuery *query);
static gboolean gst_microexpr_test_src_is_seekable (GstBaseSrc *src);
static gboolean gst_microexpr_test_src_event (GstBaseSrc *src, GstEvent *event);
static gboolean gst_microexpr_test_src_do_seek (GstBaseSrc *src, GstSegment *segment);
static gboolean gst_microexpr_test_src_unlock (GstBaseSrc *src);
static gboolean gst_microexpr_test_src_unlock_stop (GstBaseSrc *src);
static GstFlowReturn gst_microexpr_test_src_fill (GstPushSrc *src, GstBuffer *buffer);

static void
gst_microexpr_test_src_class_init (GstMicroexprTestSrcClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  GST_DEBUG_CATEGORY_INIT (
      gst_microexpr_test_src_debug, "microexprtestsrc", 0, "micro-expression test source");
  object_class->set_property = gst_microexpr_test_src_set_property;
  object_class->get_property = gst_microexpr_test_src_get_property;
  object_class->finalize = gst_microexpr_test_src_finalize;

  gst_microexpr_test_properties_install (object_class);

  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Micro-expression test source",
      "Source/Video", "Shows a face that makes facial expressions of known time and strength",
      "the gst-microexpr authors");

  base_class->start = GST_DEBUG_FUNCPTR (gst_microexpr_test_src_start);
  base_class->stop = GST_DEBUG_FUNCPTR (gst_microexpr_test_src_stop);
  base_class->fixate = GST_DEBUG_FUNCPTR (gst_microexpr_test_src_fixate);
  base_class->set_caps = GST_DEBUG_FUNCPTR (gst_microexpr_test_src_set_caps);
  base_class->decide_allocation = GST_DEBUG_FUNCPTR (gst_microexpr_test_src_decide_allocation);
  base_class->is_seekable = GST_DEBUG_FUNCPTR (gst_microexpr_test_src_is_seekable);
  base_class->event = GST_DEBUG_FUNCPTR (gst_microexpr_test_src_event);
  base_class->do_seek = GST_DEBUG_FUNCPTR (gst_microexpr_test_src_do_seek);
  base_class->unlock = GST_DEBUG_FUNCPTR (gst_microexpr_test_src_unlock);
  base_class->unlock_stop = GST_DEBUG_FUNCPTR (gst_microexpr_test_src_unlock_stop);
  GST_PUSH_SRC_CLASS (klass)->fill = GST_DEBUG_FUNCPTR (gst_microexpr_test_src_fill);
}

static void
gst_microexpr_test_src_init (GstMicroexprTestSrc *self)
{
  gst_microexpr_test_properties_init (&self->properties);
  gst_microexpr_test_properties_init (&self->active);
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
}

static void
gst_microexpr_test_src_finalize (GObject *object)
{
  GstMicroexprTestSrc *self = GST_MICROEXPR_TEST_SRC (object);

  gst_microexpr_test_properties_clear (&self->properties);
  gst_microexpr_test_properties_clear (&self->active);
  G_OBJECT_CLASS (gst_microexpr_test_src_parent_class)->finalize (object);
}

static void
gst_microexpr_test_src_set_property (
    GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GstMicroexprTestSrc *self = GST_MICROEXPR_TEST_SRC (object);
  gboolean known;

  if (id == GST_MICROEXPR_TEST_PROP_IS_LIVE) {
    gst_base_src_set_live (GST_BASE_SRC (self), g_value_get_boolean (value));
    return;
  }
  GST_OBJECT_LOCK (self);
  known = gst_microexpr_test_properties_set (&self->properties, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gst_microexpr_test_src_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GstMicroexprTestSrc *self = GST_MICROEXPR_TEST_SRC (object);
  gboolean known;

  if (id == GST_MICROEXPR_TEST_PROP_IS_LIVE) {
    g_value_set_boolean (value, gst_base_src_is_live (GST_BASE_SRC (self)));
    return;
  }
  GST_OBJECT_LOCK (self);
  known = gst_microexpr_test_properties_get (&self->properties, id, value);
  GST_OBJECT_UNLOCK (self);
  if (!known)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Whether a property that is a string was given. */
static gboolean
is_given (const char *text)
{
  return text && *text;
}

static GstMicroexprTestTimeline *
open_curves (GstMicroexprTestSrc *self)
{
  const char *path = self->active.curves;
  g_autoptr (GError) error = NULL;
  GstMicroexprTestTimeline *timeline = gst_microexpr_test_timeline_new_from_curves (
      path, self->fields, self->face->landmarks, &error);

  if (!timeline)
    GST_ELEMENT_ERROR (self, RESOURCE, OPEN_READ,
        ("The curves in %s cannot be used: %s.", path, error->message),
        ("curves is the path of a CSV file of Live Link Face, .csv or .csv.gz"));
  return timeline;
}

static GstMicroexprTestTimeline *
open_script (GstMicroexprTestSrc *self)
{
  GError *error = NULL;
  GstMicroexprTestTimeline *timeline;

  timeline = gst_microexpr_test_timeline_new_from_script (
      self->active.seed, self->active.script, self->fields, self->face->landmarks, &error);
  if (!timeline) {
    GST_ELEMENT_ERROR (self, RESOURCE, SETTINGS, ("The script is wrong: %s.", error->message),
        ("an entry looks like: 1.5s micro AU1+2 left 2.5 300ms"));
    g_clear_error (&error);
  }
  return timeline;
}

static GstMicroexprTestTimeline *
open_timeline (GstMicroexprTestSrc *self)
{
  gboolean scripted = is_given (self->active.script), acted = is_given (self->active.curves);

  if (scripted && acted) {
    GST_ELEMENT_ERROR (self, RESOURCE, SETTINGS, ("Both script and curves are set."),
        ("the face follows one of them"));
    return NULL;
  }
  if (scripted)
    return open_script (self);
  if (acted)
    return open_curves (self);
  return gst_microexpr_test_timeline_new (
      self->active.seed, self->active.settings, self->fields, self->face->landmarks);
}

static gboolean
open_face (GstMicroexprTestSrc *self)
{
  g_autoptr (GError) error = NULL;

  self->face = gst_microexpr_test_face_load (self->active.face, &error);
  if (!self->face)
    GST_ELEMENT_ERROR (self, RESOURCE, OPEN_READ, ("The face cannot be used: %s", error->message),
        ("put landmarks into a .txt or .tem file beside the photograph, or choose another one"));
  return self->face != NULL;
}

static gboolean
open_fields (GstMicroexprTestSrc *self)
{
  g_autoptr (GError) error = NULL;

  if (!is_given (self->active.fields))
    return TRUE;
  self->fields = gst_microexpr_test_fields_load (self->active.fields, self->active.seed, &error);
  if (!self->fields)
    GST_ELEMENT_ERROR (self, RESOURCE, OPEN_READ,
        ("The displacement fields cannot be used: %s", error->message),
        ("fields is ict-facekit, smiles or the path of a file"));
  return self->fields != NULL;
}

static void
close_all (GstMicroexprTestSrc *self)
{
  g_clear_pointer (&self->warp, gst_microexpr_test_warp_free);
  g_clear_pointer (&self->timeline, gst_microexpr_test_timeline_free);
  g_clear_pointer (&self->fields, gst_microexpr_test_fields_free);
  g_clear_pointer (&self->face, gst_microexpr_test_face_free);
}

static gboolean
gst_microexpr_test_src_start (GstBaseSrc *src)
{
  GstMicroexprTestSrc *self = GST_MICROEXPR_TEST_SRC (src);

  GST_OBJECT_LOCK (self);
  gst_microexpr_test_properties_copy (&self->active, &self->properties);
  GST_OBJECT_UNLOCK (self);

  self->position = 0;
  self->n_frames = 0;
  self->n_drawn = 0;
  self->n_events = 0;
  gst_video_info_init (&self->info);
  if (open_face (self) && open_fields (self))
    self->timeline = open_timeline (self);
  if (!self->timeline)
    close_all (self);
  return self->timeline != NULL;
}

static gboolean
gst_microexpr_test_src_stop (GstBaseSrc *src)
{
  close_all (GST_MICROEXPR_TEST_SRC (src));
  return TRUE;
}

static GstCaps *
gst_microexpr_test_src_fixate (GstBaseSrc *src, GstCaps *caps)
{
  GstMicroexprTestSrc *self = GST_MICROEXPR_TEST_SRC (src);
  const GstMicroexprTestVideo *video;
  GstStructure *s;

  GST_OBJECT_LOCK (self);
  video = &gst_microexpr_test_videos[self->properties.pattern];
  GST_OBJECT_UNLOCK (self);
  caps = gst_caps_make_writable (caps);
  s = gst_caps_get_structure (caps, 0);
  gst_structure_fixate_field_nearest_int (s, "width", video->width);
  gst_structure_fixate_field_nearest_int (s, "height", video->height);
  gst_structure_fixate_field_nearest_fraction (s, "framerate", video->fps, 1);
  if (gst_structure_has_field (s, "pixel-aspect-ratio"))
    gst_structure_fixate_field_nearest_fraction (s, "pixel-aspect-ratio", 1, 1);
  return GST_BASE_SRC_CLASS (gst_microexpr_test_src_parent_class)->fixate (src, caps);
}

static GstClockTime
frame_time (GstMicroexprTestSrc *self, guint64 frame)
{
  return gst_util_uint64_scale (
      frame, GST_SECOND * GST_VIDEO_INFO_FPS_D (&self->info), GST_VIDEO_INFO_FPS_N (&self->info));
}

/* Moves to the frame shown at `position`. */
static void
go_to_position (GstMicroexprTestSrc *self)
{
  if (GST_VIDEO_INFO_FPS_N (&self->info) == 0)
    return; /* no caps yet; set_caps calls again */
  self->n_frames = gst_util_uint64_scale (self->position, GST_VIDEO_INFO_FPS_N (&self->info),
      GST_SECOND * GST_VIDEO_INFO_FPS_D (&self->info));
  while (frame_time (self, self->n_frames + 1) <= self->position)
    self->n_frames++; /* times of frames are rounded down to ns */
  self->position = frame_time (self, self->n_frames);
}

static gboolean
gst_microexpr_test_src_set_caps (GstBaseSrc *src, GstCaps *caps)
{
  GstMicroexprTestSrc *self = GST_MICROEXPR_TEST_SRC (src);
  double ipd = self->active.settings[GST_MICROEXPR_TEST_IPD];
  GstVideoInfo info;

  if (!gst_video_info_from_caps (&info, caps)) {
    GST_ERROR_OBJECT (self, "caps %" GST_PTR_FORMAT " cannot be read", (void *)caps);
    return FALSE;
  }
  self->info = info;
  if (ipd <= 0)
    ipd = DEFAULT_IPD * GST_VIDEO_INFO_HEIGHT (&info);
  ipd = MAX (ipd, LEAST_IPD);
  g_clear_pointer (&self->warp, gst_microexpr_test_warp_free);
  self->warp = gst_microexpr_test_warp_new (
      self->face, &info, (float)ipd, self->active.settings[GST_MICROEXPR_TEST_NOISE]);
  go_to_position (self);
  return TRUE;
}

static gboolean
gst_microexpr_test_src_decide_allocation (GstBaseSrc *src, GstQuery *query)
{
  GstBufferPool *pool = NULL;
  guint size = 0, min = 0, max = 0;
  gboolean update = gst_query_get_n_allocation_pools (query) > 0;
  GstStructure *config;
  GstCaps *caps;

  gst_query_parse_allocation (query, &caps, NULL);
  if (update)
    gst_query_parse_nth_allocation_pool (query, 0, &pool, &size, &min, &max);
  if (!pool)
    pool = gst_video_buffer_pool_new ();
  size = MAX (size, (guint)GST_VIDEO_INFO_SIZE (&GST_MICROEXPR_TEST_SRC (src)->info));
  config = gst_buffer_pool_get_config (pool);
  gst_buffer_pool_config_set_params (config, caps, size, min, max);
  if (gst_query_find_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL))
    gst_buffer_pool_config_add_option (config, GST_BUFFER_POOL_OPTION_VIDEO_META);
  gst_buffer_pool_set_config (pool, config);
  if (update)
    gst_query_set_nth_allocation_pool (query, 0, pool, size, min, max);
  else
    gst_query_add_allocation_pool (query, pool, size, min, max);
  gst_object_unref (pool);
  return GST_BASE_SRC_CLASS (gst_microexpr_test_src_parent_class)->decide_allocation (src, query);
}

static gboolean
gst_microexpr_test_src_is_seekable (GstBaseSrc *src)
{
  return !gst_base_src_is_live (src);
}

/* Refuses reverse playback before the base class flushes for it. */
static gboolean
gst_microexpr_test_src_event (GstBaseSrc *src, GstEvent *event)
{
  gdouble rate = 1;

  if (GST_EVENT_TYPE (event) == GST_EVENT_SEEK)
    gst_event_parse_seek (event, &rate, NULL, NULL, NULL, NULL, NULL, NULL);
  if (rate < 0)
    return FALSE;
  return GST_BASE_SRC_CLASS (gst_microexpr_test_src_parent_class)->event (src, event);
}

static gboolean
gst_microexpr_test_src_do_seek (GstBaseSrc *src, GstSegment *segment)
{
  GstMicroexprTestSrc *self = GST_MICROEXPR_TEST_SRC (src);

  if (segment->rate < 0) {
    GST_INFO_OBJECT (self, "cannot play backwards");
    return FALSE;
  }
  segment->time = segment->start;
  segment->duration = self->timeline ? gst_microexpr_test_timeline_duration_ns (self->timeline)
                                     : GST_CLOCK_TIME_NONE;
  self->position = segment->position;
  go_to_position (self);
  GST_DEBUG_OBJECT (self, "next frame %" G_GUINT64_FORMAT " at %" GST_TIME_FORMAT, self->n_frames,
      GST_TIME_ARGS (self->position));
  return TRUE;
}

/* Waits until the next frame is due. A live source starts with the first frame that is not late. */
static gboolean
wait_for_frame (GstMicroexprTestSrc *self)
{
  GstElement *element = GST_ELEMENT (self);
  GstClockTime now = gst_microexpr_test_pacer_now (element);

  if (self->n_drawn == 0 && self->position < now) {
    self->position = now;
    go_to_position (self);
    self->position = frame_time (self, ++self->n_frames);
  }
  return gst_microexpr_test_pacer_wait (&self->pacer, element, self->position);
}

static gboolean
gst_microexpr_test_src_unlock (GstBaseSrc *src)
{
  gst_microexpr_test_pacer_stop (&GST_MICROEXPR_TEST_SRC (src)->pacer, GST_ELEMENT (src), TRUE);
  return TRUE;
}

static gboolean
gst_microexpr_test_src_unlock_stop (GstBaseSrc *src)
{
  gst_microexpr_test_pacer_stop (&GST_MICROEXPR_TEST_SRC (src)->pacer, GST_ELEMENT (src), FALSE);
  return TRUE;
}

static void
post_truth (GstMicroexprTestSrc *self, const GstMicroexprTestEvent *event)
{
  MeEvent truth = event->truth;
  GstMicroexprTestPose pose =
      gst_microexpr_test_scene_pose (self->active.seed, self->active.settings, truth.apex_ns);
  GstMicroexprTimes times;
  GstStructure *structure;

  truth.id = self->n_events++;
  truth.box = gst_microexpr_test_warp_face_box (self->warp, &pose);
  gst_microexpr_times_init (
      &times, &GST_BASE_SRC (self)->segment, truth.onset_ns, truth.apex_ns, truth.offset_ns);
  structure = gst_microexpr_event_to_structure (&truth, &times, "microexpr-truth", FALSE);
  gst_element_post_message (
      GST_ELEMENT (self), gst_message_new_element (GST_OBJECT (self), structure));
}

/* Posts the truth of every onset after the previous frame and up to this one. */
static void
post_truths (GstMicroexprTestSrc *self)
{
  GstClockTime before = self->n_frames > 0 ? frame_time (self, self->n_frames - 1) : 0;
  guint n;
  const GstMicroexprTestEvent *events = gst_microexpr_test_timeline_events (
      self->timeline, self->position / GST_MICROEXPR_TEST_BLOCK_NS, &n);

  for (guint i = 0; i < n; i++) {
    GstClockTime onset = events[i].truth.onset_ns;

    if (onset <= self->position && (onset > before || self->n_frames == 0))
      post_truth (self, &events[i]);
  }
}

static GstFlowReturn
gst_microexpr_test_src_fill (GstPushSrc *src, GstBuffer *buffer)
{
  GstMicroexprTestSrc *self = GST_MICROEXPR_TEST_SRC (src);
  GstMicroexprTestScene scene;
  GstVideoFrame frame;

  if (!self->warp)
    return GST_FLOW_NOT_NEGOTIATED;
  if (self->position > gst_microexpr_test_timeline_duration_ns (self->timeline))
    return GST_FLOW_EOS;
  if (gst_base_src_is_live (GST_BASE_SRC (src)) && !wait_for_frame (self))
    return GST_FLOW_FLUSHING;
  if (!gst_video_frame_map (&frame, &self->info, buffer, GST_MAP_WRITE)) {
    GST_ELEMENT_ERROR (self, RESOURCE, WRITE, ("A buffer cannot be mapped for writing."), (NULL));
    return GST_FLOW_ERROR;
  }
  gst_microexpr_test_scene_at (
      &scene, self->active.seed, self->active.settings, self->timeline, self->position);
  gst_microexpr_test_warp_draw (self->warp, &scene, &frame);
  gst_video_frame_unmap (&frame);

  GST_BUFFER_PTS (buffer) = self->position;
  GST_BUFFER_DTS (buffer) = GST_CLOCK_TIME_NONE;
  GST_BUFFER_OFFSET (buffer) = self->n_frames;
  GST_BUFFER_OFFSET_END (buffer) = self->n_frames + 1;
  post_truths (self);
  self->n_drawn++;
  self->position = frame_time (self, ++self->n_frames);
  GST_BUFFER_DURATION (buffer) = self->position - GST_BUFFER_PTS (buffer);
  return GST_FLOW_OK;
}
