/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The luma of any raw video buffer. A plane of 8-bit luma is used where it lies in memory; every
 * other format is unpacked to rows of 8 or 16-bit AYUV or ARGB, of which the luma is kept. Crop
 * rectangle and interlacing cost nothing: they are an offset and a stride. */
#include "luma.h"

/* Unpack functions may write a little past the width (they work in groups of pixels). */
#define ROW_SLACK_PX 16
#define MAX_UNPACKED_PX_SIZE 8 /* bytes: 4 components of 16 bit */

/* Luma of `width` unpacked pixels. */
typedef void (*LumaRow) (guint8 *restrict luma, gconstpointer row, int width);

struct _GstMicroexprLuma
{
  GstVideoInfo info;
  LumaRow row;         /* NULL: in place */
  guint8 *unpacked;    /* one row */
  guint8 *picture;     /* luma of the rows that were unpacked */
  gsize unpacked_size; /* bytes */
  gsize picture_size;  /* bytes */
  GstVideoFrame mapped;
  GstMicroexprPlacement placement;
};

static void
row_ayuv (guint8 *restrict luma, gconstpointer row, int width)
{
  const guint8 *px = row;

  for (int x = 0; x < width; x++)
    luma[x] = px[4 * x + 1];
}

static void
row_ayuv64 (guint8 *restrict luma, gconstpointer row, int width)
{
  const guint16 *px = row;

  for (int x = 0; x < width; x++)
    luma[x] = px[4 * x + 1] >> 8;
}

/* Limited-range luma of ITU-R BT.601 in 8-bit fixed point: 16 + 219 (0.299 R + 0.587 G + 0.114 B) /
 * 255. */
static inline guint8
rgb_to_luma (guint r, guint g, guint b)
{
  return (guint8)(16 + ((66 * r + 129 * g + 25 * b + 128) >> 8));
}

static void
row_argb (guint8 *restrict luma, gconstpointer row, int width)
{
  const guint8 *px = row;

  for (int x = 0; x < width; x++)
    luma[x] = rgb_to_luma (px[4 * x + 1], px[4 * x + 2], px[4 * x + 3]);
}

static void
row_argb64 (guint8 *restrict luma, gconstpointer row, int width)
{
  const guint16 *px = row;

  for (int x = 0; x < width; x++)
    luma[x] = rgb_to_luma (px[4 * x + 1] >> 8, px[4 * x + 2] >> 8, px[4 * x + 3] >> 8);
}

/* Every format of GStreamer unpacks to one of these. */
static const struct
{
  GstVideoFormat format;
  LumaRow row;
} unpack_formats[] = {
  { GST_VIDEO_FORMAT_AYUV, row_ayuv },
  { GST_VIDEO_FORMAT_AYUV64, row_ayuv64 },
  { GST_VIDEO_FORMAT_ARGB, row_argb },
  { GST_VIDEO_FORMAT_ARGB64, row_argb64 },
};

GstMicroexprLuma *
gst_microexpr_luma_new (void)
{
  GstMicroexprLuma *luma = g_new0 (GstMicroexprLuma, 1);

  luma->placement.y_scale = 1;
  return luma;
}

void
gst_microexpr_luma_free (GstMicroexprLuma *luma)
{
  g_free (luma->unpacked);
  g_free (luma->picture);
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

static LumaRow
find_row (GstVideoFormat format)
{
  for (guint i = 0; i < G_N_ELEMENTS (unpack_formats); i++) {
    if (unpack_formats[i].format == format)
      return unpack_formats[i].row;
  }
  return NULL;
}

gboolean
gst_microexpr_luma_set_info (GstMicroexprLuma *luma, const GstVideoInfo *info)
{
  gboolean in_place = gst_microexpr_luma_in_place (info->finfo);

  luma->info = *info;
  luma->row = in_place ? NULL : find_row (info->finfo->unpack_format);
  return in_place || (luma->row && info->finfo->unpack_func);
}

static void
ensure (guint8 **memory, gsize *size, gsize needed)
{
  if (*size >= needed)
    return;
  g_free (*memory);
  *memory = g_malloc (needed);
  *size = needed;
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
}

static void
unpack_rows (GstMicroexprLuma *luma, const MeBox *rect, MeFrame *frame)
{
  GstVideoFrame *video = &luma->mapped;
  const GstVideoFormatInfo *finfo = video->info.finfo;
  gsize px_size =
      GST_VIDEO_FORMAT_INFO_PSTRIDE (gst_video_format_get_info (finfo->unpack_format), 0);
  int right = rect->x + rect->width;

  if (GST_VIDEO_FORMAT_INFO_IS_TILED (finfo))
    right = GST_ROUND_UP_16 (right); /* 1.26 reads MT2110R wrongly up to the middle of a tile */
  ensure (
      &luma->unpacked, &luma->unpacked_size, (gsize)(right + ROW_SLACK_PX) * MAX_UNPACKED_PX_SIZE);
  ensure (&luma->picture, &luma->picture_size, (gsize)frame->width * frame->height);
  for (int y = 0; y < frame->height; y++) {
    /* From the first column: not every unpack function takes another. */
    finfo->unpack_func (finfo, GST_VIDEO_PACK_FLAG_NONE, luma->unpacked, video->data,
        video->info.stride, 0, rect->y + y * luma->placement.y_scale, right);
    luma->row (
        luma->picture + (gsize)y * frame->width, luma->unpacked + rect->x * px_size, frame->width);
  }
  frame->luma = luma->picture;
  frame->stride = (gsize)frame->width;
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
  if (luma->row)
    unpack_rows (luma, &rect, frame);
  else
    read_in_place (&luma->mapped, &rect, y_scale, frame);
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
