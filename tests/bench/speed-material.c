/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "speed-material.h"

#include <gst/check/gstharness.h>
#include <gst/video/video.h>

#define KEPT_S 3      /* of video; */
#define LEAST_KEPT 30 /* frames, */
#define MOST_KEPT 300
#define KEPT_BYTES (512u << 20) /* and no more than that */
#define FACE_IPD 0.26           /* of the width of a cell, or of its height when that is less; */

/* A cell of the picture shows one face. */
static const struct
{
  guint n_faces, columns, rows;
} grids[] = { { 0, 1, 1 }, { 1, 1, 1 }, { 2, 2, 1 }, { 4, 2, 2 }, { 8, 4, 2 } };

struct _Material
{
  MaterialKind kind;
  guint columns, rows;
  GstVideoInfo info, cell;
  GPtrArray *frames; /* of a cell */
};

static void
keep_faces (Material *m, guint n)
{
  char *line = g_strdup_printf (
      "microexprtestsrc num-buffers=%u ipd=%f ! video/x-raw,width=%d,height=%d,framerate=%d/1 ! "
      "videoconvert ! video/x-raw,format=%s ! identity",
      n, FACE_IPD * MIN (m->cell.width, m->cell.height), m->cell.width, m->cell.height, m->kind.fps,
      m->kind.format);
  GstHarness *h = gst_harness_new_parse (line);

  gst_harness_play (h);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (m->frames, gst_harness_pull (h));
  gst_harness_teardown (h);
  g_free (line);
}

static void
keep_noise (Material *m, guint n)
{
  GRand *random = g_rand_new_with_seed (1);

  for (guint i = 0; i < n; i++) {
    GstBuffer *frame = gst_buffer_new_allocate (NULL, m->cell.size, NULL);
    GstMapInfo map;
    gst_buffer_map (frame, &map, GST_MAP_WRITE);
    for (gsize k = 0; k + 4 <= map.size; k += 4) {
      guint32 bits = 0x6c6c6c6cu + (g_rand_int (random) & 0x03030303u);
      memcpy (map.data + k, &bits, sizeof bits);
    }
    gst_buffer_unmap (frame, &map);
    g_ptr_array_add (m->frames, frame);
  }
  g_rand_free (random);
}

Material *
material_new (const MaterialKind *kind)
{
  Material *m = g_new0 (Material, 1);
  GstVideoFormat format = gst_video_format_from_string (kind->format);
  guint i = 0, n;

  while (grids[i].n_faces != kind->n_faces)
    i++;
  m->kind = *kind;
  m->columns = grids[i].columns;
  m->rows = grids[i].rows;
  gst_video_info_set_format (&m->info, format, (guint)kind->width, (guint)kind->height);
  gst_video_info_set_format (
      &m->cell, format, (guint)kind->width / m->columns, (guint)kind->height / m->rows);
  m->frames = g_ptr_array_new_with_free_func ((GDestroyNotify)gst_buffer_unref);
  n = (guint)CLAMP (KEPT_S * kind->fps, LEAST_KEPT, MOST_KEPT);
  n = (guint)CLAMP (n, 2, KEPT_BYTES / m->cell.size);
  if (kind->n_faces)
    keep_faces (m, n);
  else
    keep_noise (m, n);
  return m;
}

void
material_free (Material *m)
{
  g_ptr_array_unref (m->frames);
  g_free (m);
}

GstCaps *
material_caps (const Material *m)
{
  return gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, m->kind.format, "width",
      G_TYPE_INT, m->kind.width, "height", G_TYPE_INT, m->kind.height, "framerate",
      GST_TYPE_FRACTION, m->kind.fps, 1, NULL);
}

/* The frame of a cell into one place of the picture. */
static void
paste (GstVideoFrame *picture, GstVideoFrame *cell, guint column, guint row)
{
  for (guint p = 0; p < GST_VIDEO_FRAME_N_PLANES (cell); p++) {
    gsize bytes =
        (gsize)(GST_VIDEO_FRAME_COMP_WIDTH (cell, p) * GST_VIDEO_FRAME_COMP_PSTRIDE (cell, p));
    int height = GST_VIDEO_FRAME_COMP_HEIGHT (cell, p);
    for (int y = 0; y < height; y++)
      memcpy ((guint8 *)GST_VIDEO_FRAME_PLANE_DATA (picture, p) +
                  ((int)row * height + y) * GST_VIDEO_FRAME_PLANE_STRIDE (picture, p) +
                  column * bytes,
          (guint8 *)GST_VIDEO_FRAME_PLANE_DATA (cell, p) +
              y * GST_VIDEO_FRAME_PLANE_STRIDE (cell, p),
          bytes);
  }
}

/* To the last one that is kept, and back. */
static GstBuffer *
kept (const Material *m, guint n)
{
  guint period = 2 * (m->frames->len - 1), i = n % period;

  return g_ptr_array_index (m->frames, i < m->frames->len ? i : period - i);
}

GstBuffer *
material_frame (const Material *m, guint n)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, m->info.size, NULL);
  GstVideoFrame picture, cell;

  gst_video_frame_map (&picture, &m->info, buffer, GST_MAP_WRITE);
  for (guint i = 0; i < m->columns * m->rows; i++) {
    gst_video_frame_map (&cell, &m->cell, kept (m, n + 7 * i), GST_MAP_READ);
    paste (&picture, &cell, i % m->columns, i / m->columns);
    gst_video_frame_unmap (&cell);
  }
  gst_video_frame_unmap (&picture);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale_int (n, GST_SECOND, m->kind.fps);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / (guint)m->kind.fps;
  return buffer;
}
