/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Matches reports to true events. */
#include "pairing.h"

#include <math.h>

#define LEAST_OVERLAP 0.5 /* intersection over union */

static gint
compare_onsets (gconstpointer a, gconstpointer b)
{
  double x = ((const Item *)a)->onset, y = ((const Item *)b)->onset;

  return (x > y) - (x < y);
}

double
item_overlap (const Item *a, const Item *b)
{
  double both = MIN (a->offset, b->offset) - MAX (a->onset, b->onset);
  double either = MAX (a->offset, b->offset) - MIN (a->onset, b->onset);

  return either > 0 ? both / either : 0;
}

/* The unmatched pair with the largest overlap. FALSE: none overlaps enough. */
static gboolean
best_pair (const Clip *clip, guint *truth, guint *report)
{
  double best = LEAST_OVERLAP;
  gboolean found = FALSE;

  for (guint i = 0; i < clip->truths->len; i++) {
    const Item *a = item_at (clip->truths, i);

    for (guint j = 0; a->match < 0 && j < clip->reports->len; j++) {
      const Item *b = item_at (clip->reports, j);

      if (b->match >= 0 || a->kind != b->kind || item_overlap (a, b) < best)
        continue;
      best = item_overlap (a, b);
      *truth = i;
      *report = j;
      found = TRUE;
    }
  }
  return found;
}

static void
sort (GArray *items)
{
  g_array_sort (items, compare_onsets);
  for (guint i = 0; i < items->len; i++)
    g_array_index (items, Item, i).match = -1;
}

void
clip_pair (Clip *clip)
{
  guint truth, report;

  sort (clip->truths);
  sort (clip->reports);
  while (best_pair (clip, &truth, &report)) {
    g_array_index (clip->truths, Item, truth).match = (int)report;
    g_array_index (clip->reports, Item, report).match = (int)truth;
  }
}

static gint
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

double
quantile (GArray *values, double part)
{
  if (values->len == 0)
    return 0;
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, (guint)(part * (values->len - 1) + 0.5));
}

double
median_size (GArray *values)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < values->len; i++) {
    double size = fabs (g_array_index (values, double, i));

    g_array_append_val (sizes, size);
  }
  return quantile (sizes, 0.5);
}

double
ratio_of (guint part, guint all)
{
  return all ? (double)part / all : 0;
}

double
f1_of (guint found, guint wrong, guint missed)
{
  return ratio_of (2 * found, 2 * found + wrong + missed);
}
