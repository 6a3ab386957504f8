/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The aligned crop: where the frame is finer than the crop it is first averaged down by a whole
 * number, on a grid fixed to the frame so that the averaging does not shimmer, then warped. */
#include "crop.h"

#include "facial-points.h"

#include <cmath>
#include <exception>
#include <new>
#include <opencv2/imgproc.hpp>
#include <vector>

constexpr float MAX_STEP = 1000; /* frame pixels that one pixel of a crop may hold */

struct _MeCropper
{
  std::vector<guint8> small; /* only ever grows */
  guint8 warped[ME_CROP_PX * ME_CROP_PX];
};

MeSimilarity
me_crop_pose (const MePoint landmarks[ME_N_LANDMARKS])
{
  MePoint r = me_eye_center (landmarks, ME_RIGHT), l = me_eye_center (landmarks, ME_LEFT);
  MeSimilarity pose = { (l.x - r.x) / ME_CROP_IPD_PX, (l.y - r.y) / ME_CROP_IPD_PX, 0, 0 };
  MePoint middle = me_similarity_apply (&pose, { ME_CROP_PX / 2.0f, ME_CROP_EYE_Y });

  pose.tx = (l.x + r.x) / 2 - middle.x;
  pose.ty = (l.y + r.y) / 2 - middle.y;
  return pose;
}

MePoint
me_similarity_apply (const MeSimilarity *s, MePoint p)
{
  return { s->a * p.x - s->b * p.y + s->tx, s->b * p.x + s->a * p.y + s->ty };
}

MePoint
me_similarity_invert (const MeSimilarity *s, MePoint p)
{
  float norm = s->a * s->a + s->b * s->b, x = p.x - s->tx, y = p.y - s->ty;

  return { (s->a * x + s->b * y) / norm, (s->a * y - s->b * x) / norm };
}

MeSimilarity
me_similarity_chain (const MeSimilarity *outer, const MeSimilarity *inner)
{
  MePoint t = me_similarity_apply (outer, { inner->tx, inner->ty });

  return { outer->a * inner->a - outer->b * inner->b, outer->a * inner->b + outer->b * inner->a,
    t.x, t.y };
}

MeSimilarity
me_similarity_fit (const MePoint *from, const MePoint *to, int n)
{
  MePoint f = { 0, 0 }, t = { 0, 0 };
  float along = 0, across = 0, square = 0;

  for (int i = 0; i < n; i++) {
    f = { f.x + from[i].x / n, f.y + from[i].y / n };
    t = { t.x + to[i].x / n, t.y + to[i].y / n };
  }
  for (int i = 0; i < n; i++) {
    float x = from[i].x - f.x, y = from[i].y - f.y, u = to[i].x - t.x, v = to[i].y - t.y;
    along += x * u + y * v;
    across += x * v - y * u;
    square += x * x + y * y;
  }
  MeSimilarity s = { along / square, across / square, 0, 0 };
  MePoint moved = me_similarity_apply (&s, f);
  s.tx = t.x - moved.x;
  s.ty = t.y - moved.y;
  return s;
}

MeCropper *
me_cropper_new (void)
{
  return new (std::nothrow) _MeCropper;
}

void
me_cropper_free (MeCropper *cropper)
{
  delete cropper;
}

/* The part of the frame under the crop, grown to whole cells of `step` pixels. */
static cv::Rect
covered (const MeFrame *frame, const MeSimilarity *pose, int size_px, int step)
{
  float x0 = G_MAXFLOAT, y0 = G_MAXFLOAT, x1 = -G_MAXFLOAT, y1 = -G_MAXFLOAT;

  for (int i = 0; i < 4; i++) {
    MePoint p =
        me_similarity_apply (pose, { (float)((i & 1) * size_px), (float)((i >> 1) * size_px) });
    p.x /= (float)frame->pixel_aspect;
    x0 = fminf (x0, p.x), x1 = fmaxf (x1, p.x);
    y0 = fminf (y0, p.y), y1 = fmaxf (y1, p.y);
  }
  if (!(x1 > 0 && y1 > 0 && x0 < frame->width && y0 < frame->height))
    return cv::Rect ();

  int margin = 2 * step;
  int left = (int)fmaxf (0, x0 - margin) / step * step,
      top = (int)fmaxf (0, y0 - margin) / step * step;
  int right = (int)fminf (frame->width, x1 + margin),
      bottom = (int)fminf (frame->height, y1 + margin);
  right = left + (right - left) / step * step;
  bottom = top + (bottom - top) / step * step;
  return cv::Rect (left, top, right - left, bottom - top);
}

static gboolean
sample (
    MeCropper *cropper, const MeFrame *frame, const MeSimilarity *pose, float *pixels, int size_px)
{
  cv::Mat luma (
      frame->height, frame->width, CV_8UC1, const_cast<guint8 *> (frame->luma), frame->stride);
  int step = MAX (1, (int)fminf (hypotf (pose->a, pose->b) + 0.3f, MAX_STEP));
  cv::Rect area = covered (frame, pose, size_px, step);
  double par = frame->pixel_aspect;

  if (area.width < 2 || area.height < 2)
    return FALSE;
  cv::Mat source = luma (area);
  if (step > 1) {
    cv::Size size = source.size () / step;
    cropper->small.resize ((size_t)size.area ());
    cv::Mat small (size, CV_8UC1, cropper->small.data ());
    cv::resize (source, small, size, 0, 0, cv::INTER_AREA);
    source = small;
  }
  /* The centre of the first averaged cell lies (step - 1) / 2 pixels into it. */
  double half = (step - 1) / 2.0;
  cv::Matx23d to_source (pose->a / par / step, -pose->b / par / step,
      (pose->tx / par - area.x - half) / step, pose->b / (double)step, pose->a / (double)step,
      (pose->ty - area.y - half) / step);
  cv::Mat warped (size_px, size_px, CV_8UC1, cropper->warped);
  cv::Mat result (size_px, size_px, CV_32FC1, pixels);
  cv::warpAffine (source, warped, to_source, warped.size (),
      cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
  warped.convertTo (result, CV_32F);
  return TRUE;
}

gboolean
me_cropper_sample (
    MeCropper *cropper, const MeFrame *frame, const MeSimilarity *pose, float *pixels, int size_px)
{
  g_return_val_if_fail (size_px > 0 && size_px <= ME_CROP_PX, FALSE);
  if (!cropper || !std::isfinite (pose->a + pose->b + pose->tx + pose->ty))
    return FALSE;
  try {
    return sample (cropper, frame, pose, pixels, size_px);
  } catch (const std::exception &) {
    return FALSE;
  }
}

gboolean
me_cropper_take (MeCropper *cropper, const MeFrame *frame, const MeSimilarity *pose, MeCrop *crop)
{
  if (!me_cropper_sample (cropper, frame, pose, crop->full, ME_CROP_PX))
    return FALSE;
  try {
    cv::Mat full (ME_CROP_PX, ME_CROP_PX, CV_32FC1, crop->full);
    cv::Mat halved (ME_CROP_HALF_PX, ME_CROP_HALF_PX, CV_32FC1, crop->half);
    cv::pyrDown (full, halved, halved.size ());
  } catch (const std::exception &) {
    return FALSE;
  }
  return TRUE;
}
