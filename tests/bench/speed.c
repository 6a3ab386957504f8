/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the analysis of a frame costs: by size, rate and number of faces, in all and by stage;
 * beside the decoder of the same video, an element that does nothing, the face detector of
 * gst-plugins-bad, and dlib's detector and 68 landmarks on every frame; at the start; and for many
 * streams. Prints; judges nothing. MICROEXPR_LANDMARKS: file of dlib's landmarks [where Debian's
 * libdlib-data has it]. */
#include <gst/check/gstharness.h>
#include <gst/video/video.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "allocations.h"
#include "finding/dlib-landmarks.h"
#include "finding/face-finder.h"
#include "microexpr.h"
#include "speed-material.h"

#define DLIB_LANDMARKS "/usr/share/dlib/shape_predictor_68_face_landmarks.dat"
#define NAIVE_FRAMES 30 /* of what is too slow for more */
#define DECODED_S 3     /* of video */
#define N_STREAMS 32
#define STREAMS_S 10

static int seconds = 20, settling = 10;
static char *format = "I420";
static gboolean brief, decoders;
static const GOptionEntry options[] = {
  { "seconds", 's', 0, G_OPTION_ARG_INT, &seconds, "Video in each row [20]", "S" },
  { "settle", 'S', 0, G_OPTION_ARG_INT, &settling,
      "Video before it, in which the whole picture is searched once [10]", "S" },
  { "format", 'f', 0, G_OPTION_ARG_STRING, &format, "Raw format of each row [I420]", "FORMAT" },
  { "brief", 'b', 0, G_OPTION_ARG_NONE, &brief, "One face only, and nothing beside it", NULL },
  { "decoders", 'd', 0, G_OPTION_ARG_NONE, &decoders, "Only beside decoding", NULL },
  G_OPTION_ENTRY_NULL,
};

static const struct
{
  int width, height, fps;
} sizes[] = { { 640, 480, 30 }, { 640, 480, 60 }, { 640, 480, 200 }, { 1280, 720, 30 },
  { 1920, 1080, 30 }, { 3840, 2160, 30 } };

static const guint faces[] = { 1, 0, 2, 4, 8 };

/* The columns of the stages. */
static const char *const stages[] = { "map", "detect", "landmarks", "crop", "align", "motion",
  "spot" };

static double
now_ms (clockid_t clock)
{
  struct timespec t;

  clock_gettime (clock, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* ---- memory ---- */

static double
status_mb (const char *field)
{
  char *text = NULL, *at;
  double kb = 0;

  if (g_file_get_contents ("/proc/self/status", &text, NULL, NULL) &&
      (at = strstr (text, field)) != NULL)
    kb = g_ascii_strtod (at + strlen (field) + 1, NULL);
  g_free (text);
  return kb / 1024;
}

/* What the process needs at most counts from here on. */
static void
forget_peak (void)
{
  FILE *file = fopen ("/proc/self/clear_refs", "w");

  if (file) {
    fputs ("5", file);
    fclose (file);
  }
}

/* ---- one row ---- */

typedef struct
{
  guint n;
  double *ms; /* CPU time of each frame */
  double wall_ms;
  guint64 allocations;
  double before_mb, peak_mb;
} Run;

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static void
run_begin (Run *run, guint n)
{
  malloc_trim (0);
  *run = (Run){ .n = n, .ms = g_new (double, n), .before_mb = status_mb ("VmRSS") };
  forget_peak ();
}

static void
run_end (Run *run)
{
  run->peak_mb = status_mb ("VmHWM");
  qsort (run->ms, run->n, sizeof *run->ms, compare);
}

static double
mean_ms (const Run *run)
{
  double sum = 0;

  for (guint i = 0; i < run->n; i++)
    sum += run->ms[i];
  return sum / run->n;
}

static void
print_row (const char *name, const Run *run)
{
  double mean = mean_ms (run);

  g_print ("%-26s %8.3f %7.3f %7.3f %8.0f %7.1f %6.1f", name, mean, run->ms[run->n / 2],
      run->ms[run->n * 99 / 100], 1000 / mean, (double)run->allocations / run->n,
      run->peak_mb - run->before_mb);
}

/* The frames from number `first` on. */
static void
push_all (GstHarness *h, const Material *material, guint first, Run *run)
{
  for (guint n = 0; n < run->n; n++) {
    GstBuffer *buffer = material_frame (material, first + n);
    guint64 allocations = allocations_so_far ();
    double cpu = now_ms (CLOCK_PROCESS_CPUTIME_ID), wall = now_ms (CLOCK_MONOTONIC);
    buffer = gst_harness_push_and_pull (h, buffer);
    run->ms[n] = now_ms (CLOCK_PROCESS_CPUTIME_ID) - cpu;
    run->wall_ms += now_ms (CLOCK_MONOTONIC) - wall;
    run->allocations += allocations_so_far () - allocations;
    gst_buffer_unref (buffer);
  }
}

static double
field (const GstStructure *stats, const char *stage, const char *what)
{
  char *name = g_strconcat (stage, what, NULL);
  const GValue *value = gst_structure_get_value (stats, name);
  double number = value && G_VALUE_HOLDS_DOUBLE (value)   ? g_value_get_double (value)
                  : value && G_VALUE_HOLDS_UINT64 (value) ? (double)g_value_get_uint64 (value)
                                                          : 0;

  g_free (name);
  return number;
}

/* What the stages took so far, ms. */
typedef struct
{
  double frames, faces, ms[G_N_ELEMENTS (stages)];
} Spent;

static Spent
spent (GstElement *element)
{
  GstStructure *stats;
  Spent now;

  g_object_get (element, "stats", &stats, NULL);
  now = (Spent){ .frames = field (stats, "analysed", ""), .faces = field (stats, "faces", "") };
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    now.ms[i] =
        field (stats, stages[i], "-ms") * (i ? field (stats, stages[i], "-runs") : now.frames);
  gst_structure_free (stats);
  return now;
}

/* Each per frame, wall time; what remains of it is output, and the element's own. */
static void
print_stages (const Spent *before, const Spent *after, const Run *run)
{
  double rest = run->wall_ms / run->n;

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++) {
    double ms = (after->ms[i] - before->ms[i]) / MAX (1, after->frames - before->frames);
    g_print (" %9.3f", ms);
    rest -= ms;
  }
  g_print (" %9.3f %6.0f\n", rest, after->faces);
}

static GstHarness *
start (const char *line, const Material *material)
{
  GstHarness *h = gst_harness_new_parse (line);

  gst_harness_set_src_caps (h, material_caps (material));
  return h;
}

static gboolean
is_installed (const char *element)
{
  GstElementFactory *factory = gst_element_factory_find (element);
  gboolean found = factory != NULL;

  g_clear_pointer (&factory, gst_object_unref);
  return found;
}

static void
run_element (const char *name, const char *element, const Material *material, guint n_frames)
{
  Run run;

  if (!is_installed (element)) {
    g_print ("%-26s not installed\n", name);
    return;
  }
  run_begin (&run, n_frames);
  GstHarness *h = start (element, material);
  push_all (h, material, 0, &run);
  run_end (&run);
  print_row (name, &run);
  g_print ("\n");
  gst_harness_teardown (h);
  g_free (run.ms);
}

/* Returns the mean, ms. */
static double
run_microexpr (const char *name, const Material *material, int fps)
{
  guint n_settling = (guint)(settling * fps);
  Run settle = { .n = n_settling, .ms = g_new (double, n_settling) }, run;
  Spent before, after;
  double mean;

  run_begin (&run, (guint)(seconds * fps));
  GstHarness *h = start ("microexpr", material);
  GstElement *element = gst_harness_find_element (h, "microexpr");
  push_all (h, material, 0, &settle);
  before = spent (element);
  push_all (h, material, n_settling, &run);
  after = spent (element);
  run_end (&run);
  print_row (name, &run);
  print_stages (&before, &after, &run);
  mean = mean_ms (&run);
  gst_object_unref (element);
  gst_harness_teardown (h);
  g_free (settle.ms);
  g_free (run.ms);
  return mean;
}

/* ---- beside decoding ---- */

/* Bit rates as cameras send. */
static const struct
{
  int width, height, fps, kbit_s;
} streams[] = { { 640, 480, 30, 1000 }, { 640, 480, 60, 1500 }, { 1280, 720, 30, 2500 },
  { 1920, 1080, 30, 5000 }, { 1920, 1080, 60, 8000 }, { 3840, 2160, 30, 16000 } };

static GPtrArray *
encode (const Material *material, int fps, int kbit_s, GstCaps **caps)
{
  char *line = g_strdup_printf (
      "x264enc bitrate=%d bframes=0 key-int-max=%d speed-preset=veryfast threads=1 ! "
      "video/x-h264,stream-format=byte-stream,alignment=au ! identity",
      kbit_s, 2 * fps);
  GPtrArray *encoded = g_ptr_array_new_with_free_func ((GDestroyNotify)gst_buffer_unref);
  GstHarness *h = start (line, material);
  GstBuffer *buffer;

  for (guint n = 0; n < (guint)(DECODED_S * fps); n++)
    gst_harness_push (h, material_frame (material, n));
  gst_harness_push_event (h, gst_event_new_eos ());
  while ((buffer = gst_harness_try_pull (h)))
    g_ptr_array_add (encoded, buffer);
  *caps = gst_pad_get_current_caps (h->sinkpad);
  gst_harness_teardown (h);
  g_free (line);
  return encoded;
}

/* Mean for each frame. */
static double
decode_ms (const GPtrArray *encoded, GstCaps *caps)
{
  GstHarness *h = gst_harness_new_parse ("avdec_h264 max-threads=1");
  double begin = now_ms (CLOCK_PROCESS_CPUTIME_ID), spent_ms;

  gst_harness_set_src_caps (h, gst_caps_ref (caps));
  for (guint i = 0; i < encoded->len; i++) {
    GstBuffer *picture;
    gst_harness_push (h, gst_buffer_ref (g_ptr_array_index (encoded, i)));
    while ((picture = gst_harness_try_pull (h)))
      gst_buffer_unref (picture);
  }
  gst_harness_push_event (h, gst_event_new_eos ());
  spent_ms = now_ms (CLOCK_PROCESS_CPUTIME_ID) - begin;
  gst_harness_teardown (h);
  return spent_ms / MAX (1, encoded->len);
}

static void
compare_with_decoder (int width, int height, int fps, int kbit_s)
{
  MaterialKind kind = { "I420", width, height, fps, 1 };
  Material *material = material_new (&kind);
  char *name = g_strdup_printf ("%dx%d at %d", width, height, fps);
  GstCaps *caps;
  GPtrArray *encoded = encode (material, fps, kbit_s, &caps);
  double ours = run_microexpr (name, material, fps), decoder = decode_ms (encoded, caps);

  g_print ("%-26s %8.3f, %d kbit/s: microexpr is %.2f of it\n", "  avdec_h264", decoder, kbit_s,
      ours / decoder);
  g_ptr_array_unref (encoded);
  gst_caps_unref (caps);
  g_free (name);
  material_free (material);
}

static void
print_decoders (void)
{
  if (!is_installed ("x264enc") || !is_installed ("avdec_h264")) {
    g_print ("\nx264enc or avdec_h264 is not installed\n");
    return;
  }
  g_print ("\nbeside decoding on one thread, 1 face\n");
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    compare_with_decoder (streams[i].width, streams[i].height, streams[i].fps, streams[i].kbit_s);
}

/* dlib's detector and landmarks on every frame, as most scripts do. */
static void
run_naive (const Material *material, const MaterialKind *kind)
{
  const char *file = g_getenv ("MICROEXPR_LANDMARKS");
  MeDlibLandmarks *landmarks = me_dlib_landmarks_new (file ? file : DLIB_LANDMARKS, NULL);
  MeFaceFinder *finder = landmarks ? me_face_finder_new (NULL) : NULL;
  Run run;

  if (!finder) {
    g_print ("%-26s not installed\n", "dlib, 68 landmarks");
    me_dlib_landmarks_free (landmarks);
    return;
  }
  run_begin (&run, NAIVE_FRAMES);
  for (guint n = 0; n < run.n; n++) {
    GstBuffer *buffer = material_frame (material, n);
    guint64 allocations = allocations_so_far ();
    MePoint points[ME_N_LANDMARKS];
    MeDetection found[8];
    GstMapInfo map;
    gst_buffer_map (buffer, &map, GST_MAP_READ);
    MeFrame frame = { map.data, kind->width, kind->height, (gsize)kind->width, 1, n, NULL };
    double cpu = now_ms (CLOCK_PROCESS_CPUTIME_ID);
    guint n_found = me_face_finder_detect (finder, &frame, 80, found, G_N_ELEMENTS (found));
    for (guint i = 0; i < n_found; i++)
      me_dlib_landmarks_fit (landmarks, &frame, &found[i], points);
    run.ms[n] = now_ms (CLOCK_PROCESS_CPUTIME_ID) - cpu;
    run.allocations += allocations_so_far () - allocations;
    gst_buffer_unmap (buffer, &map);
    gst_buffer_unref (buffer);
  }
  run_end (&run);
  print_row ("dlib, 68 landmarks", &run);
  g_print ("\n");
  g_free (run.ms);
  me_dlib_landmarks_free (landmarks);
  me_face_finder_free (finder);
}

/* ---- the tables ---- */

static void
print_heading (void)
{
  g_print ("\n%-26s %8s %7s %7s %8s %7s %6s", "ms of CPU per frame", "mean", "p50", "p99",
      "frames/s", "allocs", "MB");
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    g_print (" %9s", stages[i]);
  g_print (" %9s %6s\n", "output", "faces");
}

static void
print_costs (void)
{
  print_heading ();
  for (guint f = 0; f < (brief ? 1 : G_N_ELEMENTS (faces)); f++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
      MaterialKind kind = { format, sizes[i].width, sizes[i].height, sizes[i].fps, faces[f] };
      Material *material = material_new (&kind);
      char *name = g_strdup_printf ("%dx%d at %d, %u face%s", kind.width, kind.height, kind.fps,
          kind.n_faces, kind.n_faces == 1 ? "" : "s");
      run_microexpr (name, material, kind.fps);
      g_free (name);
      material_free (material);
    }
}

static void
print_others (void)
{
  MaterialKind kind = { "I420", 640, 480, 200, 1 };
  Material *material = material_new (&kind);

  g_print ("\nbeside it, 640x480 at 200, 1 face\n");
  run_element ("identity", "identity", material, (guint)(seconds * kind.fps));
  run_microexpr ("microexpr", material, kind.fps);
  run_naive (material, &kind);
  material_free (material);
  kind.format = "RGB";
  material = material_new (&kind);
  run_element ("facedetect (RGB)", "facedetect", material, NAIVE_FRAMES);
  run_microexpr ("microexpr (RGB)", material, kind.fps);
  material_free (material);
}

/* From making the element until the first frame is out. */
static GstHarness *
print_start (const Material *material, const char *name)
{
  double begin = now_ms (CLOCK_MONOTONIC), made, mb = status_mb ("VmRSS");
  GstHarness *h = start ("microexpr", material);
  GstBuffer *buffer = material_frame (material, 0);

  made = now_ms (CLOCK_MONOTONIC);
  gst_buffer_unref (gst_harness_push_and_pull (h, buffer));
  g_print ("%-26s started after %.1f ms, first frame out after %.1f ms, %.1f MB\n", name,
      made - begin, now_ms (CLOCK_MONOTONIC) - begin, status_mb ("VmRSS") - mb);
  return h;
}

static void
print_starts (void)
{
  MaterialKind kind = { "I420", 640, 480, 30, 1 };
  Material *material = material_new (&kind);
  GstHarness *first = print_start (material, "the first element");

  gst_harness_teardown (print_start (material, "a further one"));
  gst_harness_teardown (first);
  material_free (material);
}

/* One after the other, a frame each. */
static void
print_streams (void)
{
  MaterialKind kind = { "I420", 640, 480, 30, 1 };
  Material *material = material_new (&kind);
  GstHarness *streams[N_STREAMS];
  double cpu = 0, mb = status_mb ("VmRSS");

  for (guint i = 0; i < N_STREAMS; i++)
    streams[i] = start ("microexpr", material);
  for (guint n = 0; n < STREAMS_S * 30; n++)
    for (guint i = 0; i < N_STREAMS; i++) {
      GstBuffer *buffer = material_frame (material, n + 5 * i);
      GST_BUFFER_PTS (buffer) = gst_util_uint64_scale_int (n, GST_SECOND, kind.fps);
      double begin = now_ms (CLOCK_PROCESS_CPUTIME_ID);
      buffer = gst_harness_push_and_pull (streams[i], buffer);
      cpu += now_ms (CLOCK_PROCESS_CPUTIME_ID) - begin;
      gst_buffer_unref (buffer);
    }
  g_print ("\n%d streams, 640x480 at 30, 1 face: %.2f of a core, %.1f MB each\n", N_STREAMS,
      cpu / 1000 / STREAMS_S, (status_mb ("VmRSS") - mb) / N_STREAMS);
  for (guint i = 0; i < N_STREAMS; i++)
    gst_harness_teardown (streams[i]);
  material_free (material);
}

int
main (int argc, char **argv)
{
  GOptionContext *context = g_option_context_new ("- what the analysis costs");
  GError *error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  g_option_context_free (context);
  if (decoders) {
    print_decoders ();
    return 0;
  }
  print_starts ();
  print_costs ();
  if (!brief) {
    print_decoders ();
    print_others ();
    print_streams ();
  }
  return 0;
}
