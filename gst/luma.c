/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The luma of any raw video buffer. A plane of 8-bit luma is used where it lies in memory; other
 * formats are converted where they are looked at (luma-picture.c).
 * Crop rectangle and interlacing cost nothing: they are an offset and a stride. */
#include "luma.h"

#include "luma-picture.h"

struct _GstMicroexprLuma
{
  GstVideoInfo info;
  gboolean in_place;
  GstMicroexprLumaPicture picture; /* unless in place */
  GstVideoFrame mapped;
  GstMicroexprPlacement placement;
};

GstMicroexprLuma *
gst_microexpr_luma_new (void)
{
  GstMicroexprLuma *luma = g_new0 (GstMicroexprLuma, 1);

  gst_microexpr_luma_picture_init (&luma->picture);
  luma->placement.y_scale = 1;
  return luma;
}

void
gst_microexpr_luma_free (GstMicroexprLuma *luma)
{
  gst_microexpr_luma_picture_clear (&luma->picture);
  g_free (luma);
}

gboolean
gst_microexpr_luma_in_place (const GstVideoFormatInfo *finfo)
{
  return (GST_VIDEO_FORMAT_INFO_IS_YUV (finfo) || GST_VIDEO_FORMAT_INFO_IS_GRAY (finfo)) &&
         !GST_VIDEO_FORMAT_INFO_IS_COMPLEX (finfo) && !GST_VIDEO_FORMAT_INFO_IS_TILED (finfo) &&
         GST_VIDEO_FORMAT_INFO_DEPTH (finfo, GST_VIDEO_COMP_Y) == 8 &&
         GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, GST_VIDEO_COMP_Y) == 1;
}

gboolean
gst_microexpr_luma_set_info (GstMicroexprLuma *luma, const GstVideoInfo *info)
{
  luma->info = *info;
  luma->in_place = gst_microexpr_luma_in_place (info->finfo);
  return luma->in_place || gst_microexpr_luma_picture_set_format (&luma->picture, info->finfo);
}

/* The part of the picture that is shown. FALSE: it is empty. */
static gboolean
crop_rectangle (GstBuffer *buffer, const GstVideoFrame *video, MeBox *rect)
{
  const GstVideoCropMeta *crop = gst_buffer_get_video_crop_meta (buffer);
  int width = GST_VIDEO_FRAME_WIDTH (video), height = GST_VIDEO_FRAME_HEIGHT (video);

  *rect = (MeBox){ 0, 0, width, height };
  if (!crop)
    return TRUE;
  if (crop->x >= (guint)width || crop->y >= (guint)height)
    return FALSE;
  *rect = (MeBox){ (int)crop->x, (int)crop->y, (int)MIN (crop->width, (guint)width - crop->x),
    (int)MIN (crop->height, (guint)height - crop->y) };
  return rect->width > 0 && rect->height > 0;
}

static void
read_in_place (const GstVideoFrame *video, const MeBox *rect, int y_scale, MeFrame *frame)
{
  gsize stride = GST_VIDEO_FRAME_PLANE_STRIDE (video, 0);

  frame->luma =
      (const guint8 *)GST_VIDEO_FRAME_PLANE_DATA (video, 0) + (gsize)rect->y * stride + rect->x;
  frame->stride = stride * y_scale;
  frame->reader = NULL;
}

/* Width of a pixel / its height, with views of stereo video that are squeezed into one picture. */
static double
pixel_aspect (const GstVideoInfo *info)
{
  double aspect = (double)GST_VIDEO_INFO_PAR_N (info) / GST_VIDEO_INFO_PAR_D (info);
  GstVideoMultiviewMode mode = GST_VIDEO_INFO_MULTIVIEW_MODE (info);

  if (!(GST_VIDEO_INFO_MULTIVIEW_FLAGS (info) & GST_VIDEO_MULTIVIEW_FLAGS_HALF_ASPECT))
    return aspect;
  return mode == GST_VIDEO_MULTIVIEW_MODE_TOP_BOTTOM ? aspect / 2 : aspect * 2;
}

/* Whether this buffer has fields: in mixed video not every one does. */
static gboolean
has_fields (const GstVideoInfo *info, GstBuffer *buffer)
{
  return GST_VIDEO_INFO_IS_INTERLACED (info) &&
         (GST_VIDEO_INFO_INTERLACE_MODE (info) != GST_VIDEO_INTERLACE_MODE_MIXED ||
             GST_BUFFER_FLAG_IS_SET (buffer, GST_VIDEO_BUFFER_FLAG_INTERLACED));
}

/* The order by caps; without one there, by the flag of the buffer. */
static gboolean
top_field_first (const GstVideoInfo *info, GstBuffer *buffer)
{
  GstVideoFieldOrder order = GST_VIDEO_INFO_FIELD_ORDER (info);

  return order == GST_VIDEO_FIELD_ORDER_UNKNOWN
             ? GST_BUFFER_FLAG_IS_SET (buffer, GST_VIDEO_BUFFER_FLAG_TFF)
             : order == GST_VIDEO_FIELD_ORDER_TOP_FIELD_FIRST;
}

static gboolean
has_one_field (const GstVideoInfo *info, GstBuffer *buffer)
{
  return has_fields (info, buffer) &&
         GST_BUFFER_FLAG_IS_SET (buffer, GST_VIDEO_BUFFER_FLAG_ONEFIELD);
}

/* Then the even rows hold nothing of use. */
static gboolean
has_bottom_field_only (const GstVideoInfo *info, GstBuffer *buffer)
{
  return has_one_field (info, buffer) &&
         !GST_BUFFER_FLAG_IS_SET (buffer, GST_VIDEO_BUFFER_FLAG_TFF);
}

/* The first row to read of n rows two apart: of the even field, or of the only one there is. */
static int
first_row (const GstMicroexprLuma *luma, GstBuffer *buffer, int top, int n)
{
  int odd = has_bottom_field_only (&luma->info, buffer) ? 1 : 0;
  int row = (top & 1) == odd ? top : top + 1;

  return row + 2 * (n - 1) < GST_VIDEO_FRAME_HEIGHT (&luma->mapped) ? row : top;
}

gboolean
gst_microexpr_luma_top_field_leads (const GstVideoInfo *info, GstBuffer *buffer)
{
  return !has_fields (info, buffer) || has_one_field (info, buffer) ||
         top_field_first (info, buffer);
}

gboolean
gst_microexpr_luma_map (GstMicroexprLuma *luma, GstBuffer *buffer, MeFrame *frame)
{
  const GstVideoInfo *info = &luma->info;
  int y_scale = GST_VIDEO_INFO_IS_INTERLACED (info) && GST_VIDEO_INFO_HEIGHT (info) > 1 ? 2 : 1;
  MeBox rect;

  if (!gst_video_frame_map (
          &luma->mapped, info, buffer, GST_MAP_READ | GST_VIDEO_FRAME_MAP_FLAG_NO_REF))
    return FALSE;
  if (!crop_rectangle (buffer, &luma->mapped, &rect)) {
    gst_video_frame_unmap (&luma->mapped);
    return FALSE;
  }
  luma->placement = (GstMicroexprPlacement){ rect.x, rect.y, y_scale };
  frame->width = rect.width;
  frame->height = (rect.height + y_scale - 1) / y_scale;
  frame->pixel_aspect = pixel_aspect (info) / y_scale;
  if (y_scale == 2)
    rect.y = first_row (luma, buffer, rect.y, frame->height);
  if (luma->in_place)
    read_in_place (&luma->mapped, &rect, y_scale, frame);
  else
    gst_microexpr_luma_picture_begin (&luma->picture, &luma->mapped, &rect, y_scale, frame);
  return TRUE;
}

void
gst_microexpr_luma_unmap (GstMicroexprLuma *luma)
{
  gst_video_frame_unmap (&luma->mapped);
}

const GstMicroexprPlacement *
gst_microexpr_luma_placement (const GstMicroexprLuma *luma)
{
  return &luma->placement;
}
