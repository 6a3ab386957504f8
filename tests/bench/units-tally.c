/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Counts of what was read from micro-expressions, and their tables. */
#include "units-tally.h"

#include <math.h>
#include <string.h>

#define NONE ME_N_AUS /* row and column of units without a counterpart */
#define OTHER ME_N_EMOTIONS
#define ONE_SIDED 0.35 /* weaker / stronger side below: one-sided */

void
tally_init (Tally *tally)
{
  memset (tally, 0, sizeof *tally);
  tally->intensity_errors = g_array_new (FALSE, FALSE, sizeof (double));
  tally->strength_errors = g_array_new (FALSE, FALSE, sizeof (double));
}

void
tally_clear (Tally *tally)
{
  g_array_unref (tally->intensity_errors);
  g_array_unref (tally->strength_errors);
}

static void
add_error (GArray *errors, double reported, double truth)
{
  double error = fabs (reported / truth - 1);

  g_array_append_val (errors, error);
}

/* Every missed unit is set against every unit reported in its place. */
static void
count_units (Tally *tally, const Item *truth, const Item *report)
{
  MeAu missed[ME_N_AUS], wrong[ME_N_AUS];
  guint n_missed = 0, n_wrong = 0;

  for (MeAu au = 0; au < ME_N_AUS; au++) {
    gboolean is = truth->strength[au] > 0, said = report->strength[au] > 0;

    if (is && said) {
      tally->units[au][au]++;
      add_error (tally->strength_errors, report->strength[au], truth->strength[au]);
    } else if (is) {
      missed[n_missed++] = au;
    } else if (said) {
      wrong[n_wrong++] = au;
    }
  }
  for (guint i = 0; i < MAX (n_missed, n_wrong); i++)
    tally->units[i < n_missed ? missed[i] : NONE][i < n_wrong ? wrong[i] : NONE]++;
}

static guint
emotion_row (const char *name)
{
  guint row = 0;

  while (row < OTHER && strcmp (me_emotion_name (row), name) != 0)
    row++;
  return row;
}

/* Which side the sided units of both lists move on: -1 right, 1 left, 0 both, G_MAXINT none. */
static int
side_of (const Item *item)
{
  double left = 0, right = 0;

  for (MeAu au = 0; au < ME_N_AUS; au++) {
    left += item->left[au];
    right += item->right[au];
  }
  if (MAX (left, right) <= 0)
    return G_MAXINT;
  return MIN (left, right) >= ONE_SIDED * MAX (left, right) ? 0 : left > right ? 1 : -1;
}

static void
count_side (Tally *tally, const Item *truth, const Item *report)
{
  int is = side_of (truth), said = side_of (report);

  if (is == G_MAXINT)
    return;
  if (is != 0) {
    tally->n_one_sided++;
    tally->n_side_right += is == said;
  } else {
    tally->n_two_sided++;
    tally->n_both_right += is == said;
  }
}

void
tally_add (Tally *tally, const Clip *clip)
{
  for (guint i = 0; i < clip->truths->len; i++) {
    const Item *truth = &g_array_index (clip->truths, Item, i), *report;

    if (truth->kind != ME_KIND_MICRO)
      continue;
    tally->n_truths++;
    if (truth->match < 0)
      continue;
    report = &g_array_index (clip->reports, Item, (guint)truth->match);
    tally->n_found++;
    count_units (tally, truth, report);
    count_side (tally, truth, report);
    tally->emotions[emotion_row (truth->emotion)][emotion_row (report->emotion)]++;
    add_error (tally->intensity_errors, report->intensity, truth->intensity);
  }
}

static guint
unit_found (const Tally *tally, MeAu au)
{
  return tally->units[au][au];
}

static guint
unit_missed (const Tally *tally, MeAu au)
{
  guint n = 0;

  for (guint said = 0; said <= NONE; said++)
    n += said != au ? tally->units[au][said] : 0;
  return n;
}

static guint
unit_wrong (const Tally *tally, MeAu au)
{
  guint n = 0;

  for (guint is = 0; is <= NONE; is++)
    n += is != au ? tally->units[is][au] : 0;
  return n;
}

double
tally_units_f1 (const Tally *tally)
{
  guint found = 0, wrong = 0, missed = 0;

  for (MeAu au = 0; au < ME_N_AUS; au++) {
    found += unit_found (tally, au);
    wrong += unit_wrong (tally, au);
    missed += unit_missed (tally, au);
  }
  return f1_of (found, wrong, missed);
}

static double
share_within (const GArray *errors, double limit)
{
  guint n = 0;

  for (guint i = 0; i < errors->len; i++)
    n += g_array_index (errors, double, i) <= limit;
  return (double)n / MAX (1, errors->len);
}

static double
emotions_right (const Tally *tally)
{
  guint right = 0;

  for (guint i = 0; i < N_EMOTION_ROWS; i++)
    right += tally->emotions[i][i];
  return (double)right / MAX (1, tally->n_found);
}

void
tally_print_head (void)
{
  g_print ("%-8s %-9s %9s %8s %8s %10s %10s %13s %13s\n", "tier", "units", "found/of", "units F1",
      "emotion", "one side", "both sides", "intensity err", "strength err");
}

void
tally_print (const char *tier, const char *set, const Tally *tally, double within)
{
  g_print ("%-8s %-9s %4u/%-4u %8.3f %8.3f %5u/%-4u %5u/%-4u   %.2f (%3.0f %%)   %.2f (%3.0f %%)\n",
      tier, set, tally->n_found, tally->n_truths, tally_units_f1 (tally), emotions_right (tally),
      tally->n_side_right, tally->n_one_sided, tally->n_both_right, tally->n_two_sided,
      quantile (tally->intensity_errors, 0.5), 100 * share_within (tally->intensity_errors, within),
      quantile (tally->strength_errors, 0.5), 100 * share_within (tally->strength_errors, within));
}

void
tally_print_units (const Tally *tally)
{
  g_print ("%-6s %5s %6s %5s %5s  %s\n", "unit", "found", "missed", "false", "F1",
      "missed for (- for none)");
  for (guint is = 0; is <= NONE; is++) {
    guint n =
        is < NONE ? unit_found (tally, is) + unit_missed (tally, is) + unit_wrong (tally, is) : 1;

    if (n == 0)
      continue;
    if (is < NONE)
      g_print ("%-6s %5u %6u %5u %5.2f ", me_au_name (is), unit_found (tally, is),
          unit_missed (tally, is), unit_wrong (tally, is),
          f1_of (unit_found (tally, is), unit_wrong (tally, is), unit_missed (tally, is)));
    else
      g_print ("%-6s %25s", "none", "");
    for (guint said = 0; said <= NONE; said++) {
      if (said != is && tally->units[is][said])
        g_print (" %s %u", said < NONE ? me_au_name (said) : "-", tally->units[is][said]);
    }
    g_print ("\n");
  }
}

void
tally_print_emotions (const Tally *tally)
{
  g_print ("%-10s", "true/said");
  for (guint said = 0; said < N_EMOTION_ROWS; said++)
    g_print (" %9s", me_emotion_name (said));
  g_print ("\n");
  for (guint is = 0; is < N_EMOTION_ROWS; is++) {
    g_print ("%-10s", me_emotion_name (is));
    for (guint said = 0; said < N_EMOTION_ROWS; said++)
      g_print (" %9u", tally->emotions[is][said]);
    g_print ("\n");
  }
}
