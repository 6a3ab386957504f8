/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Run at build time: writes dlib's frontal face detector uncompressed. dlib embeds it compressed,
 * and takes 0.4 s to unpack it whenever a program starts. */
#include <dlib/image_processing/frontal_face_detector.h>
#include <fstream>

int
main (int argc, char **argv)
{
  std::ofstream out (argc > 1 ? argv[1] : "", std::ios::binary);

  out << dlib::get_serialized_frontal_faces ();
  out.close ();
  return out ? 0 : 1;
}
