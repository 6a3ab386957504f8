/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Landmarks beside a photograph, in both formats: refused with an error that says where, or a face
 * that the test source can draw. */
#include "fuzz.h"

#include "place.h"
#include "testsrc/warp.h"

#include <math.h>
#include <string.h>

#define PHOTO_PX 100
#define WIDTH 64
#define HEIGHT 48

static void
write_photo (const char *path)
{
  g_autoptr (GdkPixbuf) photo = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, PHOTO_PX, PHOTO_PX);

  gdk_pixbuf_fill (photo, 0x80604000);
  g_assert_true (gdk_pixbuf_save (photo, path, "png", NULL, NULL));
}

/* Brows up, mouth open, eyes half shut. */
static void
draw (const GstMicroexprTestFace *face)
{
  GstMicroexprTestScene scene;
  GstMicroexprTestWarp *warp;
  GstVideoFrame frame;
  GstVideoInfo info;
  GstBuffer *buffer;

  memset (&scene, 0, sizeof scene);
  scene.pose.magnification = scene.light.gain = 1;
  scene.eye.closure[ME_LEFT] = scene.eye.closure[ME_RIGHT] = 0.5f;
  for (int i = 0; i < ME_N_POINTS; i++)
    scene.motion[i] = (MePoint){ 0, i % 2 ? 5 : -5 };
  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, WIDTH, HEIGHT);
  buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
  g_assert_true (gst_video_frame_map (&frame, &info, buffer, GST_MAP_WRITE));
  warp = gst_microexpr_test_warp_new (face, &info, HEIGHT / 3.0f, 0);
  gst_microexpr_test_warp_draw (warp, &scene, &frame);
  gst_microexpr_test_warp_free (warp);
  gst_video_frame_unmap (&frame);
  gst_buffer_unref (buffer);
}

static void
check (const char *name, const char *suffix, const uint8_t *data, size_t size)
{
  g_autofree char *photo_name = g_strconcat (name, ".png", NULL), *photo = place_file (photo_name);
  g_autofree char *text_name = g_strconcat (name, suffix, NULL), *text = place_file (text_name);
  g_autoptr (GError) error = NULL;
  GstMicroexprTestFace *face;

  if (!g_file_test (photo, G_FILE_TEST_EXISTS))
    write_photo (photo);
  place_write (text, data, size);
  face = gst_microexpr_test_face_load (photo, &error);
  g_assert_true ((face == NULL) == (error != NULL));
  if (face)
    draw (face);
  gst_microexpr_test_face_free (face);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gst_init (NULL, NULL);
  check ("landmarks", ".txt", data, size);
  check ("template", ".tem", data, size);
  return 0;
}
