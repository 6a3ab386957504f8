/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "region-flow.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>
#include <vector>

namespace {

constexpr int CROP = 256;         /* px */
constexpr float HALF_INNER = 32;  /* half the distance of the inner eye corners in it */
constexpr float UP = 3, SIDE = 4; /* from their middle to its edges, in such halves */
constexpr int HEAD_STEPS = 4;     /* shifts of the crop for one frame */
constexpr float HEAD_RESTS = 1;   /* px: less is subtracted instead */
constexpr float HEAD_PART = 0.7f; /* of the nose's flow that counts: the largest */
constexpr int LEAST_BOX = 24;     /* px of its lesser side, for a flow */

/* iBUG numbers, as in the publications. */
enum
{
  IBUG_FIRST = 17, /* landmark 0 */
  BROW_RIGHT = 17,
  BROW_LEFT = 22,
  NOSE_LOW = 29,
  INNER_RIGHT = 39,
  INNER_LEFT = 42,
};

/* px added to the bounding box of landmarks. */
struct Margin
{
  int left, right, up, down;
};

/* An image of its own for the flow. */
struct Box
{
  int first, last; /* landmarks */
  Margin margin;
};

enum
{
  BOX_HEAD,
  BOX_RIGHT_BROW,
  BOX_LEFT_BROW,
  BOX_MOUTH,
  BOX_NOSE,
  N_BOXES
};

const Box boxes[N_BOXES] = {
  { NOSE_LOW, NOSE_LOW + 1, { 13, 13, 13, 13 } },
  { BROW_RIGHT, BROW_RIGHT + 4, { 5, 0, 15, 5 } },
  { BROW_LEFT, BROW_LEFT + 4, { 0, 5, 15, 5 } },
  { 48, 66, { 20, 20, 15, 15 } },
  { 31, 35, { 20, 20, 20, 5 } },
};

const Margin head_border = { 5, 5, 15, 10 }; /* of its box that does not count */

struct Region
{
  RegionKind kind;
  int box;
  int landmark; /* 0: all of the box */
  Margin margin;
  float part; /* of its flow that counts: the largest */
};

const Region regions[N_REGIONS] = {
  { REGION_BROW, BOX_RIGHT_BROW, 18, { 10, 10, 10, 10 }, 0.2f },
  { REGION_BROW, BOX_RIGHT_BROW, 19, { 10, 10, 10, 10 }, 0.2f },
  { REGION_BROW, BOX_RIGHT_BROW, 20, { 10, 10, 10, 10 }, 0.2f },
  { REGION_BROW, BOX_RIGHT_BROW, 0, {}, 0.3f },
  { REGION_BROW, BOX_LEFT_BROW, 23, { 10, 10, 10, 10 }, 0.2f },
  { REGION_BROW, BOX_LEFT_BROW, 24, { 10, 10, 10, 10 }, 0.2f },
  { REGION_BROW, BOX_LEFT_BROW, 25, { 10, 10, 10, 10 }, 0.2f },
  { REGION_BROW, BOX_LEFT_BROW, 0, {}, 0.3f },
  { REGION_MOUTH, BOX_MOUTH, 48, { 10, 10, 10, 20 }, 0.2f },
  { REGION_MOUTH, BOX_MOUTH, 51, { 10, 10, 10, 10 }, 0.2f },
  { REGION_MOUTH, BOX_MOUTH, 54, { 20, 10, 10, 10 }, 0.2f },
  { REGION_MOUTH, BOX_MOUTH, 57, { 10, 10, 10, 10 }, 0.2f },
  { REGION_MOUTH, BOX_MOUTH, 62, { 10, 10, 10, 10 }, 0.2f },
  { REGION_MOUTH, BOX_MOUTH, 0, {}, 0.3f },
  { REGION_NOSE, BOX_NOSE, 31, { 20, 10, 20, 5 }, 0.2f },
  { REGION_NOSE, BOX_NOSE, 35, { 10, 20, 20, 5 }, 0.2f },
};

cv::Point2f
landmark (const MePoint *landmarks, int ibug)
{
  return { landmarks[ibug - IBUG_FIRST].x, landmarks[ibug - IBUG_FIRST].y };
}

/* The box around points, widened, within the crop. */
cv::Rect
widened (const std::vector<cv::Point2f> &points, const Margin &margin)
{
  int left = CROP, right = 0, top = CROP, bottom = 0;

  for (const cv::Point2f &p : points) {
    left = std::min (left, (int)std::lround (p.x));
    right = std::max (right, (int)std::lround (p.x));
    top = std::min (top, (int)std::lround (p.y));
    bottom = std::max (bottom, (int)std::lround (p.y));
  }
  return cv::Rect (cv::Point (left - margin.left, top - margin.up),
             cv::Point (right + margin.right + 1, bottom + margin.down + 1)) &
         cv::Rect (0, 0, CROP, CROP);
}

/* Mean of the largest vectors of a flow. */
cv::Vec2f
mean_of_largest (const cv::Mat &flow, float part)
{
  std::vector<cv::Vec2f> vectors;
  cv::Vec2f sum;

  for (int v = 0; v < flow.rows; v++)
    vectors.insert (vectors.end (), flow.ptr<cv::Vec2f> (v), flow.ptr<cv::Vec2f> (v) + flow.cols);
  size_t n = std::min (vectors.size (), (size_t)std::ceil (part * vectors.size ()));
  std::partial_sort (vectors.begin (), vectors.begin () + n, vectors.end (),
      [] (const cv::Vec2f &a, const cv::Vec2f &b) { return a.dot (a) > b.dot (b); });
  for (size_t i = 0; i < n; i++)
    sum += vectors[i];
  return n ? sum / (float)n : sum;
}

} // namespace

struct _RegionFlow
{
  cv::Point2f center; /* of the crop in the frame, px: follows the head */
  int size;           /* of the crop in the frame, px */
  cv::Mat first;
  cv::Rect box[N_BOXES], region[N_REGIONS]; /* region: within its box */
  cv::Mat parts[N_BOXES];                   /* of the first crop */
};

RegionKind
region_kind (guint region)
{
  return regions[region].kind;
}

static cv::Mat
cut_crop (const RegionFlow *flow, const MeFrame *frame)
{
  cv::Mat luma (frame->height, frame->width, CV_8U, (void *)frame->luma, frame->stride), cut, crop;

  cv::getRectSubPix (luma, cv::Size (flow->size, flow->size), flow->center, cut);
  cv::resize (cut, crop, cv::Size (CROP, CROP), 0, 0,
      flow->size > CROP ? cv::INTER_AREA : cv::INTER_LINEAR);
  return crop;
}

/* Of one box, from the first crop to this one. */
static cv::Mat
flow_of (const RegionFlow *flow, const cv::Mat &crop, int box)
{
  cv::Mat vectors;

  cv::calcOpticalFlowFarneback (
      flow->parts[box], crop (flow->box[box]), vectors, 0.5, 3, 15, 5, 7, 1.5, 0);
  return vectors;
}

/* FALSE: one of the boxes is no image. */
static bool
place_regions (RegionFlow *flow, const std::vector<cv::Point2f> &points)
{
  auto at = [&] (int ibug) { return points[ibug - IBUG_FIRST]; };

  for (int b = 0; b < N_BOXES; b++) {
    std::vector<cv::Point2f> around;
    for (int i = boxes[b].first; i <= boxes[b].last; i++)
      around.push_back (at (i));
    flow->box[b] = widened (around, boxes[b].margin);
    if (std::min (flow->box[b].width, flow->box[b].height) < LEAST_BOX)
      return false;
    flow->parts[b] = flow->first (flow->box[b]);
  }
  for (int r = 0; r < N_REGIONS; r++) {
    const cv::Rect &box = flow->box[regions[r].box];
    flow->region[r] = regions[r].landmark
                          ? (widened ({ at (regions[r].landmark) }, regions[r].margin) & box)
                          : box;
    flow->region[r] -= box.tl ();
  }
  return true;
}

RegionFlow *
region_flow_new (const MeFrame *first, const MePoint landmarks[ME_N_LANDMARKS])
{
  RegionFlow *flow = new RegionFlow ();
  cv::Point2f right = landmark (landmarks, INNER_RIGHT), left = landmark (landmarks, INNER_LEFT);
  float half = std::max (2.0f, (float)cv::norm (left - right) / 2);
  std::vector<cv::Point2f> points;

  flow->size = (int)std::lround (2 * SIDE * half);
  flow->center = (right + left) / 2 + cv::Point2f (0, (SIDE - UP) * half);
  flow->first = cut_crop (flow, first);
  for (int i = 0; i < ME_N_LANDMARKS; i++) {
    cv::Point2f p (landmarks[i].x, landmarks[i].y);
    points.push_back ((p - flow->center) * (HALF_INNER / half) + cv::Point2f (CROP, CROP) / 2);
  }
  if (place_regions (flow, points))
    return flow;
  delete flow;
  return NULL;
}

void
region_flow_free (RegionFlow *flow)
{
  delete flow;
}

/* Shifts the crop until the nose rests. Returns what it still moves. */
static cv::Vec2f
follow_head (RegionFlow *flow, const MeFrame *frame, cv::Mat &crop)
{
  const Margin &m = head_border;
  cv::Vec2f head;

  for (int step = 0;; step++) {
    crop = cut_crop (flow, frame);
    cv::Mat vectors = flow_of (flow, crop, BOX_HEAD);
    cv::Rect counts (m.left, m.up, vectors.cols - m.left - m.right, vectors.rows - m.up - m.down);
    head = counts.area () > 0 ? mean_of_largest (vectors (counts), HEAD_PART) : cv::Vec2f ();
    if (step == HEAD_STEPS || head.dot (head) <= HEAD_RESTS * HEAD_RESTS)
      return head;
    flow->center += cv::Point2f (std::round (head[0]), std::round (head[1])) * flow->size / CROP;
  }
}

void
region_flow_measure (RegionFlow *flow, const MeFrame *frame, double moved[N_REGIONS])
{
  cv::Mat crop, vectors[N_BOXES];
  cv::Vec2f head = follow_head (flow, frame, crop);

  for (int b = BOX_HEAD + 1; b < N_BOXES; b++) {
    vectors[b] = flow_of (flow, crop, b);
    vectors[b] -= cv::Scalar (head[0], head[1]);
  }
  for (int r = 0; r < N_REGIONS; r++)
    moved[r] =
        cv::norm (mean_of_largest (vectors[regions[r].box](flow->region[r]), regions[r].part));
}
