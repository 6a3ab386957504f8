/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each unit has a course: the strength of its stronger side. It moves when the course rises by a
 * least height above its resting level, which is the lowest since the movement before, and has
 * ended when half of that height is lost. Units that move together are one movement. */
#include "movements.h"

#include "common/curve.h"
#include "curves.h"

#define LEAST_HEIGHT 3.0f  /* % IPD: the micro-expression of a script without a strength */
#define LEAST_CLOSURE 0.3f /* above the resting level of the lids... */
#define CLOSED 0.7f     /* ...to this at the apex, or only briefly: else it is a glance downwards */
#define RISE_AGAIN 0.1f /* of the fall: a flank ends where the course rises by that */
#define TOGETHER 0.5    /* intersection over union, as reports are matched with truth */
#define SHORT_NS (500 * G_GUINT64_CONSTANT (1000000)) /* longest micro and incomplete blink */

/* One unit over time. */
typedef struct
{
  const GArray *rows;
  float *value; /* one a row: % IPD; closure of the lids */
} Course;

/* A unit that rises from its resting level and falls. Rows. */
typedef struct
{
  guint rest, apex, end;
} Peak;

/* A movement of one unit. */
typedef struct
{
  GstMicroexprTestMovement movement;
  float height;
} Excursion;

static double
time_at (const Course *course, guint row)
{
  return (double)g_array_index (course->rows, GstMicroexprTestCurveRow, row).time_ns;
}

static void
fill_course (Course *course, MeAu au)
{
  for (guint i = 0; i < course->rows->len; i++) {
    const GstMicroexprTestCurveRow *row =
        &g_array_index (course->rows, GstMicroexprTestCurveRow, i);

    course->value[i] = MAX (row->left[au], row->right[au]);
  }
}

/* The next peak from the row `from` on. FALSE: none that ends. */
static gboolean
find_peak (const Course *course, guint from, float least, Peak *peak)
{
  const float *v = course->value;
  gboolean risen = FALSE;

  peak->rest = from;
  for (guint i = from; i < course->rows->len; i++) {
    if (!risen && v[i] < v[peak->rest])
      peak->rest = i;
    if (!risen && v[i] - v[peak->rest] >= least) {
      risen = TRUE;
      peak->apex = i;
    }
    if (risen && v[i] > v[peak->apex])
      peak->apex = i;
    if (risen && v[i] <= (v[peak->apex] + v[peak->rest]) / 2) {
      peak->end = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* The lowest row after an end, before the course rises by `least` again. */
static guint
find_rest (const Course *course, guint end, float least)
{
  const float *v = course->value;
  guint rest = end;

  for (guint i = end; i < course->rows->len && v[i] - v[rest] < least; i++) {
    if (v[i] < v[rest])
      rest = i;
  }
  return rest;
}

/* From the apex towards `limit`, to the lowest row before the course rises again. */
static guint
find_valley (const Course *course, guint apex, guint limit)
{
  const float *v = course->value;
  int step = limit < apex ? -1 : 1;
  guint valley = apex;

  for (guint i = apex; i != limit; i += step) {
    guint next = i + step;

    if (v[next] < v[valley])
      valley = next;
    else if (v[valley] < (v[apex] + v[limit]) / 2 &&
             v[next] - v[valley] > RISE_AGAIN * (v[apex] - v[valley]))
      break;
  }
  return valley;
}

/* Time at which the course falls below a level, from the apex to the valley. */
static double
crossing (const Course *course, guint apex, guint valley, float level)
{
  int step = valley < apex ? -1 : 1;
  const float *v = course->value;
  guint i = apex;

  while (i != valley && v[i] > level)
    i += step;
  if (i == apex)
    return time_at (course, i);
  return time_at (course, i) + (double)((level - v[i]) / (v[i - step] - v[i])) *
                                   (time_at (course, i - step) - time_at (course, i));
}

/* Time of the foot of the flank from the apex towards `limit`, extrapolated as in the analysis. */
static guint64
find_foot (const Course *course, guint apex, guint limit)
{
  guint valley = find_valley (course, apex, limit);
  float base = course->value[valley], height = course->value[apex] - base;
  double high = crossing (course, apex, valley, base + ME_FLANK_HIGH * height);
  double low = crossing (course, apex, valley, base + ME_FLANK_LOW * height);
  double foot = low + (double)ME_FLANK_FOOT * (low - high), last = time_at (course, valley);

  return (guint64)(valley < apex ? MAX (foot, last) : MIN (foot, last));
}

static void
add_excursion (const Course *course, MeAu au, const Peak *peak, guint rest_after, GArray *found)
{
  const float *v = course->value;
  Excursion excursion = { .height = v[peak->apex] - v[peak->rest],
    .movement = { .onset_ns = find_foot (course, peak->apex, peak->rest),
        .apex_ns = (guint64)time_at (course, peak->apex),
        .offset_ns = find_foot (course, peak->apex, rest_after),
        .units = 1u << au } };
  GstMicroexprTestMovement *m = &excursion.movement;
  gboolean brief = m->offset_ns - m->onset_ns <= SHORT_NS;

  m->kind = au == ME_AU45 ? ME_KIND_BLINK : brief ? ME_KIND_MICRO : ME_KIND_MACRO;
  if (m->kind != ME_KIND_BLINK || brief || v[peak->apex] >= CLOSED)
    g_array_append_val (found, excursion);
}

static void
find_excursions (const Course *course, MeAu au, GArray *found)
{
  float least = au == ME_AU45 ? LEAST_CLOSURE : LEAST_HEIGHT;
  Peak peak = { 0 };

  for (guint from = 0; find_peak (course, from, least, &peak); from = peak.end)
    add_excursion (course, au, &peak, find_rest (course, peak.end, least), found);
}

static gint
compare_heights (gconstpointer a, gconstpointer b)
{
  float x = ((const Excursion *)a)->height, y = ((const Excursion *)b)->height;

  return x > y ? -1 : x < y;
}

static gint
compare_onsets (gconstpointer a, gconstpointer b)
{
  guint64 x = ((const GstMicroexprTestMovement *)a)->onset_ns;
  guint64 y = ((const GstMicroexprTestMovement *)b)->onset_ns;

  return x < y ? -1 : x > y;
}

static double
overlap (const GstMicroexprTestMovement *a, const GstMicroexprTestMovement *b)
{
  double both = (double)MIN (a->offset_ns, b->offset_ns) - (double)MAX (a->onset_ns, b->onset_ns);
  double any = (double)MAX (a->offset_ns, b->offset_ns) - (double)MIN (a->onset_ns, b->onset_ns);

  return both > 0 ? both / any : 0;
}

/* Adds the unit to the stronger movement that it accompanies, else as a movement of its own. Lids
 * accompany nothing. */
static void
group (const Excursion *excursion, GArray *movements)
{
  const GstMicroexprTestMovement *own = &excursion->movement;

  for (guint i = 0; i < movements->len && own->kind != ME_KIND_BLINK; i++) {
    GstMicroexprTestMovement *m = &g_array_index (movements, GstMicroexprTestMovement, i);

    if (m->kind != ME_KIND_BLINK && overlap (m, own) >= TOGETHER) {
      m->units |= own->units;
      return;
    }
  }
  g_array_append_val (movements, *own);
}

GArray *
gst_microexpr_test_movements_find (const GArray *rows)
{
  GArray *movements = g_array_new (FALSE, FALSE, sizeof (GstMicroexprTestMovement));
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Excursion));
  g_autofree float *values = g_new (float, rows->len);
  Course course = { rows, values };

  for (MeAu au = 0; au < ME_N_AUS; au++) {
    fill_course (&course, au);
    find_excursions (&course, au, found);
  }
  g_array_sort (found, compare_heights);
  for (guint i = 0; i < found->len; i++)
    group (&g_array_index (found, Excursion, i), movements);
  g_array_sort (movements, compare_onsets);
  return movements;
}
