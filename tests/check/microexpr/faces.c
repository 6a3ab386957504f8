/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Faces that come and go, cross, or are hard to see: with the whole analysis, on pictures pasted
 * from the face of the test source. Frames come every 40 ms unless said otherwise. */
#include <gst/app/gstappsink.h>
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>

#include <math.h>

#define FACE_W 200
#define FACE_H 220
#define WIDTH 640
#define HEIGHT 240
#define FRAME (40 * GST_MSECOND)
#define NOWHERE G_MININT
#define BLUR_PX 4      /* half width of the box that is laid over a blurred face three times */
#define NOISY_GRAIN 12 /* levels, of a noisy camera */
#define YAW 0.6        /* of a face that is turned away, rad */
#define HEAD_RX 75     /* half axes of the head, */
#define HEAD_RY 108
#define NOSE_PX 20 /* and of the nose above it */

typedef enum
{
  PLAIN,
  BLURRED,
  TURNED,
  NOISY, /* and all of the picture */
  N_LOOKS
} Look;

/* What the camera sees. */
typedef struct
{
  int x[2];     /* of each face, left edge; NOWHERE: not there; the second one hides the first */
  double light; /* of the picture */
  gboolean far; /* the picture is half as large, in its middle */
  Look look;    /* of the faces */
} Scene;

typedef struct
{
  GstHarness *harness;
  GstBus *bus;
  GstClockTime time, interval;
  guint n_events;
  guint ids[2], n_ids; /* of the newest frame */
} Camera;

/* The face, and the noise of a camera. */
static guint8 faces[N_LOOKS][FACE_W * FACE_H];
static gint8 noise[65536 + WIDTH];

/* Mean of a box, its border repeated. */
static void
blur_once (guint8 *pixels, int step, int stride, int n, int n_lines)
{
  guint8 line[MAX (FACE_W, FACE_H)];

  for (int l = 0; l < n_lines; l++, pixels += stride) {
    for (int i = 0; i < n; i++) {
      int sum = 0;
      for (int k = i - BLUR_PX; k <= i + BLUR_PX; k++)
        sum += pixels[CLAMP (k, 0, n - 1) * step];
      line[i] = (guint8)(sum / (2 * BLUR_PX + 1));
    }
    for (int i = 0; i < n; i++)
      pixels[i * step] = line[i];
  }
}

/* Out of focus: three boxes are nearly a Gaussian. */
static void
blur_face (void)
{
  guint8 *pixels = faces[BLURRED];

  memcpy (pixels, faces[PLAIN], sizeof faces[PLAIN]);
  for (int i = 0; i < 3; i++) {
    blur_once (pixels, 1, FACE_W, FACE_W, FACE_H);
    blur_once (pixels, FACE_W, 1, FACE_H, FACE_W);
  }
}

/* How far a point of the face lies before the middle of the head: an ellipsoid with a nose. */
static double
depth (double x, double y)
{
  double u = x / HEAD_RX, v = y / HEAD_RY, w = 1 - u * u - v * v;

  return HEAD_RX * sqrt (MAX (w, 0)) + NOSE_PX * exp (-(x * x) / 200 - (y - 15) * (y - 15) / 400);
}

/* The head turns about its axis; what comes forward hides what is behind it. */
static void
turn_face (void)
{
  memset (faces[TURNED], 110, sizeof faces[TURNED]);
  for (int v = 0; v < FACE_H; v++) {
    double front[FACE_W] = { 0 };
    for (int q = 0; q < 4 * FACE_W; q++) {
      double x = q / 4.0 - FACE_W / 2, z = depth (x, v - FACE_H / 2);
      int u = (int)lround (x * cos (YAW) + z * sin (YAW)) + FACE_W / 2;
      double nearer = z * cos (YAW) - x * sin (YAW) + FACE_W;
      if (u < 0 || u >= FACE_W || nearer <= front[u])
        continue;
      front[u] = nearer;
      faces[TURNED][v * FACE_W + u] = faces[PLAIN][v * FACE_W + q / 4];
    }
  }
}

/* The middle of a frame of the test source. */
static void
take_face (void)
{
  GstElement *pipeline = gst_parse_launch (
      "microexprtestsrc num-buffers=1 seed=5 noise=0 micro-rate=0 macro-rate=0 blink-rate=0 ! "
      "video/x-raw,format=I420,width=320,height=240,framerate=25/1 ! appsink name=sink sync=false",
      NULL);
  GstElement *sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  GstSample *sample;
  GstMapInfo map;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  sample = gst_app_sink_pull_sample (GST_APP_SINK (sink));
  fail_unless (sample != NULL);
  gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ);
  for (int y = 0; y < FACE_H; y++)
    memcpy (faces[PLAIN] + y * FACE_W, map.data + (y + 10) * 320 + 60, FACE_W);
  gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  gst_sample_unref (sample);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (sink);
  gst_object_unref (pipeline);
  memcpy (faces[NOISY], faces[PLAIN], sizeof faces[PLAIN]);
  blur_face ();
  turn_face ();
  srand (1);
  for (guint i = 0; i < G_N_ELEMENTS (noise); i++)
    noise[i] = (gint8)(rand () % 3 - 1);
}

static void
camera_init (Camera *camera)
{
  *camera = (Camera){ .harness = gst_harness_new_parse ("microexpr kinds=micro+macro"),
    .bus = gst_bus_new (),
    .interval = FRAME };
  gst_element_set_bus (camera->harness->element, camera->bus);
  gst_harness_set_src_caps_str (
      camera->harness, "video/x-raw,format=GRAY8,width=640,height=240,framerate=0/1");
}

static void
camera_clear (Camera *camera)
{
  gst_bus_set_flushing (camera->bus, TRUE);
  gst_element_set_bus (camera->harness->element, NULL);
  gst_harness_teardown (camera->harness);
  gst_object_unref (camera->bus);
}

/* An oval, without what is behind the head in the picture. */
static gboolean
is_head (int u, int v)
{
  double x = (u - FACE_W / 2.0) / HEAD_RX, y = (v - FACE_H / 2.0) / HEAD_RY;

  return x * x + y * y < 1;
}

static int
seen (const Scene *scene, int x, int y)
{
  int luma = 110;

  for (int i = 0; i < 2; i++) {
    int u = x - scene->x[i], v = y - 10;
    if (scene->x[i] != NOWHERE && is_head (u, v))
      luma = faces[scene->look][v * FACE_W + u];
  }
  return luma;
}

static int
seen_from_afar (const Scene *scene, int x, int y)
{
  int u = 2 * x - WIDTH / 2, v = 2 * y - HEIGHT / 2;

  return (seen (scene, u, v) + seen (scene, u + 1, v) + seen (scene, u, v + 1) +
             seen (scene, u + 1, v + 1)) /
         4;
}

static GstBuffer *
draw (Camera *camera, const Scene *scene)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, WIDTH * HEIGHT, NULL);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  int grain = scene->look == NOISY ? NOISY_GRAIN : 1;
  for (int y = 0; y < HEIGHT; y++) {
    const gint8 *row = noise + rand () % 65536;
    for (int x = 0; x < WIDTH; x++) {
      int luma = scene->far ? seen_from_afar (scene, x, y) : seen (scene, x, y);
      map.data[y * WIDTH + x] = (guint8)CLAMP (scene->light * luma + grain * row[x], 0, 255);
    }
  }
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = camera->time;
  return buffer;
}

static void
note_faces (Camera *camera, GstBuffer *buffer)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, "GstMicroexprMeta");
  const GValue *faces = gst_structure_get_value (gst_custom_meta_get_structure (meta), "faces");

  camera->n_ids = gst_value_list_get_size (faces);
  for (guint i = 0; i < MIN (camera->n_ids, 2); i++)
    gst_structure_get_uint (
        gst_value_get_structure (gst_value_list_get_value (faces, i)), "id", &camera->ids[i]);
}

static void
see (Camera *camera, const Scene *scene)
{
  GstBuffer *buffer = gst_harness_push_and_pull (camera->harness, draw (camera, scene));

  note_faces (camera, buffer);
  gst_buffer_unref (buffer);
  camera->time += camera->interval;
}

static void
watch (Camera *camera, const Scene *scene, GstClockTime duration)
{
  GstClockTime end = camera->time + duration;

  while (camera->time < end)
    see (camera, scene);
}

/* The next message of that name. NULL: none. (transfer full) */
static GstStructure *
pop (Camera *camera, const char *name)
{
  GstStructure *found = NULL;
  GstMessage *message;

  while (!found && (message = gst_bus_pop (camera->bus))) {
    if (gst_message_has_name (message, "microexpr-event"))
      camera->n_events++;
    if (gst_message_has_name (message, name))
      found = gst_structure_copy (gst_message_get_structure (message));
    gst_message_unref (message);
  }
  return found;
}

static void
expect_no_event (Camera *camera)
{
  GstStructure *event = pop (camera, "microexpr-event");
  char *text = event ? gst_structure_to_string (event) : NULL;

  fail_unless (event == NULL, "%s", text);
}

GST_START_TEST (test_a_face_that_comes_back_soon_keeps_its_number)
{
  const Scene there = { { 220, NOWHERE }, 1, FALSE, PLAIN },
              gone = { { NOWHERE, NOWHERE }, 1, FALSE, PLAIN };
  Camera camera;

  camera_init (&camera);
  watch (&camera, &there, 2 * GST_SECOND);
  fail_unless_equals_int (camera.n_ids, 1);
  fail_unless_equals_int (camera.ids[0], 0);
  watch (&camera, &gone, GST_SECOND);
  fail_unless_equals_int (camera.n_ids, 0);
  watch (&camera, &there, GST_SECOND);
  fail_unless_equals_int (camera.n_ids, 1);
  fail_unless_equals_int (camera.ids[0], 0);
  watch (&camera, &gone, 3 * GST_SECOND);
  watch (&camera, &there, GST_SECOND);
  fail_unless_equals_int (camera.n_ids, 1);
  fail_unless_equals_int (camera.ids[0], 1);
  expect_no_event (&camera);
  camera_clear (&camera);
}
GST_END_TEST

GST_START_TEST (test_two_faces_that_cross_make_no_event)
{
  Scene scene = { { 10, 430 }, 1, FALSE, PLAIN };
  Camera camera;

  camera_init (&camera);
  watch (&camera, &scene, 2 * GST_SECOND);
  fail_unless_equals_int (camera.n_ids, 2);
  for (guint i = 0; i < 42; i++) {
    scene.x[0] += 10;
    scene.x[1] -= 10;
    see (&camera, &scene);
    fail_unless (camera.n_ids <= 2);
  }
  watch (&camera, &scene, 2 * GST_SECOND);
  fail_unless_equals_int (camera.n_ids, 2);
  fail_unless (camera.ids[0] != camera.ids[1]);
  expect_no_event (&camera);
  camera_clear (&camera);
}
GST_END_TEST

static const Scene good = { { 220, NOWHERE }, 1, FALSE, PLAIN };

static void
expect_warning (Camera *camera, const char *reason, gboolean active)
{
  GstStructure *warning = pop (camera, "microexpr-warning");
  double value, limit;
  gboolean is_active;

  fail_unless (warning != NULL, "no warning %s", reason);
  fail_unless_equals_string (gst_structure_get_string (warning, "reason"), reason);
  fail_unless (gst_structure_get (warning, "active", G_TYPE_BOOLEAN, &is_active, "value",
      G_TYPE_DOUBLE, &value, "limit", G_TYPE_DOUBLE, &limit, NULL));
  fail_unless (is_active == active, "%s %s", reason, active ? "does not start" : "does not clear");
  fail_unless (limit > 0 && value >= 0 && value != limit);
  gst_structure_free (warning);
}

/* A poor scene after a good one, then a good one again: one warning that starts and clears. */
static void
expect_one_warning (const Scene *poor, GstClockTime interval, const char *reason)
{
  Camera camera;

  camera_init (&camera);
  watch (&camera, &good, 2 * GST_SECOND);
  fail_unless (pop (&camera, "microexpr-warning") == NULL);
  camera.interval = interval;
  watch (&camera, poor, 4 * GST_SECOND);
  expect_warning (&camera, reason, TRUE);
  camera.interval = FRAME;
  watch (&camera, &good, 5 * GST_SECOND);
  expect_warning (&camera, reason, FALSE);
  fail_unless (pop (&camera, "microexpr-warning") == NULL, "%s comes more than once", reason);
  fail_unless_equals_int (camera.n_events, 0);
  camera_clear (&camera);
}

static const struct
{
  const char *reason;
  Scene scene;
  GstClockTime interval;
} conditions[] = {
  { "dark", { { 220, NOWHERE }, 0.2, FALSE, PLAIN }, FRAME },
  { "face-small", { { 220, NOWHERE }, 1, TRUE, PLAIN }, FRAME },
  { "blurred", { { 220, NOWHERE }, 1, FALSE, BLURRED }, FRAME },
  { "turned-away", { { 220, NOWHERE }, 1, FALSE, TURNED }, FRAME },
  { "noisy", { { 220, NOWHERE }, 0.5, FALSE, NOISY }, FRAME },
  { "no-face", { { NOWHERE, NOWHERE }, 1, FALSE, PLAIN }, FRAME },
  { "frame-rate", { { 220, NOWHERE }, 1, FALSE, PLAIN }, 2 * FRAME },
};

GST_START_TEST (test_a_condition_warns_once_when_it_starts_and_once_when_it_clears)
{
  expect_one_warning (
      &conditions[__i__].scene, conditions[__i__].interval, conditions[__i__].reason);
}
GST_END_TEST

static Suite *
faces_suite (void)
{
  Suite *suite = suite_create ("faces");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_checked_fixture (tcase, take_face, NULL);
  tcase_add_test (tcase, test_a_face_that_comes_back_soon_keeps_its_number);
  tcase_add_test (tcase, test_two_faces_that_cross_make_no_event);
  tcase_add_loop_test (tcase, test_a_condition_warns_once_when_it_starts_and_once_when_it_clears, 0,
      G_N_ELEMENTS (conditions));
  return suite;
}

GST_CHECK_MAIN (faces)
