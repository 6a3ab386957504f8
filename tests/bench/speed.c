/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the analysis of a frame costs, in all and by stage, beside an element that does nothing and
 * the face detector of gst-plugins-bad, on the same frames. Prints; judges nothing. */
#include <gst/check/gstharness.h>
#include <gst/gst.h>
#include <stdlib.h>
#include <time.h>

#include "microexpr.h"

typedef struct
{
  const char *name;
  int width, height, fps;
  guint n_frames; /* kept in memory; played to and fro */
  guint n_pushed;
} Material;

static const Material materials[] = {
  { "research camera", 640, 480, 200, 200, 2000 },
  { "webcam", 640, 480, 30, 150, 600 },
  { "full HD", 1920, 1080, 30, 40, 300 },
};

typedef struct
{
  double cpu_ms, wall_ms, p99_ms; /* per frame */
} Cost;

static double
now_ms (clockid_t clock)
{
  struct timespec t;

  clock_gettime (clock, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

/* The frames of the test source in one format. (transfer full) */
static GPtrArray *
generate (const Material *m, const char *format)
{
  char *line = g_strdup_printf ("microexprtestsrc num-buffers=%u ! "
                                "video/x-raw,width=%d,height=%d,framerate=%d/1 ! "
                                "videoconvert ! video/x-raw,format=%s ! identity",
      m->n_frames, m->width, m->height, m->fps, format);
  GPtrArray *frames = g_ptr_array_new_with_free_func ((GDestroyNotify)gst_buffer_unref);
  GstHarness *h = gst_harness_new_parse (line);

  gst_harness_play (h);
  for (guint i = 0; i < m->n_frames; i++)
    g_ptr_array_add (frames, gst_harness_pull (h));
  gst_harness_teardown (h);
  g_free (line);
  return frames;
}

/* Frame n of an endless recording without a cut: to the last one and back. */
static GstBuffer *
frame_at (const GPtrArray *frames, guint n, int fps)
{
  guint period = 2 * (frames->len - 1), i = n % period;
  GstBuffer *buffer =
      gst_buffer_copy (g_ptr_array_index (frames, i < frames->len ? i : period - i));

  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (n, GST_SECOND, fps);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / fps;
  return buffer;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static Cost
measure (GstHarness *h, const GPtrArray *frames, const Material *m, guint n_pushed)
{
  double *wall = g_new (double, n_pushed), total = 0, cpu = 0;
  Cost cost;

  for (guint n = 0; n < n_pushed; n++) {
    GstBuffer *buffer = frame_at (frames, n, m->fps);
    double cpu_start = now_ms (CLOCK_PROCESS_CPUTIME_ID), start = now_ms (CLOCK_MONOTONIC);
    buffer = gst_harness_push_and_pull (h, buffer);
    wall[n] = now_ms (CLOCK_MONOTONIC) - start;
    cpu += now_ms (CLOCK_PROCESS_CPUTIME_ID) - cpu_start;
    total += wall[n];
    gst_buffer_unref (buffer);
  }
  qsort (wall, n_pushed, sizeof *wall, compare);
  cost = (Cost){ cpu / n_pushed, total / n_pushed, wall[n_pushed * 99 / 100] };
  g_free (wall);
  return cost;
}

static void
print_cost (const char *name, Cost cost)
{
  g_print ("  %-16s %8.3f %8.3f %8.3f\n", name, cost.cpu_ms, cost.wall_ms, cost.p99_ms);
}

/* What each stage adds to a frame on average, and how often it runs. */
static void
print_stages (GstElement *element)
{
  GstStructure *stats;
  guint64 analysed = 0, faces = 0;

  g_object_get (element, "stats", &stats, NULL);
  gst_structure_get (
      stats, "analysed", G_TYPE_UINT64, &analysed, "faces", G_TYPE_UINT64, &faces, NULL);
  for (guint i = 0; i < ME_N_STAGES; i++) {
    char *ms = g_strdup_printf ("%s-ms", me_stage_name (i));
    char *runs = g_strdup_printf ("%s-runs", me_stage_name (i));
    guint64 n = 0;
    double mean = 0;
    gst_structure_get (stats, ms, G_TYPE_DOUBLE, &mean, runs, G_TYPE_UINT64, &n, NULL);
    g_print ("    %-14s %8.3f per frame, %8.3f per run, %6" G_GUINT64_FORMAT " runs\n",
        me_stage_name (i), analysed ? mean * n / analysed : 0, mean, n);
    g_free (ms);
    g_free (runs);
  }
  g_print ("    %" G_GUINT64_FORMAT " frames, %" G_GUINT64_FORMAT " faces\n", analysed, faces);
  gst_structure_free (stats);
}

static void
run_element (const char *name, const GPtrArray *frames, const Material *m, const char *format,
    guint n_pushed)
{
  GstElementFactory *factory = gst_element_factory_find (name);
  GstHarness *h;
  char *caps;

  if (!factory) {
    g_print ("  %-16s not installed\n", name);
    return;
  }
  gst_object_unref (factory);
  h = gst_harness_new (name);
  caps = g_strdup_printf ("video/x-raw,format=%s,width=%d,height=%d,framerate=%d/1", format,
      m->width, m->height, m->fps);
  gst_harness_set_src_caps_str (h, caps);
  print_cost (name, measure (h, frames, m, n_pushed));
  if (g_str_equal (name, "microexpr"))
    print_stages (h->element);
  gst_harness_teardown (h);
  g_free (caps);
}

static void
run_material (const Material *m)
{
  GPtrArray *yuv = generate (m, "I420"), *rgb = generate (m, "RGB");

  g_print ("%s: %dx%d at %d frames/s\n", m->name, m->width, m->height, m->fps);
  g_print ("  %-16s %8s %8s %8s\n", "ms per frame", "CPU", "wall", "p99");
  run_element ("identity", yuv, m, "I420", m->n_pushed);
  run_element ("microexpr", yuv, m, "I420", m->n_pushed);
  run_element ("microexpr", rgb, m, "RGB", m->n_pushed);
  run_element ("facedetect", rgb, m, "RGB", 30);
  g_ptr_array_unref (yuv);
  g_ptr_array_unref (rgb);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (materials); i++)
    run_material (&materials[i]);
  return 0;
}
