/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The element microexproverlay on the face of the test source, against pictures that were looked at
 * and found right: tests/check/golden. What is compared is a quarter of the size, so that neither
 * chroma subsampling nor the smoothing of lines matters; text, which looks different with other
 * fonts, has to be there and nothing more.
 *
 * With the environment variable GOLDEN_WRITE the pictures are written there instead: look at them
 * before they become the new ones. */
#include "overlay-frames.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

#define PART 4 /* the pictures are so many times smaller */
#define SMALL_WIDTH (WIDTH / PART)
#define SMALL_HEIGHT (HEIGHT / PART)
#define BLOCK 4       /* of the small picture, px */
#define MOST_IN_ALL 4 /* mean difference, levels */
#define MOST_IN_BLOCK 10

#define SOURCE                                                                                     \
  "microexprtestsrc noise=0 light=0 head-motion=0 micro-rate=0 macro-rate=0 blink-rate=0"
#define FACE                                                                                       \
  "face, id=(uint)0, x=(uint)190, y=(uint)130, width=(uint)260, height=(uint)260, "                \
  "ipd=(double)101, quality=(double)1, noise=(double)0.3, motion=(double)%.3f%s"
#define REGIONS                                                                                    \
  ", regions=(structure){ "                                                                        \
  "\"region\\,\\ x\\=\\(double\\)270\\,\\ y\\=\\(double\\)340\\,\\ dx\\=\\(double\\)-3\\,\\ "      \
  "dy\\=\\(double\\)-4\\;\", "                                                                     \
  "\"region\\,\\ x\\=\\(double\\)370\\,\\ y\\=\\(double\\)340\\,\\ dx\\=\\(double\\)9\\,\\ "       \
  "dy\\=\\(double\\)-2\\;\" }"

static const char *const event =
    "microexpr-event, id=(guint64)0, face=(uint)0, kind=micro, emotion=surprise, "
    "confidence=(double)0.82, onset=(guint64)7000000000, apex=(guint64)7200000000, "
    "offset=(guint64)7400000000";

static const char *const formats[] = { "RGB", "I420", "NV12", "GRAY8", "BGRA", "I420_10LE" };

/* text: what looks different with other fonts, in the frame; a picture of one case. */
static const struct
{
  const char *name, *properties;
  GstVideoRectangle text[2];
} cases[] = {
  { "boxes", "draw=boxes", { { 0 } } },
  { "arrows", "draw=arrows", { { 0 } } },
  { "label", "draw=labels", { { 184, 90, 456, 40 } } },
  { "timeline", "draw=timeline", { { 0, 416, 64, 64 }, { 0, 416, WIDTH, 32 } } },
  { "blur", "draw=0 anonymize=blur", { { 0 } } },
  { "pixelate", "draw=0 anonymize=pixelate", { { 0 } } },
  { "fill", "draw=0 anonymize=fill", { { 0 } } },
};

/* Rises and falls within the event. */
static double
motion_at (GstClockTime time)
{
  double s = (double)time / GST_SECOND;

  return 0.3 + (s > 7 && s < 7.4 ? 3 * sin ((s - 7) / 0.4 * G_PI) : 0);
}

static void
set_meta (GstBuffer *buffer, GstClockTime time)
{
  char *face = g_strdup_printf (FACE, motion_at (time), REGIONS);

  GST_BUFFER_PTS (buffer) = time;
  add_meta_of_one (buffer, face, time >= 7500 * GST_MSECOND ? event : NULL); /* once it is over */
  g_free (face);
}

/* The last frame: the event was an instant ago. What draws no timeline needs no more. */
static GstBuffer *
play (const char *properties, const char *format)
{
  GstBuffer *picture = source_frame (SOURCE, format), *out = NULL;
  GstHarness *h = overlay_harness (properties, format);

  for (guint i = strstr (properties, "timeline") ? 0 : 7 * 30; i <= 8 * 30; i++) {
    GstBuffer *in = gst_buffer_copy (picture);
    gst_clear_buffer (&out);
    set_meta (in, i * FRAME);
    out = gst_harness_push_and_pull (h, in);
  }
  gst_buffer_unref (picture);
  gst_harness_teardown (h);
  return out;
}

/* Means of PART x PART pixels: rows of RGB without gaps. (transfer full) */
static guint8 *
shrink (GstBuffer *buffer, const char *format)
{
  guint8 *argb = to_argb (buffer, format), *small = g_malloc (SMALL_WIDTH * SMALL_HEIGHT * 3);

  for (guint i = 0; i < SMALL_WIDTH * SMALL_HEIGHT * 3; i++) {
    guint x = i / 3 % SMALL_WIDTH * PART, y = i / 3 / SMALL_WIDTH * PART, sum = 0;
    for (guint k = 0; k < PART * PART; k++)
      sum += argb[4 * ((y + k / PART) * WIDTH + x + k % PART) + 1 + i % 3];
    small[i] = (guint8)(sum / (PART * PART));
  }
  g_free (argb);
  return small;
}

static void
write_golden (const char *folder, const char *name, guint8 *rgb)
{
  char *file = g_strdup_printf ("%s/%s.png", folder, name);
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_data (
      rgb, GDK_COLORSPACE_RGB, FALSE, 8, SMALL_WIDTH, SMALL_HEIGHT, SMALL_WIDTH * 3, NULL, NULL);

  fail_unless (gdk_pixbuf_save (pixbuf, file, "png", NULL, "compression", "9", NULL));
  g_object_unref (pixbuf);
  g_free (file);
}

/* Rows of RGB without gaps. (transfer full) */
static guint8 *
read_golden (const char *name)
{
  char *file = g_strdup_printf (GOLDEN_DIR "/%s.png", name);
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_file (file, NULL);
  guint8 *rgb = g_malloc (SMALL_WIDTH * SMALL_HEIGHT * 3);

  fail_unless (pixbuf != NULL, "%s cannot be read", file);
  fail_unless (gdk_pixbuf_get_width (pixbuf) == SMALL_WIDTH &&
               gdk_pixbuf_get_height (pixbuf) == SMALL_HEIGHT &&
               gdk_pixbuf_get_n_channels (pixbuf) == 3);
  for (int y = 0; y < SMALL_HEIGHT; y++)
    memcpy (rgb + y * SMALL_WIDTH * 3,
        gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf), SMALL_WIDTH * 3);
  g_object_unref (pixbuf);
  g_free (file);
  return rgb;
}

/* BT.601, as the formats of the test have it. */
static void
make_gray (guint8 *rgb)
{
  for (guint8 *p = rgb; p < rgb + SMALL_WIDTH * SMALL_HEIGHT * 3; p += 3)
    p[0] = p[1] = p[2] = (guint8)(0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2] + 0.5);
}

static gboolean
is_text (const GstVideoRectangle *areas, int x, int y)
{
  for (guint i = 0; i < 2; i++)
    if (x >= areas[i].x && x < areas[i].x + areas[i].w && y >= areas[i].y &&
        y < areas[i].y + areas[i].h)
      return TRUE;
  return FALSE;
}

/* Mean difference of a block and of all, levels; text is left out. */
static double
difference (
    const guint8 *a, const guint8 *b, const GstVideoRectangle *text, GstVideoRectangle where)
{
  double sum = 0;
  guint n = 0;

  for (int y = where.y; y < where.y + where.h; y++)
    for (int x = where.x; x < where.x + where.w; x++)
      for (int c = 0; c < 3 && !is_text (text, x * PART, y * PART); c++, n++)
        sum += ABS (a[3 * (y * SMALL_WIDTH + x) + c] - b[3 * (y * SMALL_WIDTH + x) + c]);
  return sum / MAX (n, 1);
}

/* Backing, and letters on it. */
static void
check_text (const guint8 *rgb, GstVideoRectangle where, const char *what)
{
  guint dark = 0, bright = 0;

  for (int y = where.y / PART; y < (where.y + where.h) / PART; y++)
    for (int x = where.x / PART; x < (where.x + where.w) / PART; x++) {
      const guint8 *p = rgb + 3 * (y * SMALL_WIDTH + x);
      dark += p[1] < 90;
      bright += p[1] > 110;
    }
  fail_unless (
      where.w == 0 || (dark > 20 && bright > 5), "%s: %u dark, %u bright", what, dark, bright);
}

/* Mean difference of all and of the worst block, levels. */
static gboolean
is_alike (const guint8 *is, const guint8 *should, const GstVideoRectangle *text, double *mean,
    double *worst)
{
  *mean = difference (is, should, text, (GstVideoRectangle){ 0, 0, SMALL_WIDTH, SMALL_HEIGHT });
  *worst = 0;
  for (int y = 0; y < SMALL_HEIGHT; y += BLOCK)
    for (int x = 0; x < SMALL_WIDTH; x += BLOCK) {
      GstVideoRectangle block = { x, y, BLOCK, BLOCK };
      *worst = MAX (*worst, difference (is, should, text, block));
    }
  return *mean <= MOST_IN_ALL && *worst <= MOST_IN_BLOCK;
}

GST_START_TEST (test_drawing_looks_as_it_did)
{
  const char *folder = g_getenv ("GOLDEN_WRITE"), *format = formats[__i__];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstBuffer *out = play (cases[i].properties, format);
    guint8 *is = shrink (out, format);
    char *what = g_strdup_printf ("%s in %s", cases[i].name, format);
    double mean, worst;
    if (folder && __i__ == 0)
      write_golden (folder, cases[i].name, is);
    if (!folder) {
      guint8 *should = read_golden (cases[i].name);
      if (g_str_equal (format, "GRAY8"))
        make_gray (should);
      fail_unless (is_alike (is, should, cases[i].text, &mean, &worst),
          "%s: %.1f levels off, %.1f in the worst block", what, mean, worst);
      check_text (is, cases[i].text[0], what);
      GST_INFO ("%s: %.1f levels off, %.1f in the worst block", what, mean, worst);
      g_free (should);
    }
    g_free (what);
    g_free (is);
    gst_buffer_unref (out);
  }
}
GST_END_TEST

/* Else the limits would let a drawing pass that is not there. */
GST_START_TEST (test_pictures_differ_by_more_than_the_limits)
{
  static const GstVideoRectangle no_text[2] = { { 0, 0, 0, 0 }, { 0, 0, 0, 0 } };

  for (guint i = 1; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < i; k++) {
      guint8 *a = read_golden (cases[i].name), *b = read_golden (cases[k].name);
      double mean, worst;
      fail_if (is_alike (a, b, no_text, &mean, &worst), "%s and %s: %.1f in the worst block",
          cases[i].name, cases[k].name, worst);
      g_free (a);
      g_free (b);
    }
}
GST_END_TEST

static Suite *
golden_suite (void)
{
  Suite *suite = suite_create ("golden");
  TCase *tcase = tcase_create ("general");
  GstPlugin *plugin = gst_plugin_load_by_name ("microexpr"); /* registers the meta */

  gst_clear_object (&plugin);
  suite_add_tcase (suite, tcase);
  if (!g_getenv ("GOLDEN_WRITE"))
    tcase_add_test (tcase, test_pictures_differ_by_more_than_the_limits);
  tcase_add_loop_test (tcase, test_drawing_looks_as_it_did, 0, G_N_ELEMENTS (formats));
  return suite;
}

GST_CHECK_MAIN (golden)
