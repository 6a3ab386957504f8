/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A landmark model in dlib's format: refused, or dlib reads it and finds something with it. */
#define _GNU_SOURCE /* memfd_create */
#include "fuzz.h"

#include "finding/dlib-file.h"
#include "finding/dlib-landmarks.h"
#include "anatomy/landmarks.h"

#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

static void
fit (MeDlibLandmarks *landmarks)
{
  guint8 luma[64 * 64];
  const MeFrame frame = {
    .luma = luma, .width = 64, .height = 64, .stride = 64, .pixel_aspect = 1
  };
  const MeDetection box = { 12, 12, 40, 40, 1 };
  MePoint shape[ME_N_LANDMARKS];

  for (guint i = 0; i < sizeof luma; i++)
    luma[i] = (guint8)(i * 2654435761u >> 24);
  me_dlib_landmarks_fit (landmarks, &frame, &box, shape);
}

/* dlib reads files only. */
static void
load (const uint8_t *data, size_t size)
{
  int fd = memfd_create ("model", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (GError) error = NULL;
  MeDlibLandmarks *landmarks;

  g_assert_cmpint (write (fd, data, size), ==, (gssize)size);
  landmarks = me_dlib_landmarks_new (path, &error);
  g_assert_no_error (error); /* what is not refused is what dlib takes */
  fit (landmarks);
  me_dlib_landmarks_free (landmarks);
  g_close (fd, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (!me_dlib_file_problem (data, size, ME_N_IBUG))
    load (data, size);
  return 0;
}
