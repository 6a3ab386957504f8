/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "accuracy-print.h"

#include <math.h>

void
print_head (void)
{
  g_print ("%-8s %-5s %4s %4s %4s %6s %6s %6s %7s %5s %6s %5s %5s %6s\n", "tier", "kind", "TP",
      "FP", "FN", "prec", "recall", "F1", "false/m", "onset", "offset", "lat50", "lat95", "target");
}

/* Errors and latencies in ms. */
static void
print_kind (const char *tier, MeKind kind, const KindScore *score, double duration, double target)
{
  g_print ("%-8s %-5s %4u %4u %4u %6.3f %6.3f %6.3f %7.2f %5.0f %6.0f %5.0f %5.0f", tier,
      me_kind_name (kind), score->found, score->wrong, score->missed, precision_of (score),
      recall_of (score), f1_of (score->found, score->wrong, score->missed),
      score->wrong * 60 / duration, 1000 * median_size (score->onset_errors),
      1000 * median_size (score->offset_errors), 1000 * quantile (score->latencies, 0.5),
      1000 * quantile (score->latencies, 0.95));
  if (target > 0)
    g_print (" %6.2f", target);
  g_print ("\n");
}

/* The share of ratios between 0.8 and 1.25. */
static double
share_near (const GArray *ratios)
{
  guint n = 0;

  for (guint i = 0; i < ratios->len; i++)
    n += fabs (log (g_array_index (ratios, double, i))) <= log (1.25);
  return ratio_of (n, ratios->len);
}

void
print_tier (const Tier *tier, const Score *score)
{
  const double targets[N_KINDS] = { tier->target, tier->acted ? 0.85 : 0.90, 0.92 };
  double n = MAX (1, score->n_paired);

  for (guint i = 0; i < N_KINDS && score->duration > 0; i++) {
    const KindScore *kind = &score->kinds[i];

    if (kind->found + kind->wrong + kind->missed > 0 || i == 0)
      print_kind (i ? "" : tier->name, scored_kinds[i], kind, score->duration,
          i == 0 || kind->found + kind->missed > 0 ? targets[i] : 0);
  }
  g_print ("%-8s %.1f min", "", score->duration / 60);
  if (tier->most_false > 0)
    g_print ("; at most %.1f false micro a minute", tier->most_false);
  if (score->units_found + score->units_wrong > 0)
    g_print ("; of the found: AU F1 %.3f, side %.3f, emotion %.3f, intensity ratio %.2f, "
             "strength ratio of units %.2f (%.0f %% within 25 %%)",
        f1_of (score->units_found, score->units_wrong, score->units_missed), score->sides_right / n,
        score->emotions_right / n, quantile (score->strength_ratios, 0.5),
        quantile (score->unit_ratios, 0.5), 100 * share_near (score->unit_ratios));
  g_print ("\n");
}

void
print_calibration (const Score *score)
{
  calibration_print_head ();
  for (guint i = 0; i < N_KINDS; i++)
    calibration_print (me_kind_name (scored_kinds[i]), &score->kinds[i].calibration);
}

static void
print_item (char mark, const Item *item)
{
  g_print ("  %c %8.3f %8.3f  %-5s %5.2f %%", mark, item->onset, item->offset,
      me_kind_name (item->kind), item->intensity);
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    if (item->strength[au] > 0)
      g_print (" %s %.2f (L %.2f R %.2f)", me_au_name (au), item->strength[au], item->left[au],
          item->right[au]);
  }
  g_print (" %s", item->emotion);
  if (item->confidence > 0)
    g_print ("  confidence %.2f snr %.1f latency %.0f ms", item->confidence, item->snr,
        1000 * item->latency);
  g_print ("\n");
}

void
print_list (const Play *play)
{
  const GArray *truths = play->clip.truths, *reports = play->clip.reports;
  guint i = 0, j = 0;

  g_print ("seed %u, %s\n", play->seed, play->source ? play->source : "built-in face");
  while (i < truths->len || j < reports->len) {
    const Item *truth = i < truths->len ? &g_array_index (truths, Item, i) : NULL;
    const Item *report = j < reports->len ? &g_array_index (reports, Item, j) : NULL;

    if (truth && (!report || truth->onset <= report->onset)) {
      print_item (truth->match < 0 ? '-' : '=', truth);
      if (truth->match >= 0)
        print_item (' ', &g_array_index (reports, Item, (guint)truth->match));
      i++;
    } else {
      if (report->match < 0)
        print_item ('+', report);
      j++;
    }
  }
}
