/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What drawing and covering cost a frame of full HD with one face and a label, by what is drawn and
 * by format: CPU time of the streaming thread, less that of an element that does nothing. Prints;
 * judges nothing. */
#include <gst/check/gstharness.h>
#include <gst/video/video.h>
#include <stdlib.h>
#include <time.h>

#define FPS 30
#define N_FRAMES 360 /* the timeline is full after 300 */
#define N_MEASURED 300
#define N_ROUNDS 7 /* each frame counts by its fastest round: others are disturbed */
#define CAPS "video/x-raw,format=%s,width=1920,height=1080,framerate=30/1"
#define META "GstMicroexprMeta"
#define SOURCE                                                                                     \
  "microexprtestsrc num-buffers=360 script=\"2s micro AU12 3; 4.5s micro AU1+2 3; 7s micro AU4 "   \
  "3; "                                                                                            \
  "9.5s micro AU12 3\" ! video/x-raw,format=I420,width=1920,height=1080,framerate=30/1 ! "         \
  "microexpr face-data=landmarks"

static const char *const formats[] = { "I420", "NV12", "RGB", "GRAY8", "BGRA", "I420_10LE" };

/* One label at a time, most of the time. */
static const struct
{
  const char *name, *element;
} cases[] = {
  { "nothing", "microexproverlay draw=0" },
  { "label", "microexproverlay draw=labels" },
  { "box, id", "microexproverlay draw=boxes+ids" },
  { "landmarks", "microexproverlay draw=landmarks" },
  { "timeline", "microexproverlay draw=timeline" },
  { "the default", "microexproverlay" },
  { "fill", "microexproverlay draw=0 anonymize=fill" },
  { "pixelate", "microexproverlay draw=0 anonymize=pixelate" },
  { "blur", "microexproverlay draw=0 anonymize=blur" },
};

/* Metas as microexpr makes them, of every frame. (transfer full) */
static GPtrArray *
make_metas (void)
{
  GPtrArray *metas = g_ptr_array_new_with_free_func ((GDestroyNotify)gst_structure_free);
  GstHarness *h = gst_harness_new_parse (SOURCE);

  gst_harness_play (h);
  for (guint i = 0; i < N_FRAMES; i++) {
    GstBuffer *buffer = gst_harness_pull (h);
    GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, META);
    g_ptr_array_add (metas, gst_structure_copy (gst_custom_meta_get_structure (meta)));
    gst_buffer_unref (buffer);
  }
  gst_harness_teardown (h);
  return metas;
}

/* (transfer full) */
static GstBuffer *
make_frame (const char *format)
{
  char *line = g_strdup_printf ("microexprtestsrc num-buffers=1 ! video/x-raw,width=1920,"
                                "height=1080 ! videoconvert ! video/x-raw,format=%s ! identity",
      format);
  GstHarness *h = gst_harness_new_parse (line);
  GstBuffer *buffer;

  gst_harness_play (h);
  buffer = gst_harness_pull (h);
  gst_harness_teardown (h);
  g_free (line);
  buffer = gst_buffer_make_writable (buffer);
  return buffer;
}

static void
set_meta (GstBuffer *buffer, const GstStructure *s)
{
  GstCustomMeta *meta = gst_buffer_get_custom_meta (buffer, META);

  if (meta)
    gst_buffer_remove_meta (buffer, (GstMeta *)meta);
  meta = gst_buffer_add_custom_meta (buffer, META);
  for (gint i = 0; i < gst_structure_n_fields (s); i++) {
    const char *field = gst_structure_nth_field_name (s, (guint)i);
    gst_structure_set_value (
        gst_custom_meta_get_structure (meta), field, gst_structure_get_value (s, field));
  }
}

static double
now_ms (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

/* Plays all frames; lowers each of `ms` to what that frame took. One buffer goes round: it is drawn
 * into in place. */
static void
play (const char *element, const char *format, const GPtrArray *metas, GstBuffer **buffer,
    double ms[N_FRAMES])
{
  GstHarness *h = gst_harness_new_parse (element);
  char *caps = g_strdup_printf (CAPS, format);

  gst_harness_set_src_caps_str (h, caps);
  for (guint i = 0; i < N_FRAMES; i++) {
    set_meta (*buffer, g_ptr_array_index (metas, i));
    GST_BUFFER_PTS (*buffer) = gst_util_uint64_scale (i, GST_SECOND, FPS);
    double start = now_ms ();
    *buffer = gst_harness_push_and_pull (h, *buffer);
    ms[i] = MIN (ms[i], now_ms () - start);
  }
  gst_harness_teardown (h);
  g_free (caps);
}

/* Mean of the frames with a full timeline, ms. */
static double
measure (const char *element, const char *format, const GPtrArray *metas, GstBuffer **buffer)
{
  double ms[N_FRAMES], sum = 0;

  for (guint i = 0; i < N_FRAMES; i++)
    ms[i] = G_MAXDOUBLE;
  for (guint i = 0; i < N_ROUNDS; i++)
    play (element, format, metas, buffer, ms);
  for (guint i = N_FRAMES - N_MEASURED; i < N_FRAMES; i++)
    sum += ms[i];
  return sum / N_MEASURED;
}

/* Whether the case is asked for on the command line; all are when nothing is. */
static gboolean
is_wanted (const char *name, int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_str_equal (name, argv[i]))
      return TRUE;
  return argc <= 1;
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  GPtrArray *metas = make_metas ();

  g_print ("%-14s", "ms per frame");
  for (guint f = 0; f < G_N_ELEMENTS (formats); f++)
    g_print (" %9s", formats[f]);
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++) {
    if (!is_wanted (cases[c].name, argc, argv))
      continue;
    g_print ("\n%-14s", cases[c].name);
    for (guint f = 0; f < G_N_ELEMENTS (formats); f++) {
      GstBuffer *buffer = make_frame (formats[f]);
      double nothing = measure ("identity", formats[f], metas, &buffer);
      g_print (" %9.3f", measure (cases[c].element, formats[f], metas, &buffer) - nothing);
      gst_buffer_unref (buffer);
    }
  }
  g_print ("\n");
  g_ptr_array_unref (metas);
  return 0;
}
