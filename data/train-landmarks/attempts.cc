/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "attempts.h"

#include "damage.h"
#include "finding/face-finder.h"

#include <cmath>
#include <memory>
#include <numeric>
#include <stdexcept>

namespace {

constexpr double MORE_SCATTER = 1.3; /* times the measured one: real faces vary more than photos */

void
mean_and_spread (const std::vector<double> &v, double *mean, double *spread)
{
  *mean = std::accumulate (v.begin (), v.end (), 0.0) / (double)v.size ();
  double square = 0;
  for (double x : v)
    square += (x - *mean) * (x - *mean);
  *spread = sqrt (square / (double)v.size ());
}

/* The patch that best fits the true landmarks: its centre and side, px. */
struct Patch
{
  MePoint middle;
  double side;
};

Patch
true_patch (const Cascade &c, const Sample &s)
{
  MeSimilarity fit = me_similarity_fit (c.mean, s.landmarks, ME_N_LANDMARKS);

  return { me_similarity_apply (&fit, { 0.5f, 0.5f }), std::hypot (fit.a, fit.b) };
}

} // namespace

BoxHabit
measure_boxes (const Cascade &c, const std::vector<Photo> &people, guint64 seed)
{
  std::unique_ptr<MeFaceFinder, void (*) (MeFaceFinder *)> finder (
      me_face_finder_new (nullptr), me_face_finder_free);
  std::vector<double> x, y, side;
  Variety variety;
  BoxHabit habit;

  if (!finder)
    throw std::runtime_error ("the face detector of this dlib cannot be read");
  variety.min_ipd_px = 50;
  variety.max_ipd_px = 80;
  size_t each = std::max<size_t> (2, 40 / people.size ());
  for (const Sample &s : render_all (people, each, variety, seed)) {
    MeFrame frame = frame_of (s.image);
    MeDetection box;
    if (me_face_finder_detect (finder.get (), &frame, 80, &box, 1) == 0)
      continue;
    Patch patch = true_patch (c, s);
    x.push_back ((patch.middle.x - box.x - box.width / 2) / box.width);
    y.push_back ((patch.middle.y - box.y - box.height / 2) / box.width);
    side.push_back (patch.side / box.width);
  }
  if (x.size () < 10)
    throw std::runtime_error ("the face detector finds too few of these faces");
  mean_and_spread (x, &habit.x, &habit.x_spread);
  mean_and_spread (y, &habit.y, &habit.y_spread);
  mean_and_spread (side, &habit.side, &habit.side_spread);
  return habit;
}

void
start_from_box (const Cascade &c, float x, float y, float width, MePoint *shape)
{
  MeLandmarkModel model = {};

  std::copy (c.mean, c.mean + ME_N_LANDMARKS, model.mean);
  model.box_x = c.box_x;
  model.box_y = c.box_y;
  model.box_width = c.box_width;
  me_landmark_start (&model, x, y, width, shape);
}

std::vector<Attempt>
start_faces (
    const Cascade &c, const std::vector<Sample> &samples, const BoxHabit &habit, Random &random)
{
  std::vector<Attempt> attempts (samples.size ());
  auto scatter = [&] (double mean, double spread) {
    return mean + MORE_SCATTER * spread * normal (random);
  };

  for (size_t i = 0; i < samples.size (); i++) {
    Patch patch = true_patch (c, samples[i]);
    double width =
        patch.side / std::max (0.5 * habit.side, scatter (habit.side, habit.side_spread));
    double x = patch.middle.x - width * scatter (habit.x, habit.x_spread);
    double y = patch.middle.y - width * scatter (habit.y, habit.y_spread);
    attempts[i].sample = &samples[i];
    start_from_box (c, (float)x, (float)y, (float)width, attempts[i].shape);
  }
  return attempts;
}

std::vector<Sample>
render_all (const std::vector<Photo> &people, size_t each, const Variety &variety, guint64 seed)
{
  std::vector<Sample> samples (people.size () * each);

  in_parallel (samples.size (), [&] (size_t from, size_t to) {
    Renderer renderer (people);
    for (size_t i = from; i < to; i++) {
      Random random (seed * 1000003 + i);
      samples[i] = renderer.render (i % people.size (), variety, random);
    }
  });
  return samples;
}

float
error_of (const Attempt &a, int i)
{
  return 100 / a.sample->ipd *
         std::hypot (
             a.shape[i].x - a.sample->landmarks[i].x, a.shape[i].y - a.sample->landmarks[i].y);
}

float
mean_error (const Attempt &a)
{
  float sum = 0;

  for (int i = 0; i < ME_N_LANDMARKS; i++)
    sum += error_of (a, i) / ME_N_LANDMARKS;
  return sum;
}
