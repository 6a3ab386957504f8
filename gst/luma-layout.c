/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The loops are written for the compiler to make vectors of: strides are constants, sums of RGB fit
 * 16 bits, and no branch depends on a pixel. */
#include "luma-layout.h"

#include "common/vectorised.h"

#include <string.h>

#define INLINE static inline __attribute__ ((always_inline))

/* ITU-R BT.601 in 8-bit fixed point: 16 + 219 (0.299 R + 0.587 G + 0.114 B) / 255. */
#define RED 66
#define GREEN 129
#define BLUE 25

/* Both fit 16 bits: a vector holds twice as many of them. */
INLINE guint8
weigh (guint16 red, guint16 green, guint16 blue)
{
  guint16 sum = (guint16)(RED * red + GREEN * green + BLUE * blue + 128);

  return (guint8)(16 + (sum >> 8));
}

INLINE guint32
little_endian_32 (const guint8 *at)
{
  guint32 word;

  memcpy (&word, at, sizeof word);
  return GUINT32_FROM_LE (word);
}

INLINE guint16
word_16 (const guint8 *at, gboolean big_endian)
{
  guint16 word;

  memcpy (&word, at, sizeof word);
  return big_endian ? GUINT16_FROM_BE (word) : GUINT16_FROM_LE (word);
}

/* ---- luma ---- */

INLINE void
read_every (const int bytes, const guint8 *at, guint8 *restrict luma, int width)
{
  for (int x = 0; x < width; x++)
    luma[x] = at[bytes * x];
}

/* One byte of each pixel. */
ME_VECTORISED static void
read_bytes (const GstMicroexprLumaLayout *layout, const guint8 *const at[3], guint8 *restrict luma,
    int width)
{
  switch (layout->group_bytes) {
  case 2:
    read_every (2, at[0], luma, width);
    break;
  case 3:
    read_every (3, at[0], luma, width);
    break;
  case 4:
    read_every (4, at[0], luma, width);
    break;
  default:
    read_every (8, at[0], luma, width);
  }
}

/* A plane of 16-bit samples. */
ME_VECTORISED static void
read_words_le (const GstMicroexprLumaLayout *layout, const guint8 *const at[3],
    guint8 *restrict luma, int width)
{
  for (int x = 0; x < width; x++)
    luma[x] = (guint8)(word_16 (at[0] + 2 * x, FALSE) >> layout->shift[0]);
}

ME_VECTORISED static void
read_words_be (const GstMicroexprLumaLayout *layout, const guint8 *const at[3],
    guint8 *restrict luma, int width)
{
  for (int x = 0; x < width; x++)
    luma[x] = (guint8)(word_16 (at[0] + 2 * x, TRUE) >> layout->shift[0]);
}

/* 10 bits of 32. */
ME_VECTORISED static void
read_quads (const GstMicroexprLumaLayout *layout, const guint8 *const at[3], guint8 *restrict luma,
    int width)
{
  for (int x = 0; x < width; x++)
    luma[x] = (guint8)(little_endian_32 (at[0] + 4 * x) >> layout->shift[0]);
}

/* Three samples of 10 bits in each 32. */
ME_VECTORISED static void
read_thirds (const GstMicroexprLumaLayout *layout, const guint8 *const at[3], guint8 *restrict luma,
    int width)
{
  (void)layout;
  for (int i = 0; i < width / 3; i++) {
    guint32 word = little_endian_32 (at[0] + 4 * i);
    luma[3 * i] = (guint8)(word >> 2);
    luma[3 * i + 1] = (guint8)(word >> 12);
    luma[3 * i + 2] = (guint8)(word >> 22);
  }
}

/* Twelve samples in four words, every second one luma: U Y V, Y U Y, V Y U, Y V Y. */
ME_VECTORISED static void
read_v210 (const GstMicroexprLumaLayout *layout, const guint8 *const at[3], guint8 *restrict luma,
    int width)
{
  (void)layout;
  for (int i = 0; i < width / 3; i++) {
    guint32 even = little_endian_32 (at[0] + 8 * i), odd = little_endian_32 (at[0] + 8 * i + 4);
    luma[3 * i] = (guint8)(even >> 12);
    luma[3 * i + 1] = (guint8)(odd >> 2);
    luma[3 * i + 2] = (guint8)(odd >> 22);
  }
}

/* ---- red, green, blue ---- */

INLINE void
weigh_every (const int bytes, const guint8 *const at[3], guint8 *restrict luma, int width)
{
  const guint8 *red = at[0], *green = at[1], *blue = at[2];

  for (int x = 0; x < width; x++)
    luma[x] = weigh (red[bytes * x], green[bytes * x], blue[bytes * x]);
}

/* With a single pointer the compiler reads the three together. */
INLINE void
weigh_triples (const int red, const guint8 *first, guint8 *restrict luma, int width)
{
  for (int x = 0; x < width; x++)
    luma[x] = weigh (first[3 * x + red], first[3 * x + 1], first[3 * x + 2 - red]);
}

/* Of red and blue, a is in the lower half of a word and b in the upper. One product has the sum of
 * both times their weights u and v in its upper half: (a + b << 16) (v + u << 16) = a v +
 * (a u + b v) << 16, modulo 2^32. */
INLINE void
weigh_quads (
    const GstMicroexprLumaLayout *layout, const guint8 *px, guint8 *restrict luma, int width)
{
  gboolean red_first = layout->offset[0] < layout->offset[2];
  guint32 weights = red_first ? BLUE | RED << 16 : RED | BLUE << 16;
  int shift = 8 * (MIN (layout->offset[0], layout->offset[2]));

  for (int x = 0; x < width; x++) {
    guint32 samples = little_endian_32 (px + 4 * x) >> shift;
    guint32 sum = (samples & 0xff00ff) * weights + (samples & 0xff00) * (GREEN << 8) + (128 << 16);
    luma[x] = (guint8)(16 + (sum >> 24));
  }
}

/* One byte of each sample. */
ME_VECTORISED static void
read_rgb_bytes (const GstMicroexprLumaLayout *layout, const guint8 *const at[3],
    guint8 *restrict luma, int width)
{
  switch (layout->group_bytes) {
  case 1:
    weigh_every (1, at, luma, width);
    break;
  case 2:
    weigh_every (2, at, luma, width);
    break;
  case 3:
    if (at[0] < at[2])
      weigh_triples (0, at[0], luma, width);
    else
      weigh_triples (2, at[2], luma, width);
    break;
  case 4:
    if (layout->offset[0] + layout->offset[2] == 2 * layout->offset[1])
      weigh_quads (layout, at[0] - layout->offset[0], luma, width);
    else
      weigh_every (4, at, luma, width);
    break;
  default:
    weigh_every (8, at, luma, width);
  }
}

INLINE void
weigh_words (const GstMicroexprLumaLayout *layout, const guint8 *const at[3], guint8 *restrict luma,
    int width, gboolean big_endian)
{
  const guint8 *red = at[0], *green = at[1], *blue = at[2];
  int shift = layout->shift[0];

  for (int x = 0; x < width; x++)
    luma[x] = weigh ((guint8)(word_16 (red + 2 * x, big_endian) >> shift),
        (guint8)(word_16 (green + 2 * x, big_endian) >> shift),
        (guint8)(word_16 (blue + 2 * x, big_endian) >> shift));
}

/* Planes of 16-bit samples. */
ME_VECTORISED static void
read_rgb_words_le (const GstMicroexprLumaLayout *layout, const guint8 *const at[3],
    guint8 *restrict luma, int width)
{
  weigh_words (layout, at, luma, width, FALSE);
}

ME_VECTORISED static void
read_rgb_words_be (const GstMicroexprLumaLayout *layout, const guint8 *const at[3],
    guint8 *restrict luma, int width)
{
  weigh_words (layout, at, luma, width, TRUE);
}

/* 10 bits of each sample in 32. */
ME_VECTORISED static void
read_rgb_quads (const GstMicroexprLumaLayout *layout, const guint8 *const at[3],
    guint8 *restrict luma, int width)
{
  for (int x = 0; x < width; x++) {
    guint32 word = little_endian_32 (at[0] + 4 * x);
    luma[x] = weigh ((guint8)(word >> layout->shift[0]), (guint8)(word >> layout->shift[1]),
        (guint8)(word >> layout->shift[2]));
  }
}

/* ---- which format is read how ---- */

/* Those that GstVideoFormatInfo does not describe, or wrongly. */
static const struct
{
  GstVideoFormat format;
  GstMicroexprLumaLayout layout;
} irregular[] = {
  { GST_VIDEO_FORMAT_Y210, { read_bytes, 1, .offset = { 1 }, .group_px = 1, .group_bytes = 4 } },
  { GST_VIDEO_FORMAT_v216, { read_bytes, 1, .offset = { 3 }, .group_px = 1, .group_bytes = 4 } },
  { GST_VIDEO_FORMAT_Y412_LE, { read_bytes, 1, .offset = { 3 }, .group_px = 1, .group_bytes = 8 } },
  { GST_VIDEO_FORMAT_Y412_BE, { read_bytes, 1, .offset = { 2 }, .group_px = 1, .group_bytes = 8 } },
#if GST_CHECK_VERSION(1, 26, 0)
  { GST_VIDEO_FORMAT_Y416_LE, { read_bytes, 1, .offset = { 3 }, .group_px = 1, .group_bytes = 8 } },
  { GST_VIDEO_FORMAT_Y416_BE, { read_bytes, 1, .offset = { 2 }, .group_px = 1, .group_bytes = 8 } },
#endif
  { GST_VIDEO_FORMAT_Y410, { read_quads, 1, .group_px = 1, .group_bytes = 4, .shift = { 12 } } },
  { GST_VIDEO_FORMAT_v210, { read_v210, 1, .group_px = 3, .group_bytes = 8 } },
  { GST_VIDEO_FORMAT_GRAY10_LE32, { read_thirds, 1, .group_px = 3, .group_bytes = 4 } },
  { GST_VIDEO_FORMAT_NV12_10LE32, { read_thirds, 1, .group_px = 3, .group_bytes = 4 } },
  { GST_VIDEO_FORMAT_NV16_10LE32, { read_thirds, 1, .group_px = 3, .group_bytes = 4 } },
  { GST_VIDEO_FORMAT_RGB10A2_LE,
      { read_rgb_quads, 3, .group_px = 1, .group_bytes = 4, .shift = { 2, 12, 22 } } },
  { GST_VIDEO_FORMAT_BGR10A2_LE,
      { read_rgb_quads, 3, .group_px = 1, .group_bytes = 4, .shift = { 22, 12, 2 } } },
};

/* Whether samples of 8 bits and more are bytes or words at equal distances. */
static gboolean
is_regular (const GstVideoFormatInfo *finfo, int n_samples)
{
  if (GST_VIDEO_FORMAT_INFO_IS_COMPLEX (finfo) || GST_VIDEO_FORMAT_INFO_IS_TILED (finfo) ||
      GST_VIDEO_FORMAT_INFO_HAS_PALETTE (finfo) || GST_VIDEO_FORMAT_INFO_DEPTH (finfo, 0) < 8)
    return FALSE;
  for (int i = 0; i < n_samples; i++)
    if (GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, i) != GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, 0) ||
        GST_VIDEO_FORMAT_INFO_DEPTH (finfo, i) != GST_VIDEO_FORMAT_INFO_DEPTH (finfo, 0))
      return FALSE;
  return TRUE;
}

static gboolean
describe (GstMicroexprLumaLayout *layout, const GstVideoFormatInfo *finfo)
{
  gboolean rgb = GST_VIDEO_FORMAT_INFO_IS_RGB (finfo), le = GST_VIDEO_FORMAT_INFO_IS_LE (finfo);
  int bits = (int)GST_VIDEO_FORMAT_INFO_DEPTH (finfo, 0) + GST_VIDEO_FORMAT_INFO_SHIFT (finfo, 0);
  int bytes = GST_VIDEO_FORMAT_INFO_PSTRIDE (finfo, 0);

  *layout =
      (GstMicroexprLumaLayout){ .n_samples = rgb ? 3 : 1, .group_px = 1, .group_bytes = bytes };
  if (!is_regular (finfo, layout->n_samples))
    return FALSE;
  for (int i = 0; i < layout->n_samples; i++) {
    layout->plane[i] = GST_VIDEO_FORMAT_INFO_PLANE (finfo, i);
    layout->offset[i] = GST_VIDEO_FORMAT_INFO_POFFSET (finfo, i);
    if (bits == 16 && le)
      layout->offset[i]++;
    layout->shift[i] = bits - 8;
  }
  if (bytes < 1 || (bytes > 4 && bytes != 8)) /* no loop for it */
    return FALSE;
  if (bits == 8 || bits == 16)
    layout->read = rgb ? read_rgb_bytes : read_bytes;
  else if (bits > 8 && bytes == 2)
    layout->read =
        rgb ? (le ? read_rgb_words_le : read_rgb_words_be) : (le ? read_words_le : read_words_be);
  return layout->read != NULL;
}

gboolean
gst_microexpr_luma_layout_find (GstMicroexprLumaLayout *layout, const GstVideoFormatInfo *finfo)
{
  for (guint i = 0; i < G_N_ELEMENTS (irregular); i++)
    if (irregular[i].format == GST_VIDEO_FORMAT_INFO_FORMAT (finfo)) {
      *layout = irregular[i].layout;
      return TRUE;
    }
  return describe (layout, finfo);
}

void
gst_microexpr_luma_layout_read (const GstMicroexprLumaLayout *layout, gpointer const *planes,
    const gint *strides, int x, int y, guint8 *luma, int width)
{
  gssize column = (gssize)(x / layout->group_px) * layout->group_bytes;
  const guint8 *at[3];

  for (int i = 0; i < 3; i++) {
    int plane = layout->plane[i];
    at[i] = (const guint8 *)planes[plane] + (gssize)y * strides[plane] + column + layout->offset[i];
  }
  layout->read (layout, at, luma, width);
}
