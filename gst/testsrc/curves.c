/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "curves.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#define LARGEST_TEXT (512 << 20) /* bytes: over ten hours of 60 rows a second */
#define LARGEST_WEIGHT 1.5       /* the app exceeds 1 a little */
#define SECOND_NS 1e9
#define HOUR_S 3600

/* The blend shapes that move a unit. percent: strength at weight 1, % IPD; of AU45 the closure. It
 * is how far the shape of that name of ICT-FaceKit moves a landmark (cheekSquint: the skin of the
 * cheek), except for the jaw, see docs/microexprtestsrc.md. */
static const struct
{
  const char *shape;
  gboolean paired; /* two columns: ...Left, ...Right */
  MeAu au;
  double percent;
} shapes[] = {
  { "BrowInnerUp", FALSE, ME_AU1, 8 },
  { "BrowOuterUp", TRUE, ME_AU2, 12 },
  { "BrowDown", TRUE, ME_AU4, 9 },
  { "EyeWide", TRUE, ME_AU5, 4.5 },
  { "CheekSquint", TRUE, ME_AU6, 8.5 },
  { "EyeSquint", TRUE, ME_AU7, 3.5 },
  { "NoseSneer", TRUE, ME_AU9, 13.5 },
  { "MouthUpperUp", TRUE, ME_AU10, 13 },
  { "MouthSmile", TRUE, ME_AU12, 19.5 },
  { "MouthDimple", TRUE, ME_AU14, 7 },
  { "MouthFrown", TRUE, ME_AU15, 7.5 },
  { "MouthShrugLower", FALSE, ME_AU17, 11.5 },
  { "MouthStretch", TRUE, ME_AU20, 11.5 },
  { "MouthPress", TRUE, ME_AU24, 4.5 },
  { "MouthLowerDown", TRUE, ME_AU25, 6.5 },
  { "JawOpen", FALSE, ME_AU26, 20 },
  { "EyeBlink", TRUE, ME_AU45, 1 },
};

#define N_SHAPES G_N_ELEMENTS (shapes)
#define TIMECODE "Timecode"

/* Where a timecode HH:MM:SS:FF.FFF lies; the rate of its frames is known at the end of the file. */
typedef struct
{
  double second, frame;
  guint line; /* of the file, from 1 */
} Timecode;

/* A file while it is read. */
typedef struct
{
  guint line, n_columns;
  guint timecode, left[N_SHAPES], right[N_SHAPES]; /* columns */
  GArray *timecodes;                               /* Timecode, one a row */
  GArray *rows;
} Reader;

static gboolean
fail (GError **error, guint line, const char *column, const char *what)
{
  if (column)
    g_set_error (
        error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "line %u, column %s: %s", line, column, what);
  else
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "line %u: %s", line, what);
  return FALSE;
}

static gboolean
find_column (char **header, const char *shape, const char *side, guint *column, GError **error)
{
  g_autofree char *name = g_strconcat (shape, side, NULL);

  for (*column = 0; header[*column]; (*column)++) {
    if (g_ascii_strcasecmp (g_strstrip (header[*column]), name) == 0)
      return TRUE;
  }
  return fail (error, 1, name, "is missing");
}

static gboolean
read_header (Reader *r, const char *line, GError **error)
{
  g_auto (GStrv) header = g_strsplit (line, ",", -1);

  r->n_columns = g_strv_length (header);
  if (!find_column (header, TIMECODE, "", &r->timecode, error))
    return FALSE;
  for (guint i = 0; i < N_SHAPES; i++) {
    const char *left = shapes[i].paired ? "Left" : "", *right = shapes[i].paired ? "Right" : "";

    if (!find_column (header, shapes[i].shape, left, &r->left[i], error) ||
        !find_column (header, shapes[i].shape, right, &r->right[i], error))
      return FALSE;
  }
  return TRUE;
}

/* A decimal number from 0 to `most` up to `end`; NAN: it is none. */
static double
read_number (const char *text, char end, double most, const char **rest)
{
  char *stop;
  double number = g_ascii_strtod (text, &stop);

  *rest = stop + 1;
  return stop > text && *stop == end && number >= 0 && number <= most ? number : NAN;
}

static gboolean
read_timecode (Reader *r, const char *text, GError **error)
{
  static const struct
  {
    char end;
    double most, seconds;
  } parts[] = { { ':', 23, HOUR_S }, { ':', 59, 60 }, { ':', 59, 1 } };
  Timecode timecode = { .line = r->line };
  double number = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts) && !isnan (number); i++) {
    number = read_number (text, parts[i].end, parts[i].most, &text);
    timecode.second += number * parts[i].seconds;
  }
  if (!isnan (number))
    timecode.frame = number = read_number (text, '\0', 120, &text);
  if (isnan (number))
    return fail (error, r->line, TIMECODE, "is not like 13:04:31:12.652");
  g_array_append_val (r->timecodes, timecode);
  return TRUE;
}

static gboolean
read_weight (
    const Reader *r, guint shape, guint column, char **fields, float *value, GError **error)
{
  g_autofree char *name = NULL;
  const char *rest;
  double weight = read_number (g_strstrip (fields[column]), '\0', LARGEST_WEIGHT, &rest);

  if (isnan (weight)) {
    name = g_strconcat (shapes[shape].shape,
        !shapes[shape].paired      ? ""
        : column == r->left[shape] ? "Left"
                                   : "Right",
        NULL);
    return fail (error, r->line, name, "is no weight from 0 to 1.5");
  }
  *value = (float)(weight * shapes[shape].percent);
  return TRUE;
}

static gboolean
read_row (Reader *r, const char *line, GError **error)
{
  g_auto (GStrv) fields = g_strsplit (line, ",", -1);
  GstMicroexprTestCurveRow row = { 0 };

  if (g_strv_length (fields) != r->n_columns) {
    g_autofree char *what =
        g_strdup_printf ("has %u columns, the first line %u", g_strv_length (fields), r->n_columns);
    return fail (error, r->line, NULL, what);
  }
  if (!read_timecode (r, g_strstrip (fields[r->timecode]), error))
    return FALSE;
  for (guint i = 0; i < N_SHAPES; i++) {
    MeAu au = shapes[i].au;

    if (!read_weight (r, i, r->left[i], fields, &row.left[au], error) ||
        !read_weight (r, i, r->right[i], fields, &row.right[au], error))
      return FALSE;
    if (!me_au_is_sided (au))
      row.left[au] = row.right[au] = (row.left[au] + row.right[au]) / 2;
  }
  row.left[ME_AU45] = MIN (row.left[ME_AU45], 1);
  row.right[ME_AU45] = MIN (row.right[ME_AU45], 1);
  g_array_append_val (r->rows, row);
  return TRUE;
}

/* The smallest usual rate that has a frame of every number in the file. */
static double
frame_rate (const GArray *timecodes)
{
  static const double rates[] = { 24, 25, 30, 48, 50, 60, 120 };
  double largest = 0;
  guint i = 0;

  for (guint k = 0; k < timecodes->len; k++)
    largest = MAX (largest, g_array_index (timecodes, Timecode, k).frame);
  while (i + 1 < G_N_ELEMENTS (rates) && rates[i] <= largest)
    i++;
  return rates[i];
}

static gboolean
place_rows (Reader *r, GError **error)
{
  double rate = frame_rate (r->timecodes), first = 0, before = 0;

  for (guint i = 0; i < r->rows->len; i++) {
    const Timecode *timecode = &g_array_index (r->timecodes, Timecode, i);
    GstMicroexprTestCurveRow *row = &g_array_index (r->rows, GstMicroexprTestCurveRow, i);
    double time = timecode->second + timecode->frame / rate;

    if (i == 0)
      first = before = time;
    if (time < before - 12 * HOUR_S) /* past midnight */
      time += 24 * HOUR_S;
    row->time_ns = time > first ? (guint64)llrint ((time - first) * SECOND_NS) : 0;
    if (i > 0 && row->time_ns <= row[-1].time_ns)
      return fail (error, timecode->line, TIMECODE, "is not after that of the row before");
    before = time;
  }
  return TRUE;
}

/* Calls for each line that is not blank. text: is cut into its lines. */
static gboolean
read_lines (Reader *r, char *text, GError **error)
{
  for (char *line = text, *next; line; line = next) {
    next = strchr (line, '\n');
    if (next)
      *next++ = '\0';
    r->line++;
    g_strchomp (line);
    if (r->line == 1 ? !read_header (r, line, error) : *line && !read_row (r, line, error))
      return FALSE;
  }
  if (r->rows->len < 2)
    return fail (error, r->line, NULL, "the file ends before its second row");
  return place_rows (r, error);
}

static GArray *
read_text (char *text, GError **error)
{
  Reader r = { .timecodes = g_array_new (FALSE, FALSE, sizeof (Timecode)),
    .rows = g_array_new (FALSE, FALSE, sizeof (GstMicroexprTestCurveRow)) };
  gboolean good = read_lines (&r, text, error);

  g_array_unref (r.timecodes);
  if (!good)
    g_clear_pointer (&r.rows, g_array_unref);
  return r.rows;
}

/* Appends what the stream holds. FALSE and `error`: it is damaged, or too much. */
static gboolean
read_stream (GInputStream *stream, GString *text, GError **error)
{
  char part[1 << 14];
  gssize n;

  while ((n = g_input_stream_read (stream, part, sizeof part, NULL, error)) > 0) {
    if (text->len > LARGEST_TEXT) {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "it is too large");
      return FALSE;
    }
    g_string_append_len (text, part, n);
  }
  return n == 0;
}

GArray *
gst_microexpr_test_curves_read (const void *data, gsize size, GError **error)
{
  static const guint8 gzip[] = { 0x1f, 0x8b };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize)size, NULL);
  GString *text = g_string_new (NULL);
  GArray *rows = NULL;

  if (size >= sizeof gzip && memcmp (data, gzip, sizeof gzip) == 0) {
    g_autoptr (GZlibDecompressor) decompressor =
        g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
    GInputStream *plain = g_converter_input_stream_new (stream, G_CONVERTER (decompressor));

    g_object_unref (stream);
    stream = plain;
  }
  if (read_stream (stream, text, error))
    rows = read_text (text->str, error);
  g_string_free (text, TRUE);
  return rows;
}

GArray *
gst_microexpr_test_curves_load (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, error);
  gsize size;
  const void *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;

  return bytes ? gst_microexpr_test_curves_read (data, size, error) : NULL;
}

/* The last row at or before a time. */
static guint
row_at (const GArray *rows, guint64 time_ns)
{
  guint low = 0, high = rows->len;

  while (high - low > 1) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (rows, GstMicroexprTestCurveRow, middle).time_ns <= time_ns)
      low = middle;
    else
      high = middle;
  }
  return low;
}

void
gst_microexpr_test_curves_at (const GArray *rows, guint64 time_ns, GstMicroexprTestCurveRow *now)
{
  guint i = row_at (rows, time_ns);
  const GstMicroexprTestCurveRow *a = &g_array_index (rows, GstMicroexprTestCurveRow, i);
  const GstMicroexprTestCurveRow *b = i + 1 < rows->len ? a + 1 : a;
  float part = b == a ? 0 : (float)(time_ns - a->time_ns) / (float)(b->time_ns - a->time_ns);

  now->time_ns = time_ns;
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    now->left[au] = a->left[au] + part * (b->left[au] - a->left[au]);
    now->right[au] = a->right[au] + part * (b->right[au] - a->right[au]);
  }
}
