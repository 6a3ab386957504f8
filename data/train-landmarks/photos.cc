/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "photos.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <opencv2/imgproc.hpp>
#include <sstream>
#include <stdexcept>

#include "anatomy/facial-points.h"
#include "shared/hidden.h"

namespace fs = std::filesystem;

namespace {

constexpr int LEVELS = 5;
constexpr size_t TEMPLATE_POINTS = 189;

/* Template points on the outline of the face: from ear to ear over the chin, and back along the
 * hairline. */
constexpr int outline[] = { 125, 126, 127, 128, 129, 130, 131, 132, 133, 114, 113, 112, 144, 143,
  142, 141, 140, 139, 138, 137, 136, 135, 134, 109, 110, 111 };

/* Points, one per row; rows that are not two numbers are skipped. */
std::vector<cv::Point2f>
read_points (const fs::path &file, size_t most)
{
  std::ifstream in (file);
  std::vector<cv::Point2f> points;

  for (std::string line; points.size () < most && std::getline (in, line);) {
    std::istringstream numbers (line);
    cv::Point2f p;
    if (numbers >> p.x >> p.y)
      points.push_back (p);
  }
  return points;
}

/* A landmark as a weighted mean of template points. */
using Mean = std::vector<std::pair<size_t, float> >;

std::vector<Mean>
read_table (const std::string &file)
{
  std::ifstream in (file);
  std::vector<Mean> means;

  for (std::string line; std::getline (in, line);) {
    if (line.empty () || line[0] == '#')
      continue;
    std::istringstream words (line);
    std::string word;
    Mean mean;
    words >> word;
    while (words >> word) {
      size_t colon = word.find (':');
      mean.emplace_back (std::stoul (word.substr (0, colon)), std::stof (word.substr (colon + 1)));
    }
    means.push_back (mean);
  }
  if (means.size () != ME_N_LANDMARKS)
    throw std::runtime_error (file + " does not have one row per landmark");
  return means;
}

bool
place_by_template (Photo &photo, const fs::path &file, const std::vector<Mean> &table)
{
  std::vector<cv::Point2f> points = read_points (file, TEMPLATE_POINTS);

  if (points.size () < TEMPLATE_POINTS)
    return false;
  for (int i = 0; i < ME_N_LANDMARKS; i++) {
    photo.landmarks[i] = { 0, 0 };
    for (auto [index, weight] : table[i]) {
      photo.landmarks[i].x += weight * points[index].x;
      photo.landmarks[i].y += weight * points[index].y;
    }
  }
  for (int index : outline)
    photo.outline.push_back (points[index]);
  return true;
}

bool
place_by_rows (Photo &photo, const fs::path &file)
{
  std::vector<cv::Point2f> points = read_points (file, SIZE_MAX);

  if (points.size () != ME_N_LANDMARKS)
    return false;
  for (int i = 0; i < ME_N_LANDMARKS; i++)
    photo.landmarks[i] = { points[i].x, points[i].y };
  return true;
}

cv::Mat
read_luma (const fs::path &file)
{
  GdkPixbuf *picture = gdk_pixbuf_new_from_file (file.c_str (), NULL);

  if (!picture)
    throw std::runtime_error ("cannot read " + file.string ());
  cv::Mat rgb (gdk_pixbuf_get_height (picture), gdk_pixbuf_get_width (picture),
      gdk_pixbuf_get_n_channels (picture) == 4 ? CV_8UC4 : CV_8UC3, gdk_pixbuf_get_pixels (picture),
      gdk_pixbuf_get_rowstride (picture));
  cv::Mat gray, luma;
  cv::cvtColor (rgb, gray, rgb.channels () == 4 ? cv::COLOR_RGBA2GRAY : cv::COLOR_RGB2GRAY);
  gray.convertTo (luma, CV_32F);
  g_object_unref (picture);
  return luma;
}

} // namespace

std::vector<Photo>
load_photos (const std::string &folder, const std::string &table)
{
  std::vector<Mean> means = read_table (table);
  std::vector<fs::path> files;
  std::vector<Photo> photos;

  for (const fs::directory_entry &entry : fs::directory_iterator (folder))
    if (entry.path ().extension () == ".jpg" && !app_is_hidden (entry.path ().filename ().c_str ()))
      files.push_back (entry.path ());
  std::sort (files.begin (), files.end ());
  for (fs::path file : files) {
    Photo photo;
    photo.name = file.stem ().string ();
    if (!place_by_template (photo, fs::path (file).replace_extension (".tem"), means) &&
        !place_by_rows (photo, fs::path (file).replace_extension (".txt")))
      continue;
    photo.levels.push_back (read_luma (file));
    for (int i = 1; i < LEVELS; i++) {
      cv::Mat half;
      cv::resize (
          photo.levels.back (), half, photo.levels.back ().size () / 2, 0, 0, cv::INTER_AREA);
      photo.levels.push_back (half);
    }
    MePoint r = me_eye_center (photo.landmarks, ME_RIGHT);
    MePoint l = me_eye_center (photo.landmarks, ME_LEFT);
    photo.ipd = std::hypot (l.x - r.x, l.y - r.y);
    photos.push_back (std::move (photo));
  }
  return photos;
}
