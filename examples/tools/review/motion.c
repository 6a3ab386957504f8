/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The motion of one face over time, for the timeline. */
#include "motion.h"

#include <math.h>
#include <string.h>

#include "shared/json.h"

#define MOST_BINS (24 * 3600 * GST_SECOND / REVIEW_BIN_NS)
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

struct _ReviewMotion
{
  guint face;
  guint64 first_ns, last_ns, seen_ns;
  guint64 first_bin;
  GByteArray *bins[N_ROWS];
};

ReviewMotion *
review_motion_new (guint face)
{
  ReviewMotion *motion = g_new0 (ReviewMotion, 1);

  motion->face = face;
  motion->first_ns = GST_CLOCK_TIME_NONE;
  for (guint row = 0; row < N_ROWS; row++)
    motion->bins[row] = g_byte_array_new ();
  return motion;
}

void
review_motion_free (ReviewMotion *motion)
{
  for (guint row = 0; row < N_ROWS; row++)
    g_byte_array_unref (motion->bins[row]);
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
}

guint64
review_motion_seen_ns (const ReviewMotion *motion)
{
  return motion->seen_ns;
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
  for (guint row = 0; row < N_ROWS; row++) {
    char *text = g_base64_encode (motion->bins[row]->data, motion->bins[row]->len);

    app_json_string (json, rows[row], text);
    g_free (text);
  }
  json_builder_end_object (json);
}

void
review_motion_write_legend (JsonBuilder *json)
{
  json_builder_begin_object (json);
  app_json_int (json, "bin-ns", REVIEW_BIN_NS);
  app_json_double (json, "most", REVIEW_MOST_MOTION);
  json_builder_end_object (json);
}
