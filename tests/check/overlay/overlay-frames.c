/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frames with hand-made metas for the element microexproverlay, and what can be seen on them. */
#include "overlay-frames.h"

#include <string.h>

const GstVideoRectangle face_box = { 240, 120, 160, 160 };
const GstVideoRectangle whole = { 0, 0, WIDTH, HEIGHT };
const GstVideoRectangle label_area = { 240, 90, 160, 28 };
const GstVideoRectangle timeline_area = { 0, 420, WIDTH, 60 };
const GstVideoRectangle inside_face = { 280, 160, 80, 80 };

const char *const surprise =
    "microexpr-event, id=(guint64)0, face=(uint)0, kind=micro, emotion=surprise,"
    "confidence=0.82, onset=(guint64)1000000000, apex=(guint64)1080000000,"
    "offset=(guint64)1180000000";

char *
frame_caps (const char *format, const char *features)
{
  return g_strdup_printf ("video/x-raw%s,format=%s,width=%d,height=%d,framerate=30/1,"
                          "interlace-mode=progressive,pixel-aspect-ratio=1/1",
      features, format, WIDTH, HEIGHT);
}

GstHarness *
overlay_harness (const char *properties, const char *format)
{
  char *line = g_strdup_printf ("microexproverlay %s", properties ? properties : "");
  char *caps = frame_caps (format, "");
  GstHarness *h = gst_harness_new_parse (line);

  gst_harness_set_src_caps_str (h, caps);
  g_free (caps);
  g_free (line);
  return h;
}

static GstVideoInfo
info_of (const char *format)
{
  GstVideoInfo info;

  gst_video_info_set_format (&info, gst_video_format_from_string (format), WIDTH, HEIGHT);
  return info;
}

/* Converts between two frames of the same size. */
static void
convert (GstVideoInfo *from_info, GstBuffer *from, GstVideoInfo *to_info, GstBuffer *to)
{
  GstVideoConverter *converter = gst_video_converter_new (from_info, to_info, NULL);
  GstVideoFrame a, b;

  fail_unless (gst_video_frame_map (&a, from_info, from, GST_MAP_READ));
  fail_unless (gst_video_frame_map (&b, to_info, to, GST_MAP_WRITE));
  gst_video_converter_frame (converter, &a, &b);
  gst_video_frame_unmap (&a);
  gst_video_frame_unmap (&b);
  gst_video_converter_free (converter);
}

GstBuffer *
plain_frame (const char *format, GstClockTime time)
{
  GstVideoInfo argb = info_of ("ARGB"), info = info_of (format);
  GstBuffer *gray = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&argb), NULL);
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&info), NULL);

  gst_buffer_memset (gray, 0, PLAIN, GST_VIDEO_INFO_SIZE (&argb));
  convert (&argb, gray, &info, buffer);
  gst_buffer_unref (gray);
  GST_BUFFER_PTS (buffer) = time;
  GST_BUFFER_DURATION (buffer) = FRAME;
  return buffer;
}

static void
append (GValue *list, GstStructure *structure)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, structure);
  gst_value_list_append_and_take_value (list, &value);
}

GstBuffer *
source_frame (const char *source, const char *format)
{
  char *line =
      g_strdup_printf ("%s num-buffers=1 ! video/x-raw,width=%d,height=%d ! videoconvert ! "
                       "video/x-raw,format=%s ! identity",
          source, WIDTH, HEIGHT, format);
  GstHarness *h = gst_harness_new_parse (line);
  GstBuffer *buffer;

  gst_harness_play (h);
  buffer = gst_harness_pull (h);
  gst_harness_teardown (h);
  g_free (line);
  return buffer;
}

void
add_meta_of_one (GstBuffer *buffer, const char *face, const char *event)
{
  GstStructure *s =
      gst_custom_meta_get_structure (gst_buffer_add_custom_meta (buffer, "GstMicroexprMeta"));
  GValue faces = G_VALUE_INIT, events = G_VALUE_INIT;

  g_value_init (&faces, GST_TYPE_LIST);
  g_value_init (&events, GST_TYPE_LIST);
  append (&faces, gst_structure_from_string (face, NULL));
  if (event)
    append (&events, gst_structure_from_string (event, NULL));
  gst_structure_take_value (s, "faces", &faces);
  gst_structure_take_value (s, "events", &events);
}

void
add_meta (GstBuffer *buffer, guint n_faces, const char *event)
{
  GstCustomMeta *meta = gst_buffer_add_custom_meta (buffer, "GstMicroexprMeta");
  GstStructure *s = gst_custom_meta_get_structure (meta);
  GValue faces = G_VALUE_INIT, events = G_VALUE_INIT;

  g_value_init (&faces, GST_TYPE_LIST);
  g_value_init (&events, GST_TYPE_LIST);
  for (guint i = 0; i < n_faces; i++)
    append (&faces,
        gst_structure_new ("face", "id", G_TYPE_UINT, i, "x", G_TYPE_UINT,
            face_box.x + i * (face_box.w + 10), "y", G_TYPE_UINT, face_box.y, "width", G_TYPE_UINT,
            face_box.w, "height", G_TYPE_UINT, face_box.h, "ipd", G_TYPE_DOUBLE, 64.0, "quality",
            G_TYPE_DOUBLE, 0.9, "motion", G_TYPE_DOUBLE, 1.5, "noise", G_TYPE_DOUBLE, 0.3, NULL));
  if (event)
    append (&events, gst_structure_from_string (event, NULL));
  gst_structure_take_value (s, "faces", &faces);
  gst_structure_take_value (s, "events", &events);
}

GstBuffer *
face_frame (const char *format, GstClockTime time, const char *event)
{
  GstBuffer *buffer = plain_frame (format, time);

  add_meta (buffer, 1, event);
  return buffer;
}

guint8 *
to_argb (GstBuffer *buffer, const char *format)
{
  GstVideoInfo argb = info_of ("ARGB"), info = info_of (format);
  gsize size = GST_VIDEO_INFO_SIZE (&argb);
  GstBuffer *to = gst_buffer_new_allocate (NULL, size, NULL);
  guint8 *pixels = g_malloc (size);

  convert (&info, buffer, &argb, to);
  gst_buffer_extract (to, 0, pixels, size);
  gst_buffer_unref (to);
  return pixels;
}

guint
n_drawn (GstBuffer *buffer, const char *format, GstVideoRectangle where)
{
  guint8 *argb = to_argb (buffer, format);
  guint n = 0;

  for (int y = where.y; y < where.y + where.h; y++)
    for (int x = where.x; x < where.x + where.w; x++) {
      const guint8 *pixel = argb + 4 * (y * WIDTH + x);
      n += ABS (pixel[1] - PLAIN) > 6 || ABS (pixel[2] - PLAIN) > 6 || ABS (pixel[3] - PLAIN) > 6;
    }
  g_free (argb);
  return n;
}
