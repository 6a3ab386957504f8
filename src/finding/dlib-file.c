/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* dlib writes an integer as one byte with its sign and length, then its bytes; a floating-point
 * number as two integers, mantissa and exponent; an array as its length and its items
 * (dlib/serialize.h, dlib/image_processing/shape_predictor.h). */
#include "dlib-file.h"

#include <math.h>

#define SIGN 0x80               /* in the first byte of an integer */
#define LENGTH 0x7f             /* the other bits: how many bytes follow */
#define MOST_BYTES (512u << 20) /* dlib's 68-point model has 96 MB */
#define MOST_STAGES 1000
#define MOST_TREES 100000  /* in a stage */
#define MOST_SPLITS 65535  /* in a tree */
#define MOST_PIXELS 65536  /* that the trees of a stage compare */
#define MOST 1e6           /* magnitude of any number */
#define MOST_EXPONENT 1000 /* dlib uses larger ones for infinity and NaN */
#define LEAST_SPREAD 1e-4  /* of the points, in box sizes: dlib divides by it */

typedef struct
{
  const guint8 *data;
  gsize size, at;
  const char *problem; /* the first one found, or NULL */
} Reader;

typedef struct
{
  guint64 n_pixels; /* that the stage has */
  guint64 highest;  /* index that its trees compare, plus 1 */
} Stage;

static gboolean
refuse (Reader *r, const char *problem)
{
  if (!r->problem)
    r->problem = problem;
  return FALSE;
}

/* most_bytes: size of the type that dlib reads it into. */
static gboolean
read_int (Reader *r, guint most_bytes, gint64 *value)
{
  guint n, control = r->at < r->size ? r->data[r->at++] : 0;
  guint64 magnitude = 0;

  n = control & LENGTH;
  if (n < 1 || n > most_bytes || n > r->size - r->at)
    return refuse (r, n > 0 && n <= most_bytes ? "it is cut short" : "it is none of dlib's");
  while (n-- > 0)
    magnitude = magnitude << 8 | r->data[r->at + n];
  r->at += control & LENGTH;
  if (magnitude > G_MAXINT64)
    return refuse (r, "it is none of dlib's");
  *value = control & SIGN ? -(gint64)magnitude : (gint64)magnitude;
  return TRUE;
}

/* From 0 to most. dlib rejects a sign here, even on 0. */
static gboolean
read_index (Reader *r, guint64 most, guint64 *index)
{
  gboolean negative = r->at < r->size && (r->data[r->at] & SIGN) != 0;
  gint64 value;

  if (!read_int (r, 8, &value))
    return FALSE;
  if (negative || (guint64)value > most)
    return refuse (r, "a size or an index in it is impossible");
  *index = (guint64)value;
  return TRUE;
}

static gboolean
read_number (Reader *r, double *number)
{
  gint64 mantissa, exponent;

  if (!read_int (r, 8, &mantissa) || !read_int (r, 2, &exponent))
    return FALSE;
  *number = ldexp ((double)mantissa, (int)CLAMP (exponent, -MOST_EXPONENT, MOST_EXPONENT));
  return (exponent <= MOST_EXPONENT && fabs (*number) < MOST) ||
         refuse (r, "a number in it is impossible");
}

static gboolean
read_numbers (Reader *r, guint64 n)
{
  double number;

  while (n-- > 0)
    if (!read_number (r, &number))
      return FALSE;
  return TRUE;
}

/* Rows and columns: newer versions of dlib write both as negative numbers. */
static gboolean
begin_shape (Reader *r, guint n_points)
{
  gint64 rows, columns;

  if (!read_int (r, 8, &rows) || !read_int (r, 8, &columns))
    return FALSE;
  return (ABS (columns) == 1 && rows == columns * 2 * (gint64)n_points) ||
         refuse (r, "it has another number of points");
}

static gboolean
read_first_shape (Reader *r, guint n_points)
{
  double low[2] = { MOST, MOST }, high[2] = { -MOST, -MOST }, number;

  if (!begin_shape (r, n_points))
    return FALSE;
  for (guint i = 0; i < 2 * n_points; i++) {
    if (!read_number (r, &number))
      return FALSE;
    low[i % 2] = MIN (low[i % 2], number);
    high[i % 2] = MAX (high[i % 2], number);
  }
  return MAX (high[0] - low[0], high[1] - low[1]) > LEAST_SPREAD ||
         refuse (r, "its points are all the same");
}

static gboolean
read_split (Reader *r, Stage *stage)
{
  double threshold;

  for (int side = 0; side < 2; side++) {
    guint64 pixel;
    if (!read_index (r, MOST_PIXELS - 1, &pixel))
      return FALSE;
    stage->highest = MAX (stage->highest, pixel + 1);
  }
  return read_number (r, &threshold);
}

/* A perfect binary tree: dlib finds its leaves without checking their number. */
static gboolean
read_tree (Reader *r, guint n_points, Stage *stage)
{
  guint64 n_splits, n_leaves;

  if (!read_index (r, MOST_SPLITS, &n_splits))
    return FALSE;
  for (guint64 i = 0; i < n_splits; i++)
    if (!read_split (r, stage))
      return FALSE;
  if (!read_index (r, MOST_SPLITS + 1, &n_leaves))
    return FALSE;
  if (n_leaves != n_splits + 1 || (n_leaves & n_splits) != 0)
    return refuse (r, "a tree in it is not full");
  for (guint64 i = 0; i < n_leaves; i++)
    if (!begin_shape (r, n_points) || !read_numbers (r, 2 * n_points))
      return FALSE;
  return TRUE;
}

static gboolean
read_forest (Reader *r, guint n_points, Stage *stage)
{
  guint64 n_trees;

  if (!read_index (r, MOST_TREES, &n_trees))
    return FALSE;
  for (guint64 i = 0; i < n_trees; i++)
    if (!read_tree (r, n_points, stage))
      return FALSE;
  return TRUE;
}

/* The point that each pixel is relative to. */
static gboolean
read_anchors (Reader *r, guint n_points, Stage *stage)
{
  guint64 point;

  if (!read_index (r, MOST_PIXELS, &stage->n_pixels))
    return FALSE;
  for (guint64 i = 0; i < stage->n_pixels; i++)
    if (!read_index (r, n_points - 1, &point))
      return FALSE;
  return stage->highest <= stage->n_pixels || refuse (r, "an index in it is impossible");
}

/* The offset of each pixel from its point. */
static gboolean
read_deltas (Reader *r, guint n_points G_GNUC_UNUSED, Stage *stage)
{
  guint64 n;

  if (!read_index (r, MOST_PIXELS, &n))
    return FALSE;
  return n == stage->n_pixels ? read_numbers (r, 2 * n) : refuse (r, "its arrays do not match");
}

/* The length of an array that must be as long as the one before it. */
static gboolean
read_same_length (Reader *r, guint64 n)
{
  guint64 length;

  return read_index (r, MOST_STAGES, &length) &&
         (length == n || refuse (r, "its arrays do not match"));
}

static gboolean
read_each (Reader *r, guint n_points, Stage *stages, guint64 n,
    gboolean (*read) (Reader *, guint, Stage *))
{
  for (guint64 i = 0; i < n; i++)
    if (!read (r, n_points, &stages[i]))
      return FALSE;
  return TRUE;
}

static gboolean
read_model (Reader *r, guint n_points)
{
  Stage stages[MOST_STAGES] = { { 0, 0 } };
  gint64 version;
  guint64 n;

  if (!read_int (r, 4, &version))
    return FALSE;
  if (version != 1)
    return refuse (r, "it is of another version of dlib");
  return read_first_shape (r, n_points) && read_index (r, MOST_STAGES, &n) &&
         read_each (r, n_points, stages, n, read_forest) && read_same_length (r, n) &&
         read_each (r, n_points, stages, n, read_anchors) && read_same_length (r, n) &&
         read_each (r, n_points, stages, n, read_deltas) &&
         (r->at == r->size || refuse (r, "something comes after its end"));
}

const char *
me_dlib_file_problem (const guint8 *data, gsize size, guint n_points)
{
  Reader r = { data, size, 0, NULL };

  if (size > MOST_BYTES)
    return "it is too large for one";
  read_model (&r, n_points);
  return r.problem;
}
