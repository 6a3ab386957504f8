/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Metas that others may have made, frame by frame, through all that the overlay does with them:
 * what it remembers, draws, blends, and covers. Nothing that is drawn is larger than the picture.
 */
#include "fuzz.h"

#include "bytes.h"
#include "overlay/anonymizer.h"
#include "gstmicroexprmeta.h"
#include "overlay/blend.h"
#include "overlay/overlay.h"

#define MOST_FRAMES 16
#define MOST_ITEMS 4 /* of a list */

typedef struct
{
  GstVideoInfo info;
  GstMicroexprLook look;
  GstMicroexprOverlay *overlay;
  GstMicroexprAnonymizer anonymizer;
  GstMicroexprAnonymize how;
  guint64 now_ns;
} Target;

static const GstVideoFormat formats[] = { GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_BGRx,
  GST_VIDEO_FORMAT_GRAY8, GST_VIDEO_FORMAT_v210, GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_NV12,
  GST_VIDEO_FORMAT_I420_10LE, GST_VIDEO_FORMAT_Y41B };

/* --- what was made elsewhere --- */

/* Now and then a field is missing, or of another type. */
static gboolean
spoil (Bytes *bytes, GstStructure *s, const char *field)
{
  guint how = bytes_take_below (bytes, 32);

  if (how == 1)
    gst_structure_set (s, field, G_TYPE_STRING, "x", NULL);
  return how <= 1 && bytes->size > 0;
}

static void
set_uint (Bytes *bytes, GstStructure *s, const char *field)
{
  if (!spoil (bytes, s, field))
    gst_structure_set (s, field, G_TYPE_UINT, (guint)bytes_take_uint64 (bytes), NULL);
}

static void
set_double (Bytes *bytes, GstStructure *s, const char *field)
{
  if (!spoil (bytes, s, field))
    gst_structure_set (s, field, G_TYPE_DOUBLE, bytes_take_double (bytes), NULL);
}

static void
set_time (Bytes *bytes, GstStructure *s, const char *field, guint64 now_ns)
{
  gint64 offset = ((gint64)bytes_take (bytes) - 128) * 10 * (gint64)GST_MSECOND;

  if (!spoil (bytes, s, field))
    gst_structure_set (s, field, G_TYPE_UINT64,
        bytes_take_below (bytes, 4) ? now_ns + (guint64)offset : bytes_take_uint64 (bytes), NULL);
}

static void
set_text (Bytes *bytes, GstStructure *s, const char *field)
{
  static const char *const texts[] = { "happiness", "micro", "blink", "", "\n", "\xe2\x80\xae<b>" };
  guint i = bytes_take_below (bytes, G_N_ELEMENTS (texts) + 2);
  g_autofree char *long_text = i > G_N_ELEMENTS (texts) ? g_strnfill (100000, 'm') : NULL;

  if (i != G_N_ELEMENTS (texts))
    gst_structure_set (s, field, G_TYPE_STRING, long_text ? long_text : texts[i], NULL);
}

static void
set_numbers (Bytes *bytes, GstStructure *s, const char *const *fields,
    void (*set) (Bytes *, GstStructure *, const char *))
{
  for (; *fields; fields++)
    set (bytes, s, *fields);
}

static void
append (GValue *list, GstStructure *s)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, s);
  gst_value_list_append_and_take_value (list, &value);
}

static GstStructure *
make_region (Bytes *bytes)
{
  static const char *const fields[] = { "x", "y", "dx", "dy", NULL };
  GstStructure *s = gst_structure_new_empty ("region");

  set_numbers (bytes, s, fields, set_double);
  return s;
}

static void
set_landmarks (Bytes *bytes, GstStructure *s)
{
  static const guint counts[] = { 0, 1, 7, 2 * ME_N_LANDMARKS, 2 * ME_N_LANDMARKS + 40 };
  guint n = counts[bytes_take_below (bytes, G_N_ELEMENTS (counts))];
  GValue array = G_VALUE_INIT, value = G_VALUE_INIT;

  g_value_init (&array, GST_TYPE_ARRAY);
  g_value_init (&value, G_TYPE_DOUBLE);
  for (guint i = 0; i < n; i++) {
    g_value_set_double (&value, bytes_take_double (bytes));
    gst_value_array_append_value (&array, &value);
  }
  gst_structure_take_value (s, "landmarks", &array);
}

static GstStructure *
make_face (Bytes *bytes, guint64 now_ns G_GNUC_UNUSED)
{
  static const char *const box[] = { "id", "x", "y", "width", "height", NULL };
  static const char *const motion[] = { "ipd", "motion", "noise", NULL };
  GstStructure *s = gst_structure_new_empty ("face");
  GValue regions = G_VALUE_INIT;

  set_numbers (bytes, s, box, set_uint);
  set_numbers (bytes, s, motion, set_double);
  if (bytes_take_below (bytes, 4) == 0)
    set_landmarks (bytes, s);
  g_value_init (&regions, GST_TYPE_LIST);
  for (guint i = bytes_take_below (bytes, MOST_ITEMS); i > 0; i--)
    append (&regions, make_region (bytes));
  gst_structure_take_value (s, "regions", &regions);
  return s;
}

static GstStructure *
make_event (Bytes *bytes, guint64 now_ns)
{
  static const char *const box[] = { "face", "x", "y", "width", "height", NULL };
  GstStructure *s = gst_structure_new_empty ("event");

  set_numbers (bytes, s, box, set_uint);
  if (!spoil (bytes, s, "id"))
    gst_structure_set (s, "id", G_TYPE_UINT64, bytes_take_uint64 (bytes), NULL);
  set_time (bytes, s, "onset", now_ns);
  set_time (bytes, s, "apex", now_ns);
  set_time (bytes, s, "offset", now_ns);
  set_double (bytes, s, "confidence");
  set_text (bytes, s, "kind");
  set_text (bytes, s, "emotion");
  return s;
}

static void
set_list (Bytes *bytes, GstStructure *meta, const char *field, guint64 now_ns,
    GstStructure *(*make) (Bytes *, guint64))
{
  GValue list = G_VALUE_INIT;

  if (spoil (bytes, meta, field))
    return;
  g_value_init (&list, GST_TYPE_LIST);
  for (guint i = bytes_take_below (bytes, MOST_ITEMS); i > 0; i--)
    append (&list, make (bytes, now_ns));
  gst_structure_take_value (meta, field, &list);
}

/* --- the overlay --- */

static GstMicroexprOverlay *overlay;

static void
target_init (Target *target, Bytes *bytes)
{
  static const char *const fonts[] = { NULL, "Sans 12", "Mono 54", "Sans 100000" };
  static const int aspects[][2] = { { 1, 1 }, { 16, 11 }, { 1, 100000 }, { 100000, 1 } };
  guint width = 1 + 2 * (guint)bytes_take (bytes), height = 1 + 2 * (guint)bytes_take (bytes);
  const int *aspect = aspects[bytes_take_below (bytes, G_N_ELEMENTS (aspects))];

  gst_video_info_set_format (
      &target->info, formats[bytes_take_below (bytes, G_N_ELEMENTS (formats))], width, height);
  target->info.par_n = aspect[0];
  target->info.par_d = aspect[1];
  gst_microexpr_look_init (&target->look);
  target->look.draw = bytes_take (bytes);
  target->look.font = g_strdup (fonts[bytes_take_below (bytes, G_N_ELEMENTS (fonts))]);
  target->look.line_px = bytes_take_below (bytes, 65);
  if (bytes_take_below (bytes, 2))
    target->look.hold_ns = bytes_take_uint64 (bytes);
  target->how = bytes_take_below (bytes, GST_MICROEXPR_ANONYMIZE_FILL + 1);
  if (!overlay) /* the fonts are read once */
    overlay = gst_microexpr_overlay_new ();
  target->overlay = overlay;
  gst_microexpr_overlay_set_look (target->overlay, &target->look);
  gst_microexpr_overlay_set_video_info (target->overlay, &target->info);
  gst_microexpr_anonymizer_init (&target->anonymizer);
  gst_microexpr_anonymizer_set_info (&target->anonymizer, &target->info);
  target->now_ns = bytes_take_below (bytes, 2) ? bytes_take_uint64 (bytes) : GST_SECOND;
}

static void
target_clear (Target *target)
{
  gst_microexpr_anonymizer_clear (&target->anonymizer);
  gst_microexpr_overlay_reset (target->overlay);
  gst_microexpr_look_clear (&target->look);
}

/* Sizes are whole samples of every component: a few pixels more than the picture may have. */
static void
assert_fits (const Target *target, GstVideoOverlayRectangle *rectangle)
{
  guint width, height;
  gint x, y;

  g_assert_true (
      gst_video_overlay_rectangle_get_render_rectangle (rectangle, &x, &y, &width, &height));
  g_assert_cmpuint (width, >, 0);
  g_assert_cmpuint (height, >, 0);
  g_assert_cmpuint (width, <=, (guint)GST_VIDEO_INFO_WIDTH (&target->info));
  g_assert_cmpuint (height, <=, (guint)GST_VIDEO_INFO_HEIGHT (&target->info));
}

static void
draw (Target *target, GstBuffer *buffer, const GstStructure *meta, GstClockTime time)
{
  GstVideoOverlayComposition *composition;
  GstVideoFrame frame;

  gst_microexpr_overlay_push (target->overlay, meta, time);
  composition = gst_microexpr_overlay_compose (target->overlay, time);
  if (!composition)
    return;
  for (guint i = 0; i < gst_video_overlay_composition_n_rectangles (composition); i++)
    assert_fits (target, gst_video_overlay_composition_get_rectangle (composition, i));
  g_assert_true (gst_video_frame_map (&frame, &target->info, buffer, GST_MAP_READWRITE));
  gst_microexpr_overlay_blend (composition, &frame);
  gst_video_frame_unmap (&frame);
  gst_video_overlay_composition_unref (composition);
}

static void
show_frame (Target *target, Bytes *bytes)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&target->info), NULL);
  GstStructure *meta;
  GstClockTime time;

  target->now_ns += bytes_take_below (bytes, 8) ? 33 * GST_MSECOND : bytes_take_uint64 (bytes);
  time = target->now_ns > G_MAXINT64 ? GST_CLOCK_TIME_NONE : target->now_ns;
  gst_buffer_memset (buffer, 0, 128, GST_VIDEO_INFO_SIZE (&target->info));
  meta =
      gst_custom_meta_get_structure (gst_buffer_add_custom_meta (buffer, GST_MICROEXPR_META_NAME));
  set_list (bytes, meta, "faces", target->now_ns, make_face);
  set_list (bytes, meta, "events", target->now_ns, make_event);
  g_assert_true (gst_microexpr_anonymizer_apply (&target->anonymizer, buffer, &target->info, time,
      target->how ? target->how : GST_MICROEXPR_ANONYMIZE_BLUR, GST_MICROEXPR_FALLBACK_NONE));
  draw (target, buffer, meta, time);
  gst_buffer_unref (buffer);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Bytes bytes = { data, size };
  Target target = { 0 };

  gst_init (NULL, NULL);
  gst_microexpr_meta_register ();
  target_init (&target, &bytes);
  for (guint i = 0; i < MOST_FRAMES && bytes.size > 0; i++)
    show_frame (&target, &bytes);
  target_clear (&target);
  return 0;
}
