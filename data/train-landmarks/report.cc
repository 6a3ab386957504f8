/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report.h"

#include "finding/dlib-landmarks.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

namespace {

using Fitter = std::unique_ptr<MeLandmarkFitter, void (*) (MeLandmarkFitter *)>;
using Dlib = std::unique_ptr<MeDlibLandmarks, void (*) (MeDlibLandmarks *)>;

struct Group
{
  const char *name;
  std::vector<int> landmarks;
};

std::vector<int>
range (int first, int last)
{
  std::vector<int> landmarks;
  for (int i = first; i <= last; i++)
    landmarks.push_back (i);
  return landmarks;
}

std::vector<int>
all_landmarks ()
{
  return range (0, ME_N_LANDMARKS - 1);
}

std::vector<Group>
groups ()
{
  return { { "all landmarks", all_landmarks () },
    { "eyes", range (ME_LANDMARK_RIGHT_EYE_OUTER, ME_LANDMARK_LEFT_LOWER_LID_INNER) },
    { "brows", range (ME_LANDMARK_RIGHT_BROW_OUTER, ME_LANDMARK_LEFT_BROW_OUTER) },
    { "nose", range (ME_LANDMARK_NOSE_BRIDGE_1, ME_LANDMARK_LEFT_NOSE_WING) },
    { "mouth corners", { ME_LANDMARK_RIGHT_LIP_CORNER, ME_LANDMARK_LEFT_LIP_CORNER } },
    { "lips", range (ME_LANDMARK_RIGHT_LIP_CORNER, ME_LANDMARK_RIGHT_INNER_LOWER_LIP) },
    { "chin", range (ME_LANDMARK_RIGHT_CHIN, ME_LANDMARK_CHIN_BOSS) },
    { "glabella, folds, cheeks", range (ME_LANDMARK_GLABELLA, ME_LANDMARK_LEFT_CHEEK) },
    { "shared with 68 points", range (0, ME_LANDMARK_RIGHT_INNER_LOWER_LIP) } };
}

std::vector<float>
errors_of (const std::vector<Attempt> &attempts, const std::vector<int> &landmarks)
{
  std::vector<float> errors;
  for (const Attempt &a : attempts)
    for (int i : landmarks)
      errors.push_back (error_of (a, i));
  return errors;
}

void
fit_all (const MeLandmarkModel &model, std::vector<Attempt> &attempts)
{
  Fitter fitter (me_landmark_fitter_new (&model), me_landmark_fitter_free);

  for (Attempt &a : attempts) {
    MeFrame frame = frame_of (a.sample->image);
    float score;
    me_landmark_fit (fitter.get (), &frame, a.shape, &score);
  }
}

/* Fits dlib's model, from the same boxes. */
void
fit_all (MeDlibLandmarks *dlib, const Cascade &c, std::vector<Attempt> &attempts)
{
  for (Attempt &a : attempts) {
    MeFrame frame = frame_of (a.sample->image);
    MeSimilarity start = me_similarity_fit (c.mean, a.shape, ME_N_LANDMARKS);
    float width = std::hypot (start.a, start.b) * c.box_width;
    MePoint middle = me_similarity_apply (&start, { 0.5f, 0.5f });
    MeDetection box = { middle.x - c.box_x * width - width / 2,
      middle.y - c.box_y * width - width / 2, width, width, 1 };
    me_dlib_landmarks_fit (dlib, &frame, &box, a.shape);
  }
}

double
time_of_fit (const MeLandmarkModel &model, const std::vector<Attempt> &starts)
{
  Fitter fitter (me_landmark_fitter_new (&model), me_landmark_fitter_free);
  std::vector<float> ms;

  for (size_t i = 0; i < std::min<size_t> (starts.size (), 400); i++) {
    Attempt a = starts[i];
    MeFrame frame = frame_of (a.sample->image);
    float score;
    gint64 begin = g_get_monotonic_time ();
    me_landmark_fit (fitter.get (), &frame, a.shape, &score);
    ms.push_back ((float)(g_get_monotonic_time () - begin) / 1e3f);
  }
  return quantile (ms, 0.5);
}

void
print_line (const char *name, const std::vector<Attempt> &ours, const std::vector<Attempt> &theirs,
    const std::vector<int> &landmarks)
{
  std::vector<float> own = errors_of (ours, landmarks);

  printf ("| %-26s | %5.2f | %5.2f |", name, quantile (own, 0.5), quantile (own, 0.9));
  if (!theirs.empty () && landmarks.back () < ME_LANDMARK_CHIN) {
    std::vector<float> other = errors_of (theirs, landmarks);
    printf (" %5.2f | %5.2f |", quantile (other, 0.5), quantile (other, 0.9));
  } else if (!theirs.empty ()) {
    printf ("     - |     - |");
  }
  printf ("\n");
}

} // namespace

float
quantile (std::vector<float> v, double q)
{
  if (v.empty ())
    return NAN;
  size_t k = (size_t)(q * (double)(v.size () - 1));
  std::nth_element (v.begin (), v.begin () + (long)k, v.end ());
  return v[k];
}

float
packing_error (const MeLandmarkModel &model, const Cascade &c, const std::vector<Attempt> &starts)
{
  std::vector<Attempt> packed = starts, full = starts;
  std::vector<float> distances;

  fit_all (model, packed);
  for (size_t n = 0; n < c.stages.size (); n++)
    advance (c, n, full);
  for (size_t k = 0; k < starts.size (); k++)
    for (int i = 0; i < ME_N_LANDMARKS; i++)
      distances.push_back (100 / starts[k].sample->ipd *
                           std::hypot (packed[k].shape[i].x - full[k].shape[i].x,
                               packed[k].shape[i].y - full[k].shape[i].y));
  return quantile (distances, 0.99);
}

float
report (const MeLandmarkModel &model, const Cascade &c, const std::vector<Photo> &unseen,
    size_t each, const BoxHabit &habit, guint64 seed, const char *dlib_file)
{
  Random random (seed);
  Variety varied, open, plain;
  Dlib dlib (dlib_file ? me_dlib_landmarks_new (dlib_file, NULL) : NULL, me_dlib_landmarks_free);
  open.open_mouth = true;
  plain.expressions = plain.pose = plain.dress = plain.damage = false;
  std::vector<Sample> pictures[] = { render_all (unseen, each, varied, seed + 1),
    render_all (unseen, (each + 1) / 2, open, seed + 2),
    render_all (unseen, (each + 3) / 4, plain, seed + 3) };
  std::vector<Attempt> starts[3], ours[3], theirs[3];

  for (int k = 0; k < 3; k++) {
    starts[k] = ours[k] = start_faces (c, pictures[k], habit, random);
    fit_all (model, ours[k]);
    if (dlib) {
      theirs[k] = starts[k];
      fit_all (dlib.get (), c, theirs[k]);
    }
  }
  printf ("Errors in %% IPD; %zu people, %zu pictures of each.\n", unseen.size (), each);
  printf ("| landmark | median | 90 %% |%s\n|---|---|---|%s\n",
      dlib ? " 68 points: median | 90 % |" : "", dlib ? "---|---|" : "");
  for (int i = 0; i < ME_N_LANDMARKS; i++)
    print_line (me_landmark_name (i), ours[0], theirs[0], { i });
  for (const Group &group : groups ())
    print_line (group.name, ours[0], theirs[0], group.landmarks);
  for (const Group &group : groups ())
    if (group.landmarks.size () > 20)
      print_line ("opened mouth", ours[1], theirs[1], group.landmarks);
  for (const Group &group : groups ())
    if (group.landmarks.size () > 20)
      print_line ("undisturbed, frontal", ours[2], theirs[2], group.landmarks);
  printf ("One fit: %.3f ms. Packed against floating point, 99th percentile: %.3f %% IPD.\n",
      time_of_fit (model, starts[0]), packing_error (model, c, starts[0]));
  return quantile (errors_of (ours[0], all_landmarks ()), 0.5);
}
