/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Scores reported events against the truth: matching, then sums. */
#include "accuracy-score.h"

#include <math.h>
#include <string.h>

#define UNSEEN_END_S 0.6 /* what ends later cannot be asked for */
#define ONE_SIDED 0.35   /* weaker / stronger side below: one-sided */

const MeKind scored_kinds[N_KINDS] = { ME_KIND_MICRO, ME_KIND_MACRO, ME_KIND_BLINK };

static void
keep_items (GArray *items, double end, double min_confidence)
{
  for (guint i = items->len; i > 0; i--) {
    const Item *item = item_at (items, i - 1);

    if (item->offset > end || item->confidence < min_confidence)
      g_array_remove_index (items, i - 1);
  }
}

void
clip_match (Clip *clip, double min_confidence)
{
  keep_items (clip->truths, clip->duration - UNSEEN_END_S, 0);
  keep_items (clip->reports, clip->duration - UNSEEN_END_S, min_confidence);
  clip_pair (clip);
}

static GArray *
new_doubles (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

void
score_init (Score *score)
{
  memset (score, 0, sizeof *score);
  for (guint i = 0; i < N_KINDS; i++) {
    score->kinds[i].onset_errors = new_doubles ();
    score->kinds[i].offset_errors = new_doubles ();
    score->kinds[i].latencies = new_doubles ();
  }
  score->strength_ratios = new_doubles ();
  score->unit_ratios = new_doubles ();
}

void
score_clear (Score *score)
{
  for (guint i = 0; i < N_KINDS; i++) {
    g_array_unref (score->kinds[i].onset_errors);
    g_array_unref (score->kinds[i].offset_errors);
    g_array_unref (score->kinds[i].latencies);
  }
  g_array_unref (score->strength_ratios);
  g_array_unref (score->unit_ratios);
}

static void
append (GArray *values, double value)
{
  g_array_append_val (values, value);
}

/* Which side moves: -1 right, 1 left, 0 both or none of them sided. */
static int
side_of (const Item *item)
{
  double left = 0, right = 0;

  for (MeAu au = 0; au < ME_N_AUS; au++) {
    left += item->left[au];
    right += item->right[au];
  }
  if (MIN (left, right) >= ONE_SIDED * MAX (left, right))
    return 0;
  return left > right ? 1 : -1;
}

static void
score_content (Score *score, const Item *truth, const Item *report)
{
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    gboolean is = truth->strength[au] > 0, said = report->strength[au] > 0;

    score->units_found += is && said;
    score->units_wrong += !is && said;
    score->units_missed += is && !said;
    if (is && said)
      append (score->unit_ratios, report->strength[au] / truth->strength[au]);
  }
  score->n_paired++;
  score->sides_right += side_of (truth) == side_of (report);
  score->emotions_right += strcmp (truth->emotion, report->emotion) == 0;
  append (score->strength_ratios, report->intensity / truth->intensity);
}

static KindScore *
score_of_kind (Score *score, MeKind kind)
{
  guint i = 0;

  while (i + 1 < N_KINDS && scored_kinds[i] != kind)
    i++;
  return &score->kinds[i];
}

void
score_confidence (Score *score, const Clip *clip)
{
  for (guint i = 0; i < clip->reports->len; i++) {
    const Item *report = item_at (clip->reports, i);

    calibration_add (&score_of_kind (score, report->kind)->calibration, report);
  }
}

void
score_add (Score *score, const Clip *clip)
{
  score->duration += clip->duration;
  for (guint i = 0; i < clip->truths->len; i++) {
    const Item *truth = item_at (clip->truths, i);

    score_of_kind (score, truth->kind)->missed += truth->match < 0;
  }
  for (guint i = 0; i < clip->reports->len; i++) {
    const Item *report = item_at (clip->reports, i), *truth;
    KindScore *kind = score_of_kind (score, report->kind);

    append (kind->latencies, report->latency);
    kind->wrong += report->match < 0;
    if (report->match < 0)
      continue;
    truth = item_at (clip->truths, (guint)report->match);
    kind->found++;
    append (kind->onset_errors, report->onset - truth->onset);
    append (kind->offset_errors, report->offset - truth->offset);
    if (report->kind == ME_KIND_MICRO)
      score_content (score, truth, report);
  }
}

double
precision_of (const KindScore *kind)
{
  return ratio_of (kind->found, kind->found + kind->wrong);
}

double
recall_of (const KindScore *kind)
{
  return ratio_of (kind->found, kind->found + kind->missed);
}
