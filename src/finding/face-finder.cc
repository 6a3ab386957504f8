/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib's frontal face detector (histogram of oriented gradients) on a scaled picture. */
#include "face-finder.h"

#include <cmath>
#include <dlib/image_processing/object_detector.h>
#include <dlib/image_processing/scan_fhog_pyramid.h>
#include <dlib/opencv.h>
#include <map>
#include <opencv2/imgproc.hpp>
#include <sstream>
#include <type_traits>

#include "microexpr.h"
#include "fhog.h"
#include "models.h"
#include "pyramid.h"
#include "separable-filter.h"
#include "shrink.h"

namespace dlib {

/* dlib's scan calls this instead of its own template, which fits its arguments less well and is
 * compiled for the processor that Debian asks for at least. */
static rectangle
float_spatially_filter_image_separable (const array2d<float> &in, array2d<float> &out,
    const matrix<float, 0, 1> &row, const matrix<float, 0, 1> &column, array2d<float> &scratch,
    bool add_to)
{
  rectangle inside (row.size () / 2, column.size () / 2, in.nc () - 1 - (row.size () - 1) / 2,
      in.nr () - 1 - (column.size () - 1) / 2);

  out.set_size (in.nr (), in.nc ());
  scratch.set_size (in.nr (), in.nc ());
  if (!add_to)
    assign_all_pixels (out, 0);
  if (inside.is_empty ())
    return inside;
  auto plane = [] (const array2d<float> &a) {
    return MePlane{ const_cast<float *> (&a[0][0]), (int)a.nr (), (int)a.nc () };
  };
  MeSeparableFilter filter = { &row (0), &column (0), (int)row.size (), (int)column.size () };
  MePlane from = plane (in), to = plane (out), between = plane (scratch);
  me_separable_filter_add (&filter, &from, &to, &between);
  return inside;
}

} // namespace dlib

namespace {

/* What dlib's scan calls to describe a picture: its own extractor is compiled for the processor
 * that Debian asks for at least. */
class Features : public dlib::default_fhog_feature_extractor {
  mutable std::vector<float> scratch;

public:
  template <typename Image>
  void
  operator() (const Image &picture, dlib::array<dlib::array2d<float> > &planes, int cell_px,
      int rows_padding, int columns_padding) const
  {
    int width = (int)dlib::num_columns (picture), height = (int)dlib::num_rows (picture);
    int columns = me_fhog_cells (width) - 2, rows = me_fhog_cells (height) - 2;
    float *first[ME_FHOG_PLANES];

    static_assert (
        std::is_same<typename dlib::image_traits<Image>::pixel_type, unsigned char>::value, "luma");
    g_assert (cell_px == ME_FHOG_CELL_PX);
    if (rows <= 0 || columns <= 0) { /* too small: planes without cells */
      planes.clear ();
      planes.resize (ME_FHOG_PLANES);
      return;
    }
    planes.resize (ME_FHOG_PLANES);
    for (int i = 0; i < ME_FHOG_PLANES; i++) {
      planes[i].set_size (rows + rows_padding - 1, columns + columns_padding - 1);
      dlib::assign_all_pixels (planes[i], 0);
      first[i] = &planes[i][(rows_padding - 1) / 2][(columns_padding - 1) / 2];
    }
    scratch.resize (me_fhog_scratch (width, height));
    me_fhog_extract ((const guint8 *)dlib::image_data (picture), (gsize)dlib::width_step (picture),
        width, height, scratch.data (), first, (gsize)planes[0].nc ());
  }
};

/* Likewise for the smaller pictures. */
class Pyramid : public dlib::pyramid_down<6> {
  static long
  smaller (long size)
  {
    return 5 * size / 6;
  }

  template <typename Image>
  static MeLevel
  level_of (const Image &image)
  {
    static_assert (sizeof (typename dlib::image_traits<Image>::pixel_type) == 1, "not luma");
    return MeLevel{ (guint8 *)dlib::image_data (image), (gsize)dlib::width_step (image),
      (int)dlib::num_columns (image), (int)dlib::num_rows (image) };
  }

public:
  template <typename Image>
  void
  operator() (const Image &original, dlib::array2d<unsigned char> &down) const
  {
    down.set_size (smaller (dlib::num_rows (original)), smaller (dlib::num_columns (original)));
    if (down.size () == 0)
      return;
    MeLevel from = level_of (original), to = level_of (down);
    me_pyramid_down (&from, &to);
  }
};

/* dlib::frontal_face_detector, whose header takes long to compile: it contains the detector. */
using Detector = dlib::object_detector<dlib::scan_fhog_pyramid<Pyramid, Features> >;

constexpr double DETECTOR_FACE_PX = 80; /* width of the smallest face that dlib's detector finds */
constexpr double MAX_SCAN_SIDE = 8192, MAX_SCAN_PX = 16e6;

/* dlib::get_frontal_face_detector(), from bytes that were unpacked at build time. */
Detector
read_detector ()
{
  gsize size;
  const char *data = (const char *)me_model_bytes ("frontal-face-detector.bin", &size);
  g_assert (data != NULL);
  std::istringstream in (std::string (data, size));
  Detector detector;

  dlib::deserialize (detector, in);
  return detector;
}

/* The same detector, limited to n_sizes sizes of faces. A copy keeps the filters; dlib takes 21
 * million instructions to make them of the weights. */
Detector
limited (const Detector &all, guint n_sizes)
{
  Detector detector = all;

  const_cast<Detector::image_scanner_type &> (detector.get_scanner ())
      .set_max_pyramid_levels (n_sizes);
  return detector;
}

/* Detectors by the number of sizes; 0: all. Made once per process, which takes milliseconds.
 * Finders copy them, since a detector holds the picture that it works on. */
const std::map<guint, Detector> &
prototypes ()
{
  static const std::map<guint, Detector> made = [] {
    std::map<guint, Detector> all = { { 0, read_detector () } };
    for (guint n_sizes : { guint (ME_SIZES_ONE), guint (ME_SIZES_AROUND) })
      all.emplace (n_sizes, limited (all.at (0), n_sizes));
    return all;
  }();

  return made;
}

} // namespace

struct _MeFaceFinder
{
  std::map<guint, Detector> detectors = prototypes ();
  cv::Mat scan;
  std::vector<MeSpan> spans; /* memory for me_shrink() */
  std::vector<float> sums;
  std::vector<dlib::rect_detection> found;
};

MeFaceFinder *
me_face_finder_new (GError **error)
{
  try {
    return new _MeFaceFinder;
  } catch (const std::exception &e) {
    g_set_error (error, ME_ERROR, ME_ERROR_MODEL_DAMAGED,
        "The built-in face detector cannot be read here (%s): build the plugin against this dlib",
        e.what ());
    return NULL;
  }
}

void
me_face_finder_free (MeFaceFinder *finder)
{
  delete finder;
}

double
me_face_finder_scale (const MeFrame *frame, const MeBox *box, double smallest_px)
{
  double width = box->width * frame->pixel_aspect, height = box->height;
  double most = std::min (
      MAX_SCAN_SIDE / std::max (width, height), std::sqrt (MAX_SCAN_PX / (width * height)));

  return std::min (DETECTOR_FACE_PX / std::max (smallest_px, (double)ME_SMALLEST_FACE_PX), most);
}

/* Fills finder->scan. */
static void
resize (MeFaceFinder *finder, const cv::Mat &part, const cv::Size &size, double scale)
{
  if (scale >= 1 || size.width > part.cols) {
    cv::resize (part, finder->scan, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    return;
  }
  finder->scan.create (size, CV_8UC1);
  finder->spans.resize ((size_t)size.width);
  finder->sums.resize ((size_t)part.cols * ME_SHRINK_ROWS);
  me_shrink (part.data, part.step, part.cols, part.rows, finder->scan.data, size.width, size.height,
      finder->spans.data (), finder->sums.data ());
}

/* Fills finder->found, in pixels of the scan; returns its size. */
static cv::Size
scan (MeFaceFinder *finder, const MeFrame *frame, const MeSearchArea *area)
{
  const MeBox &box = area->box;
  double scale = me_face_finder_scale (frame, &box, area->smallest_px);
  cv::Mat part (box.height, box.width, CV_8UC1, const_cast<guint8 *> (me_frame_part (frame, &box)),
      frame->stride);
  cv::Size size (std::max (1, (int)lround (box.width * frame->pixel_aspect * scale)),
      std::max (1, (int)lround (box.height * scale)));

  if (size != part.size ()) {
    resize (finder, part, size, scale);
    part = finder->scan;
  }
  finder->detectors.at (area->n_sizes) (dlib::cv_image<unsigned char> (part), finder->found, 0.0);
  return size;
}

guint
me_face_finder_search (MeFaceFinder *finder, const MeFrame *frame, const MeSearchArea *area,
    MeDetection *found, guint max_found)
{
  double x = area->box.x * frame->pixel_aspect, y = area->box.y;
  cv::Size size;
  guint n = 0;

  try {
    size = scan (finder, frame, area);
  } catch (const std::exception &) {
    return 0; /* out of memory: skip the search in this frame */
  }
  double to_x = area->box.width * frame->pixel_aspect / size.width;
  double to_y = (double)area->box.height / size.height;
  for (const dlib::rect_detection &d : finder->found) {
    if (n == max_found)
      break;
    found[n++] = { (float)(x + d.rect.left () * to_x), (float)(y + d.rect.top () * to_y),
      (float)(d.rect.width () * to_x), (float)(d.rect.height () * to_y),
      (float)d.detection_confidence };
  }
  return n;
}

guint
me_face_finder_detect (MeFaceFinder *finder, const MeFrame *frame, double min_face_px,
    MeDetection *found, guint max_found)
{
  MeSearchArea whole = { { 0, 0, frame->width, frame->height }, min_face_px, ME_SIZES_ALL };

  return me_face_finder_search (finder, frame, &whole, found, max_found);
}
