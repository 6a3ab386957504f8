/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The aligned crop: where the frame is finer than the crop it is first averaged down by a whole
 * number, on a grid fixed to the frame so that the averaging does not shimmer, then warped. */
#include "crop.h"

#include "facial-points.h"

#include <cmath>
#include <exception>
#include <opencv2/imgproc.hpp>

struct _MeCropper
{
  cv::Mat small;
  cv::Mat crop = cv::Mat (ME_CROP_PX, ME_CROP_PX, CV_8UC1);
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

MeCropper *
me_cropper_new (void)
{
  return new _MeCropper;
}

void
me_cropper_free (MeCropper *cropper)
{
  delete cropper;
}

/* The part of the frame under the crop, grown to whole cells of `step` pixels. */
static cv::Rect
covered (const MeFrame *frame, const MeSimilarity *pose, int step)
{
  float x0 = G_MAXFLOAT, y0 = G_MAXFLOAT, x1 = -G_MAXFLOAT, y1 = -G_MAXFLOAT;

  for (int i = 0; i < 4; i++) {
    MePoint p =
        me_similarity_apply (pose, { (i & 1) * (float)ME_CROP_PX, (i >> 1) * (float)ME_CROP_PX });
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
take (MeCropper *cropper, const MeFrame *frame, const MeSimilarity *pose, MeCrop *crop)
{
  cv::Mat luma (
      frame->height, frame->width, CV_8UC1, const_cast<guint8 *> (frame->luma), frame->stride);
  int step = MAX (1, (int)floorf (hypotf (pose->a, pose->b) + 0.3f));
  cv::Rect area = covered (frame, pose, step);
  double par = frame->pixel_aspect;

  if (area.width < 2 || area.height < 2)
    return FALSE;
  cv::Mat source = luma (area);
  if (step > 1) {
    cv::resize (source, cropper->small, source.size () / step, 0, 0, cv::INTER_AREA);
    source = cropper->small;
  }
  /* The centre of the first averaged cell lies (step - 1) / 2 pixels into it. */
  double half = (step - 1) / 2.0;
  cv::Matx23d to_source (pose->a / par / step, -pose->b / par / step,
      (pose->tx / par - area.x - half) / step, pose->b / (double)step, pose->a / (double)step,
      (pose->ty - area.y - half) / step);
  cv::Mat full (ME_CROP_PX, ME_CROP_PX, CV_32FC1, crop->full);
  cv::Mat halved (ME_CROP_HALF_PX, ME_CROP_HALF_PX, CV_32FC1, crop->half);
  cv::warpAffine (source, cropper->crop, to_source, cropper->crop.size (),
      cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
  cropper->crop.convertTo (full, CV_32F);
  cv::pyrDown (full, halved, halved.size ());
  return TRUE;
}

gboolean
me_cropper_take (MeCropper *cropper, const MeFrame *frame, const MeSimilarity *pose, MeCrop *crop)
{
  if (!std::isfinite (pose->a + pose->b + pose->tx + pose->ty))
    return FALSE;
  try {
    return take (cropper, frame, pose, crop);
  } catch (const std::exception &) {
    return FALSE;
  }
}
