/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The motion of one face over time, for the timeline. */
#include "motion.h"

#include <math.h>
#include <string.h>

#include "shared/json.h"

#define MOST_BINS (24 * 3600 * GST_SECOND / REVIEW_BIN_NS)
#define MOST_RESIDUALS 10000
#define FEWEST_RESIDUALS 10
#define HOLE_NS (500 * GST_MSECOND) /* a longer one is time in which the face was not seen */

/* The rows of the timeline: the whole face, its noise, and groups of regions. */
typedef enum
{
  ROW_FACE,
  ROW_NOISE,
  ROW_BROWS,
  ROW_EYES,
  ROW_MIDFACE,
  ROW_MOUTH,
  N_ROWS
} Row;

static const char *const rows[N_ROWS] = { "face", "noise", "brows", "eyes", "midface", "mouth" };

/* The row of each region of face-data=regions; grouped as in src/spotting/regions.c. */
static const struct
{
  const char *region;
  Row row;
} groups[] = {
  { "inner-brow", ROW_BROWS },
  { "mid-brow", ROW_BROWS },
  { "outer-brow", ROW_BROWS },
  { "forehead", ROW_BROWS },
  { "glabella", ROW_BROWS },
  { "upper-lid", ROW_EYES },
  { "lower-lid", ROW_EYES },
  { "eye-corner", ROW_EYES },
  { "crows-foot", ROW_EYES },
  { "infraorbital", ROW_EYES },
  { "cheek", ROW_MIDFACE },
  { "nose-bridge", ROW_MIDFACE },
  { "nose-tip", ROW_MIDFACE },
  { "ala", ROW_MIDFACE },
  { "nasolabial", ROW_MIDFACE },
  { "upper-lip", ROW_MOUTH },
  { "lip-corner", ROW_MOUTH },
  { "lower-lip", ROW_MOUTH },
  { "chin", ROW_MOUTH },
};

/* Frames in a row in which a unit moves tell its noise: how far a strength lies from the mean of
 * its neighbours, which a smooth course hardly changes (Gasser, Sroka & Jennen-Steinmetz 1986,
 * Biometrika 73, 625-633). The median of these residuals ignores the few frames in which it does.
 */
typedef struct
{
  GByteArray *bins;
  double before[2];  /* strengths in the newest two frames, the newest first */
  guint n_before;    /* how many of them are of consecutive frames */
  guint frame;       /* the newest one in which it moved */
  double noise;      /* of the face in it */
  GArray *residuals; /* double: as shares of the face's noise; the first MOST_RESIDUALS */
} Unit;

struct _ReviewMotion
{
  guint face;
  guint64 first_ns, last_ns, seen_ns;
  guint64 first_bin;
  GByteArray *bins[N_ROWS];
  GHashTable *units; /* name -> Unit */
  guint n_frames;
  guint64 first_box;
  GArray *boxes; /* Box */
};

/* px; all 0: not seen. */
typedef struct
{
  guint16 x, y, width, height;
} Box;

static void
free_unit (gpointer data)
{
  Unit *unit = data;

  g_byte_array_unref (unit->bins);
  g_array_unref (unit->residuals);
  g_free (unit);
}

ReviewMotion *
review_motion_new (guint face)
{
  ReviewMotion *motion = g_new0 (ReviewMotion, 1);

  motion->face = face;
  motion->first_ns = GST_CLOCK_TIME_NONE;
  for (guint row = 0; row < N_ROWS; row++)
    motion->bins[row] = g_byte_array_new ();
  motion->units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_unit);
  motion->boxes = g_array_new (FALSE, TRUE, sizeof (Box));
  return motion;
}

void
review_motion_free (ReviewMotion *motion)
{
  for (guint row = 0; row < N_ROWS; row++)
    g_byte_array_unref (motion->bins[row]);
  g_hash_table_unref (motion->units);
  g_array_unref (motion->boxes);
  g_free (motion);
}

/* N_ROWS: no row. */
static Row
find_row (const char *region)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_str_equal (groups[i].region, region))
      return groups[i].row;
  return N_ROWS;
}

/* % IPD of each row in this frame. */
static void
measure (const GstStructure *face, double values[N_ROWS])
{
  const GValue *list = gst_structure_get_value (face, "regions");
  guint n = list ? gst_value_list_get_size (list) : 0;

  memset (values, 0, N_ROWS * sizeof *values);
  gst_structure_get (face, "motion", G_TYPE_DOUBLE, &values[ROW_FACE], "noise", G_TYPE_DOUBLE,
      &values[ROW_NOISE], NULL);
  for (guint i = 0; i < n; i++) {
    const GstStructure *region = gst_value_get_structure (gst_value_list_get_value (list, i));
    Row row = find_row (gst_structure_get_string (region, "name"));
    double dx = 0, dy = 0;

    gst_structure_get (region, "dx", G_TYPE_DOUBLE, &dx, "dy", G_TYPE_DOUBLE, &dy, NULL);
    if (row < N_ROWS)
      values[row] = MAX (values[row], hypot (dx, dy));
  }
}

/* Timestamps of a damaged recording may jump by years: drop what is more than a day later. */
static void
raise_bins (GByteArray *bins, guint64 from, guint64 to, double value)
{
  guint8 byte = (guint8)round (255 * sqrt (fmin (fmax (value / REVIEW_MOST_MOTION, 0), 1)));
  guint old = bins->len;

  if (to >= MOST_BINS)
    return;
  if (to >= old) {
    g_byte_array_set_size (bins, (guint)to + 1);
    memset (bins->data + old, 0, bins->len - old);
  }
  for (guint64 bin = from; bin <= to; bin++)
    bins->data[bin] = MAX (bins->data[bin], byte);
}

static Unit *
find_unit (ReviewMotion *motion, const char *name)
{
  Unit *unit = g_hash_table_lookup (motion->units, name);

  if (!unit) {
    unit = g_new0 (Unit, 1);
    unit->bins = g_byte_array_new ();
    unit->residuals = g_array_new (FALSE, FALSE, sizeof (double));
    g_hash_table_insert (motion->units, g_strdup (name), unit);
  }
  return unit;
}

/* noise: of the face in this frame, % IPD. */
static void
note_residual (Unit *unit, guint frame, double strength, double noise)
{
  if (unit->frame + 1 != frame)
    unit->n_before = 0;
  if (unit->n_before == 2 && unit->noise > 0 && unit->residuals->len < MOST_RESIDUALS) {
    double residual = fabs (unit->before[0] - (unit->before[1] + strength) / 2) / unit->noise;

    g_array_append_val (unit->residuals, residual);
  }
  unit->before[1] = unit->before[0];
  unit->before[0] = strength;
  unit->n_before = MIN (unit->n_before + 1, 2);
  unit->frame = frame;
  unit->noise = noise;
}

static void
raise_units (ReviewMotion *motion, guint64 from, guint64 to, double noise, const GstStructure *face)
{
  const GValue *value = gst_structure_get_value (face, "units");
  const GstStructure *units = value ? gst_value_get_structure (value) : NULL;
  int n = units ? gst_structure_n_fields (units) : 0;

  for (int i = 0; i < n; i++) {
    const char *name = gst_structure_nth_field_name (units, (guint)i);
    double strength = 0;

    if (gst_structure_get_double (units, name, &strength) && strength > 0) {
      Unit *unit = find_unit (motion, name);

      raise_bins (unit->bins, from, to, strength);
      note_residual (unit, motion->n_frames, strength, noise);
    }
  }
}

static guint16
to_16_bits (const GstStructure *face, const char *field)
{
  guint px = 0;

  gst_structure_get_uint (face, field, &px);
  return (guint16)MIN (px, G_MAXUINT16);
}

/* The first box in each step of time stays. */
static void
note_box (ReviewMotion *motion, guint64 time_ns, const GstStructure *face)
{
  guint64 at = time_ns / REVIEW_BOX_NS;
  Box *box;

  if (motion->boxes->len == 0)
    motion->first_box = at;
  at -= motion->first_box;
  if (at >= MOST_BINS * REVIEW_BIN_NS / REVIEW_BOX_NS)
    return;
  if (at >= motion->boxes->len)
    g_array_set_size (motion->boxes, (guint)at + 1);
  box = &g_array_index (motion->boxes, Box, at);
  if (box->width == 0)
    *box = (Box){ to_16_bits (face, "x"), to_16_bits (face, "y"), to_16_bits (face, "width"),
      to_16_bits (face, "height") };
}

/* Fills the bin in which the frame begins and those that begin during it. */
void
review_motion_push (
    ReviewMotion *motion, guint64 time_ns, guint64 frame_ns, const GstStructure *face)
{
  double values[N_ROWS];
  guint64 from, to;

  if (motion->first_ns == GST_CLOCK_TIME_NONE) {
    motion->first_ns = motion->last_ns = time_ns;
    motion->first_bin = time_ns / REVIEW_BIN_NS;
  }
  if (time_ns - motion->last_ns < HOLE_NS)
    motion->seen_ns += time_ns - motion->last_ns;
  motion->last_ns = time_ns;
  from = time_ns / REVIEW_BIN_NS - motion->first_bin;
  to = (time_ns + MAX (frame_ns, 1) - 1) / REVIEW_BIN_NS - motion->first_bin;
  measure (face, values);
  for (guint row = 0; row < N_ROWS; row++)
    raise_bins (motion->bins[row], from, to, values[row]);
  motion->n_frames++;
  raise_units (motion, from, to, values[ROW_NOISE], face);
  note_box (motion, time_ns, face);
}

guint64
review_motion_seen_ns (const ReviewMotion *motion)
{
  return motion->seen_ns;
}

static void
write_bytes (JsonBuilder *json, const char *name, const guint8 *bytes, gsize n)
{
  char *text = g_base64_encode (bytes, n);

  app_json_string (json, name, text);
  g_free (text);
}

/* Most units do not move most of the time. */
static GByteArray *
shorten_zeros (const GByteArray *bins)
{
  GByteArray *out = g_byte_array_new ();

  for (guint i = 0; i < bins->len;) {
    guint n = 0;

    while (i + n < bins->len && bins->data[i + n] == 0)
      n++;
    g_byte_array_append (out, &bins->data[i], 1);
    i += MAX (n, 1);
    if (n == 0)
      continue;
    for (; n >= 0x80; n >>= 7)
      g_byte_array_append (out, &(guint8){ (guint8)(n & 0x7f) | 0x80 }, 1);
    g_byte_array_append (out, &(guint8){ (guint8)n }, 1);
  }
  return out;
}

static gint
by_value (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

/* The standard deviation of a strength, as a share of the face's noise. Of normal errors, residuals
 * have 3/2 of their variance, and the median size is .6745 of a standard deviation. */
static double
unit_noise (GArray *residuals)
{
  g_array_sort (residuals, by_value);
  return g_array_index (residuals, double, residuals->len / 2) / (0.6745 * sqrt (1.5));
}

/* Units that moved too briefly have that of all units together. */
static void
write_unit_noise (const ReviewMotion *motion, GList *names, JsonBuilder *json)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (double));

  for (GList *l = names; l; l = l->next) {
    const Unit *unit = g_hash_table_lookup (motion->units, l->data);

    g_array_append_vals (all, unit->residuals->data, unit->residuals->len);
  }
  app_json_begin_object (json, "unit-noise");
  for (GList *l = names; l && all->len >= FEWEST_RESIDUALS; l = l->next) {
    const Unit *unit = g_hash_table_lookup (motion->units, l->data);
    gboolean enough = unit->residuals->len >= FEWEST_RESIDUALS;

    app_json_rounded (json, l->data, unit_noise (enough ? unit->residuals : all));
  }
  json_builder_end_object (json);
  g_array_unref (all);
}

static void
write_units (const ReviewMotion *motion, JsonBuilder *json)
{
  GList *names = g_list_sort (g_hash_table_get_keys (motion->units), (GCompareFunc)g_strcmp0);

  app_json_begin_object (json, "units");
  for (GList *l = names; l; l = l->next) {
    const Unit *unit = g_hash_table_lookup (motion->units, l->data);
    GByteArray *bytes = shorten_zeros (unit->bins);

    write_bytes (json, l->data, bytes->data, bytes->len);
    g_byte_array_unref (bytes);
  }
  json_builder_end_object (json);
  write_unit_noise (motion, names, json);
  g_list_free (names);
}

static void
write_boxes (const ReviewMotion *motion, JsonBuilder *json)
{
  GByteArray *bytes = g_byte_array_new ();

  for (guint i = 0; i < motion->boxes->len; i++) {
    const Box *box = &g_array_index (motion->boxes, Box, i);
    const guint16 words[] = { GUINT16_TO_LE (box->x), GUINT16_TO_LE (box->y),
      GUINT16_TO_LE (box->width), GUINT16_TO_LE (box->height) };

    g_byte_array_append (bytes, (const guint8 *)words, sizeof words);
  }
  app_json_int (json, "first-box", motion->first_box);
  write_bytes (json, "boxes", bytes->data, bytes->len);
  g_byte_array_unref (bytes);
}

void
review_motion_write (const ReviewMotion *motion, JsonBuilder *json)
{
  json_builder_begin_object (json);
  app_json_int (json, "id", motion->face);
  app_json_int (json, "first", motion->first_ns);
  app_json_int (json, "last", motion->last_ns);
  app_json_int (json, "seen", motion->seen_ns);
  app_json_int (json, "bin", motion->first_bin);
  for (guint row = 0; row < N_ROWS; row++)
    write_bytes (json, rows[row], motion->bins[row]->data, motion->bins[row]->len);
  write_units (motion, json);
  write_boxes (motion, json);
  json_builder_end_object (json);
}

void
review_motion_write_legend (JsonBuilder *json)
{
  json_builder_begin_object (json);
  app_json_int (json, "bin-ns", REVIEW_BIN_NS);
  app_json_int (json, "box-ns", REVIEW_BOX_NS);
  app_json_double (json, "most", REVIEW_MOST_MOTION);
  json_builder_end_object (json);
}
