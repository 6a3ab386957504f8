/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "offline-curve.h"

#include <math.h>
#include <string.h>

#define MOST_SIFTS 50
#define SIFTED 0.05   /* what a sift changes, as a part of the mode's energy, when it is done */
#define LEAST_TURNS 3 /* of a curve that still swings */
#define MERGE_PASSES 2

void
curve_low_pass (const double *curve, guint n, double rate, double cutoff_hz, double *slow)
{
  for (guint i = 0; i < n; i++)
    slow[i] = 0;
  for (guint k = 0; k <= n / 2 && k * rate / n < cutoff_hz; k++) {
    double step = 2 * G_PI * k / n, re = 0, im = 0;
    double twice = k == 0 || 2 * k == n ? 1 : 2;

    for (guint i = 0; i < n; i++) {
      re += curve[i] * cos (step * i);
      im += curve[i] * sin (step * i);
    }
    for (guint i = 0; i < n; i++)
      slow[i] += twice / n * (re * cos (step * i) + im * sin (step * i));
  }
}

/* Knots of an envelope: positions in samples, and values. */
typedef struct
{
  double *x, *y, *bend; /* bend: second derivatives */
  guint n;
} Knots;

static Knots
knots_new (guint most)
{
  return (Knots){ g_new (double, most), g_new (double, most), g_new (double, most), 0 };
}

static void
knots_clear (Knots *knots)
{
  g_free (knots->x);
  g_free (knots->y);
  g_free (knots->bend);
}

static void
knots_add (Knots *knots, double x, double y)
{
  knots->x[knots->n] = x;
  knots->y[knots->n++] = y;
}

/* sign 1: is it a maximum, -1: a minimum? The first sample of a plateau stands for it. */
static gboolean
turns_at (const double *curve, guint n, guint i, double sign)
{
  guint next = i + 1;

  if (i == 0 || sign * (curve[i] - curve[i - 1]) <= 0)
    return FALSE;
  while (next < n && curve[next] == curve[i])
    next++;
  return next < n && sign * (curve[i] - curve[next]) > 0;
}

/* The extrema of one sign, and the outer two again beyond each end, mirrored there. */
static void
find_knots (const double *curve, guint n, double sign, Knots *knots)
{
  guint turns[2], n_turns = 0;

  knots->n = 0;
  for (guint i = 0; i < n && n_turns < 2; i++) {
    if (turns_at (curve, n, i, sign))
      turns[n_turns++] = i;
  }
  while (n_turns > 0) {
    n_turns--;
    knots_add (knots, -(double)turns[n_turns], curve[turns[n_turns]]);
  }
  for (guint i = 0; i < n; i++) {
    if (turns_at (curve, n, i, sign))
      knots_add (knots, i, curve[i]);
  }
  for (guint i = n; i > 0 && n_turns < 2; i--) {
    if (turns_at (curve, n, i - 1, sign)) {
      knots_add (knots, 2.0 * (n - 1) - (i - 1), curve[i - 1]);
      n_turns++;
    }
  }
}

/* Second derivatives of the natural cubic spline through the knots. */
static void
bend_knots (Knots *k)
{
  g_autofree double *below = g_new0 (double, k->n);

  k->bend[0] = 0;
  for (guint i = 1; i + 1 < k->n; i++) {
    double h = k->x[i] - k->x[i - 1], next = k->x[i + 1] - k->x[i];
    double slope = (k->y[i + 1] - k->y[i]) / next - (k->y[i] - k->y[i - 1]) / h;
    double pivot = 2 * (h + next) - h * below[i - 1];

    below[i] = next / pivot;
    k->bend[i] = (6 * slope - h * k->bend[i - 1]) / pivot;
  }
  k->bend[k->n - 1] = 0;
  for (guint i = k->n - 1; i-- > 1;)
    k->bend[i] -= below[i] * k->bend[i + 1];
}

/* Adds half of the envelope to `mean`. Two knots or more, the first before 0, the last after n. */
static void
add_envelope (const Knots *k, guint n, double *mean)
{
  guint at = 0;

  for (guint i = 0; i < n; i++) {
    double h, a, b;

    while (at + 2 < k->n && k->x[at + 1] < i)
      at++;
    h = k->x[at + 1] - k->x[at];
    b = (i - k->x[at]) / h;
    a = 1 - b;
    mean[i] +=
        0.5 * (a * k->y[at] + b * k->y[at + 1] +
                  ((a * a * a - a) * k->bend[at] + (b * b * b - b) * k->bend[at + 1]) * h * h / 6);
  }
}

static guint
count_turns (const double *curve, guint n)
{
  guint turns = 0;

  for (guint i = 0; i < n; i++)
    turns += turns_at (curve, n, i, 1) || turns_at (curve, n, i, -1);
  return turns;
}

/* Takes the mean of both envelopes from the mode. Returns its part of the mode's energy. */
static double
sift (double *mode, guint n, double *mean)
{
  double taken = 0, energy = 0;
  Knots knots = knots_new (n + 4);

  memset (mean, 0, n * sizeof *mean);
  for (int sign = -1; sign <= 1; sign += 2) {
    find_knots (mode, n, sign, &knots);
    bend_knots (&knots);
    add_envelope (&knots, n, mean);
  }
  knots_clear (&knots);
  for (guint i = 0; i < n; i++) {
    taken += mean[i] * mean[i];
    energy += mode[i] * mode[i];
    mode[i] -= mean[i];
  }
  return energy > 0 ? taken / energy : 0;
}

guint
curve_decompose (const double *curve, guint n, double *modes, double *residue)
{
  g_autofree double *mean = g_new (double, n);
  guint n_modes = 0;

  memcpy (residue, curve, n * sizeof *residue);
  while (n_modes < EMD_MOST_MODES && count_turns (residue, n) >= LEAST_TURNS) {
    double *mode = modes + (gsize)n_modes++ * n, taken = 1;

    memcpy (mode, residue, n * sizeof *mode);
    for (int i = 0; i < MOST_SIFTS && taken > SIFTED && count_turns (mode, n) >= LEAST_TURNS; i++)
      taken = sift (mode, n, mean);
    for (guint i = 0; i < n; i++)
      residue[i] -= mode[i];
  }
  return n_modes;
}

void
curve_detrend (const double *curve, guint n, double *detrended)
{
  g_autofree double *modes = g_new (double, (gsize)EMD_MOST_MODES *n);
  g_autofree double *residue = g_new (double, n);

  curve_decompose (curve, n, modes, residue);
  for (guint i = 0; i < n; i++)
    detrended[i] = curve[i] - residue[i];
}

/* The smallest value from `from` to `to`, both included. */
static double
smallest (const double *curve, guint from, guint to)
{
  double least = curve[from];

  for (guint i = from + 1; i <= to; i++)
    least = MIN (least, curve[i]);
  return least;
}

static guint
highest (const double *curve, guint from, guint to)
{
  guint best = from;

  for (guint i = from; i <= to; i++) {
    if (curve[i] > curve[best])
      best = i;
  }
  return best;
}

static double
largest (const double *curve, guint from, guint to)
{
  return curve[highest (curve, from, to)];
}

static guint
before (guint i, guint reach)
{
  return i > reach ? i - reach : 0;
}

static guint
after (guint i, guint reach, guint n)
{
  return MIN (i + reach, n - 1);
}

/* The lowest point within reach, and the curve rises beyond it, away from the peak? */
static gboolean
is_valley (const double *curve, guint n, guint i, gboolean left, const CurveRules *r)
{
  guint from = before (i, r->valley_reach), to = after (i, r->valley_reach, n);
  double beyond = left ? largest (curve, from, i) : largest (curve, i, to);

  return curve[i] <= smallest (curve, from, to) && beyond - curve[i] > r->valley_rise;
}

/* Where the expression that peaks at `apex` ends, on one side, whose own foot counts. */
static guint
find_end (const double *curve, guint n, guint apex, gboolean left, const CurveRules *r)
{
  double foot = left ? smallest (curve, before (apex, r->around), apex)
                     : smallest (curve, apex, after (apex, r->around, n));
  double level = foot + r->part_of_height * (curve[apex] - foot);
  guint i = apex;

  while (i != (left ? 0 : n - 1) && curve[i] > level &&
         (i == apex || !is_valley (curve, n, i, left, r)))
    i = left ? i - 1 : i + 1;
  return i;
}

static gboolean
is_peak (const double *curve, const double *detrended, guint n, guint i, const CurveRules *r)
{
  guint from = before (i, r->around), to = after (i, r->around, n);

  return turns_at (curve, n, i, 1) && curve[i] - smallest (curve, 0, n - 1) >= r->least_rise &&
         curve[i] - smallest (curve, from, to) > r->least_local &&
         detrended[i] - smallest (detrended, from, to) > r->least_swing;
}

/* Appends, or joins with the last one when that is near. */
static void
add_interval (GArray *found, guint first, const CurveInterval *interval, guint gap)
{
  CurveInterval *last =
      found->len > first ? &g_array_index (found, CurveInterval, found->len - 1) : NULL;

  if (!last || interval->onset >= last->offset + gap) {
    g_array_append_val (found, *interval);
    return;
  }
  last->onset = MIN (last->onset, interval->onset);
  last->offset = MAX (last->offset, interval->offset);
  if (interval->height > last->height) {
    last->apex = interval->apex;
    last->height = interval->height;
  }
}

/* The deepest valley inside a long interval; 0: none is deep enough. */
static guint
find_split (const double *curve, const CurveInterval *it, const CurveRules *r)
{
  guint best = 0;
  double deepest = MAX (r->split_depth, r->part_of_height * it->height);

  if (it->offset - it->onset + 1 < r->split_length)
    return 0;
  for (guint i = it->onset + r->split_border; i + r->split_border <= it->offset; i++) {
    double depth = MIN (largest (curve, it->onset, i), largest (curve, i, it->offset)) - curve[i];

    if (depth > deepest) {
      deepest = depth;
      best = i;
    }
  }
  return best;
}

/* Cuts intervals from `first` on at their valleys. */
static void
split_intervals (const double *curve, const CurveRules *rules, GArray *found, guint first)
{
  for (guint k = first; k < found->len;) {
    CurveInterval *left = &g_array_index (found, CurveInterval, k), right = *left;
    guint at = find_split (curve, left, rules);
    double base;

    if (at == 0) {
      k++;
      continue;
    }
    base = curve[left->apex] - left->height;
    left->offset = right.onset = at;
    left->apex = highest (curve, left->onset, at);
    left->height = curve[left->apex] - base;
    right.apex = highest (curve, at, right.offset);
    right.height = curve[right.apex] - base;
    g_array_insert_val (found, k + 1, right);
  }
}

void
curve_intervals (
    const double *curve, const double *detrended, guint n, const CurveRules *rules, GArray *found)
{
  guint first = found->len;

  for (guint i = 0; i < n; i++) {
    CurveInterval interval = { .apex = i };

    if (!is_peak (curve, detrended, n, i, rules))
      continue;
    interval.height =
        curve[i] - smallest (curve, before (i, rules->around), after (i, rules->around, n));
    interval.onset = find_end (curve, n, i, TRUE, rules);
    interval.offset = find_end (curve, n, i, FALSE, rules);
    add_interval (found, first, &interval, rules->join_gap);
  }
  split_intervals (curve, rules, found, first);
}

static gint
compare_intervals (gconstpointer a, gconstpointer b)
{
  const CurveInterval *x = a, *y = b;

  return x->onset != y->onset ? (x->onset > y->onset ? 1 : -1)
                              : (x->offset > y->offset) - (x->offset < y->offset);
}

/* Samples that both have, as a part of the shorter one. */
static double
shared_part (const CurveInterval *a, const CurveInterval *b)
{
  double both = (double)MIN (a->offset, b->offset) - MAX (a->onset, b->onset) + 1;
  guint shorter = MIN (a->offset - a->onset, b->offset - b->onset) + 1;

  return MAX (both, 0) / shorter;
}

/* Unites each interval with the ones after it that overlap. */
static void
merge_once (GArray *intervals, double part)
{
  for (guint i = 0; i < intervals->len; i++) {
    CurveInterval *a = &g_array_index (intervals, CurveInterval, i);

    for (guint j = i + 1; j < intervals->len;) {
      const CurveInterval *b = &g_array_index (intervals, CurveInterval, j);

      if (shared_part (a, b) <= part) {
        j++;
        continue;
      }
      a->onset = MIN (a->onset, b->onset);
      a->offset = MAX (a->offset, b->offset);
      if (b->height > a->height) {
        a->apex = b->apex;
        a->height = b->height;
      }
      g_array_remove_index (intervals, j);
    }
  }
}

void
intervals_merge (GArray *intervals, double part)
{
  g_array_sort (intervals, compare_intervals);
  for (int pass = 0; pass < MERGE_PASSES; pass++)
    merge_once (intervals, part);
}
