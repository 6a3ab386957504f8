/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rows are converted in chunks, of which each row has at most as many as a word has bits. One lock
 * is enough: threads wait for each other's parts, which are less than the whole picture. */
#include "luma-picture.h"

#include <string.h>

/* Unpack functions may write a little past the width (they work in groups of pixels). */
#define ROW_SLACK_PX 16
#define MAX_UNPACKED_PX_SIZE 8 /* bytes: 4 components of 16 bit */
#define MAX_CHUNKS 64
#define CHUNK_GROUPS 32 /* a chunk is a multiple of so many groups: whole vectors */

void
gst_microexpr_luma_picture_clear (GstMicroexprLumaPicture *picture)
{
  g_mutex_clear (&picture->lock);
  g_free (picture->unpacked);
  g_free (picture->luma);
  g_free (picture->done);
}

gboolean
gst_microexpr_luma_picture_set_format (
    GstMicroexprLumaPicture *picture, const GstVideoFormatInfo *finfo)
{
  picture->unpacks = !gst_microexpr_luma_layout_find (&picture->layout, finfo);
  return !picture->unpacks ||
         (finfo->unpack_func && gst_microexpr_luma_layout_find (&picture->layout,
                                    gst_video_format_get_info (finfo->unpack_format)));
}

static gpointer
ensure (gpointer memory, gsize *size, gsize needed)
{
  if (*size >= needed)
    return memory;
  g_free (memory);
  *size = needed;
  return g_malloc (needed);
}

/* Unpacks the row up to this column. */
static gpointer
unpack (GstMicroexprLumaPicture *picture, int y, int right)
{
  const GstVideoFrame *video = picture->video;
  const GstVideoFormatInfo *finfo = video->info.finfo;

  if (GST_VIDEO_FORMAT_INFO_IS_TILED (finfo))
    right = GST_ROUND_UP_16 (right); /* 1.26 reads MT2110R wrongly up to the middle of a tile */
  picture->unpacked = ensure (picture->unpacked, &picture->unpacked_size,
      (gsize)(right + ROW_SLACK_PX) * MAX_UNPACKED_PX_SIZE);
  /* From the first column: not every unpack function takes another. */
  finfo->unpack_func (finfo, GST_VIDEO_PACK_FLAG_NONE, picture->unpacked, (gpointer *)video->data,
      video->info.stride, 0, y, right);
  return picture->unpacked;
}

/* Pixels of a row of the picture: whole groups. */
static void
convert (GstMicroexprLumaPicture *picture, int y, int x, int width)
{
  const GstMicroexprLumaLayout *layout = &picture->layout;
  const MeBox *rect = &picture->rect;
  int row = rect->y + y * picture->y_scale;
  guint8 *to = picture->luma + (gsize)y * (gsize)picture->row_px + x;

  if (picture->unpacks) {
    gpointer unpacked = unpack (picture, row, rect->x + rect->width);
    gst_microexpr_luma_layout_read (layout, &unpacked, (gint[]){ 0 }, rect->x, 0, to, width);
  } else {
    gst_microexpr_luma_layout_read (layout, picture->video->data, picture->video->info.stride,
        rect->x - picture->skipped + x, row, to, width);
  }
}

/* Those of a row whose bits are set, as many at once as lie side by side. */
static void
convert_chunks (GstMicroexprLumaPicture *picture, int y, guint64 chunks)
{
  while (chunks) {
    int first = __builtin_ctzll (chunks);
    guint64 after = ~(chunks >> first);
    int n = after ? __builtin_ctzll (after) : MAX_CHUNKS;
    int x = first * picture->chunk_px, right = MIN (x + n * picture->chunk_px, picture->row_px);
    convert (picture, y, x, right - x);
    chunks &= chunks + (G_GUINT64_CONSTANT (1) << first); /* without these */
  }
}

static void
read_part (MeReader *reader, const MeBox *part)
{
  GstMicroexprLumaPicture *picture = (GstMicroexprLumaPicture *)reader;
  int first = (picture->skipped + part->x) / picture->chunk_px;
  int last = (picture->skipped + part->x + part->width - 1) / picture->chunk_px;
  guint64 wanted = G_MAXUINT64 >> (MAX_CHUNKS - 1 - last) >> first << first;

  g_mutex_lock (&picture->lock);
  for (int y = part->y; y < part->y + part->height; y++) {
    guint64 missing = wanted & ~picture->done[y];
    if (missing)
      convert_chunks (picture, y, missing);
    picture->done[y] |= wanted;
  }
  g_mutex_unlock (&picture->lock);
}

void
gst_microexpr_luma_picture_init (GstMicroexprLumaPicture *picture)
{
  *picture = (GstMicroexprLumaPicture){ .reader = { read_part } };
  g_mutex_init (&picture->lock);
}

/* Up to a whole number of steps. */
static int
round_up (int n, int step)
{
  return (n + step - 1) / step * step;
}

void
gst_microexpr_luma_picture_begin (GstMicroexprLumaPicture *picture, const GstVideoFrame *video,
    const MeBox *rect, int y_scale, MeFrame *frame)
{
  int group = picture->layout.group_px;
  gsize rows = (gsize)frame->height;

  picture->video = video;
  picture->rect = *rect;
  picture->y_scale = y_scale;
  picture->skipped = rect->x % group;
  picture->row_px = round_up (picture->skipped + rect->width, group);
  picture->chunk_px = picture->unpacks ? picture->row_px
                                       : round_up ((picture->row_px + MAX_CHUNKS - 1) / MAX_CHUNKS,
                                             CHUNK_GROUPS * group);
  picture->luma = ensure (picture->luma, &picture->luma_size, (gsize)picture->row_px * rows);
  picture->done = ensure (picture->done, &picture->done_size, sizeof *picture->done * rows);
  memset (picture->done, 0, sizeof *picture->done * rows);
  frame->luma = picture->luma + picture->skipped;
  frame->stride = (gsize)picture->row_px;
  frame->reader = &picture->reader;
}
