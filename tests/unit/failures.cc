/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory that runs out inside dlib and OpenCV, at every allocation in turn: the analysis refuses to
 * start, or finds no face in that frame; nothing is thrown out of it. What the C++ side allocates
 * fails here; GLib ends the program when its own does. */
#include "microexpr.h"
#include "testsrc/face.h"

#include <cstdlib>
#include <dlfcn.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <new>

namespace {

long countdown = -1; /* allocations until one fails; negative: none does */
long n_allocations;  /* since it was set to 0 */
bool failing;        /* all after it fail as well */

bool
fails ()
{
  n_allocations++;
  if (countdown < 0)
    return false;
  if (countdown > 0) {
    countdown--;
    return false;
  }
  if (!failing)
    countdown = -1;
  return true;
}

} // namespace

void *
operator new (std::size_t size)
{
  void *memory = fails () ? nullptr : std::malloc (size ? size : 1);

  if (!memory)
    throw std::bad_alloc ();
  return memory;
}

void
operator delete (void *memory) noexcept
{
  std::free (memory);
}

void
operator delete (void *memory, std::size_t) noexcept
{
  std::free (memory);
}

/* What cv::Mat takes its pixels from: it throws cv::Exception when there are none. */
extern "C" int
posix_memalign (void **memory, size_t alignment, size_t size) noexcept
{
  using Function = int (*) (void **, size_t, size_t);
  static Function real = reinterpret_cast<Function> (dlsym (RTLD_NEXT, "posix_memalign"));

  return fails () ? 12 /* ENOMEM */ : real (memory, alignment, size);
}

struct Picture
{
  guint8 *luma;
  int width, height;
};

static Picture
load_face (void)
{
  const char *path = g_test_get_filename (G_TEST_DIST, "data", "face.jpg", nullptr);
  GdkPixbuf *photo = gdk_pixbuf_new_from_file_at_size (path, 300, 300, nullptr);
  g_assert_nonnull (photo);
  Picture picture = { nullptr, gdk_pixbuf_get_width (photo), gdk_pixbuf_get_height (photo) };

  picture.luma = static_cast<guint8 *> (g_malloc ((gsize)picture.width * (gsize)picture.height));
  for (int y = 0; y < picture.height; y++)
    for (int x = 0; x < picture.width; x++)
      picture.luma[y * picture.width + x] = gdk_pixbuf_read_pixels (
          photo)[y * gdk_pixbuf_get_rowstride (photo) + x * gdk_pixbuf_get_n_channels (photo) + 1];
  g_object_unref (photo);
  return picture;
}

/* Starts and sees some frames; how many faces there are in the end, -1: did not start. */
static int
analyse (const Picture &picture, guint n_frames)
{
  MeConfig config;
  GError *error = nullptr;

  me_config_default (&config);
  MeAnalyzer *analyzer = me_analyzer_new (&config, &error);
  if (!analyzer) {
    g_assert_nonnull (error);
    g_error_free (error);
    return -1;
  }
  guint n_faces = 0;
  for (guint i = 0; i < n_frames; i++) {
    MeFrame frame = { picture.luma, picture.width, picture.height, (gsize)picture.width, 1,
      (guint64)i * 40000000, nullptr };
    me_analyzer_process (analyzer, &frame);
  }
  me_analyzer_faces (analyzer, &n_faces);
  g_assert_null (me_analyzer_pop_event (analyzer));
  me_analyzer_free (analyzer);
  return (int)n_faces;
}

static void
fail_at (const Picture &picture, long n, bool all_after)
{
  failing = all_after;
  countdown = n;
  int faces = analyse (picture, 1);
  countdown = -1;
  g_assert_cmpint (faces, <=, 1);
}

static void
test_no_failing_allocation_is_thrown_out_of_the_analysis (void)
{
  Picture picture = load_face ();

  g_assert_cmpint (analyse (picture, 1), ==, 1);
  n_allocations = 0;
  g_assert_cmpint (analyse (picture, 1), ==, 1);
  long total = n_allocations;
  g_assert_cmpint (total, >, 20);
  g_test_message ("%ld allocations", total);
  for (long n = 0; n < total; n += n < 40 ? 1 : MAX (1, total / 60)) {
    fail_at (picture, n, false);
    fail_at (picture, n, true);
  }
  g_assert_cmpint (analyse (picture, 1), ==, 1);
  g_free (picture.luma);
}

static void
test_a_face_is_found_again_after_memory_ran_out (void)
{
  Picture picture = load_face ();
  MeConfig config;
  guint n_faces;

  me_config_default (&config);
  config.detect_interval_ns = 0;
  MeAnalyzer *analyzer = me_analyzer_new (&config, nullptr);
  g_assert_nonnull (analyzer);
  for (guint i = 0; i < 20; i++) {
    MeFrame frame = { picture.luma, picture.width, picture.height, (gsize)picture.width, 1,
      (guint64)i * 40000000, nullptr };
    countdown = i < 10 ? 3 : -1;
    failing = true;
    me_analyzer_process (analyzer, &frame);
    countdown = -1;
  }
  me_analyzer_faces (analyzer, &n_faces);
  g_assert_cmpuint (n_faces, ==, 1);
  me_analyzer_free (analyzer);
  g_free (picture.luma);
}

/* A photo without landmarks beside it: they are searched for. */
static bool
load_photo (const char *path)
{
  GError *error = nullptr;
  GstMicroexprTestFace *face = gst_microexpr_test_face_load (path, &error);
  bool loaded = face != nullptr;

  g_assert_true (loaded == (error == nullptr));
  gst_microexpr_test_face_free (face);
  g_clear_error (&error);
  return loaded;
}

static void
test_a_photo_is_refused_when_memory_runs_out (void)
{
  const char *photo = g_test_get_filename (G_TEST_DIST, "data", "face.jpg", nullptr);
  char *folder = g_dir_make_tmp ("microexpr-photo-XXXXXX", nullptr);
  char *path = g_build_filename (folder, "face.jpg", nullptr), *bytes;
  gsize size;

  g_assert_true (g_file_get_contents (photo, &bytes, &size, nullptr));
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, nullptr));
  g_assert_true (load_photo (path));
  n_allocations = 0;
  g_assert_true (load_photo (path));
  long total = n_allocations;
  for (long n = 0; n < total; n += n < 20 ? 1 : MAX (1, total / 10)) {
    failing = true;
    countdown = n;
    load_photo (path);
    countdown = -1;
  }
  g_unlink (path);
  g_rmdir (folder);
  g_free (bytes);
  g_free (path);
  g_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, nullptr);
  g_test_add_func ("/failures/no-failing-allocation-is-thrown-out-of-the-analysis",
      test_no_failing_allocation_is_thrown_out_of_the_analysis);
  g_test_add_func ("/failures/a-face-is-found-again-after-memory-ran-out",
      test_a_face_is_found_again_after_memory_ran_out);
  g_test_add_func ("/failures/a-photo-is-refused-when-memory-runs-out",
      test_a_photo_is_refused_when_memory_runs_out);
  return g_test_run ();
}
