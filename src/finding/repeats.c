/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A stream with copies has differences of two kinds, far apart; one without has a single kind, wide
 * as it may be. Otsu's threshold (1979) splits the logarithms of the newest differences where that
 * explains most of their variance. What it explains separates the two: 64 % of a Gaussian, 75 % of
 * a uniform distribution, 80 to 100 % where there are copies. */
#include "repeats.h"

#include "common/duration.h"
#include "common/vectorised.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Less says nothing: luma, and a share of the large differences. */
#define LEAST_DIFFERENCE 0.02f
#define LEAST_SHARE 0.1f
#define LARGE 0.9f     /* quantile of the large differences */
#define PLAIN 0.92f    /* share of the variance that is proof enough at once, */
#define EXPLAINED 0.8f /* and the least that counts */
#define APART 1.1f     /* between the two kinds, natural logarithm: three times */
#define FEW 0.1f       /* share of copies, or of new pictures, that is too small to judge by */
#define DISPROOF 2u    /* pictures' worth of proof that one picture without copies takes away */
#define UNEVEN 2       /* times the usual number of copies in a row, and */
#define UNEVEN_MORE 2  /* two more: then it is a pause, not a pattern */
#define LONGEST_NS (250 * ME_MSECOND) /* that one picture stands; after it, nothing moves */
/* How long the rate of new pictures holds without new proof. */
#define REMEMBER_NS (10 * ME_SECOND)

/* Of the newest differences. */
typedef struct
{
  float floor;     /* luma, added to every difference */
  float threshold; /* natural logarithm: copies are below */
  float explained, apart;
  guint n_copies;
} Split;

void
me_repeats_init (MeRepeats *r)
{
  memset (r, 0, sizeof *r);
}

void
me_repeats_break (MeRepeats *r)
{
  r->width = r->height = 0;
}

static void
read_samples (
    guint8 samples[ME_REPEATS_ROWS][ME_REPEATS_RUNS][ME_REPEATS_RUN], int run, const MeFrame *frame)
{
  for (int row = 0; row < ME_REPEATS_ROWS; row++) {
    gint64 y = (2 * row + 1) * (gint64)frame->height / (2 * ME_REPEATS_ROWS);
    const guint8 *luma = me_frame_row (frame, (int)y);
    for (int i = 0; i < ME_REPEATS_RUNS; i++) {
      gsize x = (gsize)(i * (gint64)(frame->width - run) / (ME_REPEATS_RUNS - 1));
      memcpy (samples[row][i], luma + x, (gsize)run);
    }
  }
}

/* Replaces the samples by those of this picture; returns how much they differ: the mean over all of
 * them, in steps of luma. Both are brought to the same brightness: under flickering lamps every
 * third new picture would differ much less than the others. */
ME_VECTORISED static float
compare (MeRepeats *r, const MeFrame *frame)
{
  guint8 samples[ME_REPEATS_ROWS][ME_REPEATS_RUNS][ME_REPEATS_RUN] = { { { 0 } } };
  const guint8 *now = samples[0][0], *before = r->samples[0][0];
  int run = MIN (frame->width, ME_REPEATS_RUN);
  guint sum_now = 1, sum_before = 1;
  float gain, lane[ME_REPEATS_RUN] = { 0 }, sum = 0;

  read_samples (samples, run, frame);
  for (guint i = 0; i < sizeof samples; i++) {
    sum_now += now[i];
    sum_before += before[i];
  }
  gain = (float)sum_now / (float)sum_before;
  for (guint i = 0; i < sizeof samples; i += ME_REPEATS_RUN)
    for (guint k = 0; k < ME_REPEATS_RUN; k++)
      lane[k] += fabsf (now[i + k] - before[i + k] * gain);
  for (guint k = 0; k < ME_REPEATS_RUN; k++)
    sum += lane[k];
  memcpy (r->samples, samples, sizeof samples);
  return sum / (float)(ME_REPEATS_ROWS * ME_REPEATS_RUNS * run);
}

static int
ascending (const void *a, const void *b)
{
  float x = *(const float *)a, y = *(const float *)b;

  return (x > y) - (x < y);
}

/* Where the sorted logarithms fall apart most. */
static void
split_sorted (const float sorted[ME_REPEATS_PICTURES], Split *split)
{
  const int n = ME_REPEATS_PICTURES;
  double all = 0, squares = 0, below = 0, best = 0;

  for (int i = 0; i < n; i++) {
    all += sorted[i];
    squares += (double)sorted[i] * sorted[i];
  }
  for (int k = 1; k < n; k++) {
    below += sorted[k - 1];
    double apart = (all - below) / (n - k) - below / k;
    double between = apart * apart * k * (n - k) / n;
    if (between > best) {
      best = between;
      split->n_copies = (guint)k;
      split->apart = (float)apart;
      split->threshold = (sorted[k - 1] + sorted[k]) / 2;
    }
  }
  double variance = squares - all * all / n;
  split->explained = variance > 1e-6 ? (float)(best / variance) : 0;
}

static void
split_differences (const MeRepeats *r, Split *split)
{
  float sorted[ME_REPEATS_PICTURES];

  *split = (Split){ .floor = 0 };
  memcpy (sorted, r->difference, sizeof sorted);
  qsort (sorted, ME_REPEATS_PICTURES, sizeof *sorted, ascending);
  split->floor =
      MAX (LEAST_DIFFERENCE, LEAST_SHARE * sorted[(int)(LARGE * (ME_REPEATS_PICTURES - 1))]);
  for (int i = 0; i < ME_REPEATS_PICTURES; i++)
    sorted[i] = logf (sorted[i] + split->floor);
  split_sorted (sorted, split);
}

static gboolean
is_copy (const MeRepeats *r, const Split *split, guint64 i)
{
  return logf (r->difference[i % ME_REPEATS_PICTURES] + split->floor) < split->threshold;
}

/* Whether copies follow new pictures in a pattern, and not in a few long pauses. */
static gboolean
is_even (const MeRepeats *r, const Split *split)
{
  guint n_new = ME_REPEATS_PICTURES - split->n_copies, copies = 0;
  guint64 stands_ns = 0;

  for (guint64 i = r->n - ME_REPEATS_PICTURES; i < r->n; i++) {
    gboolean copy = is_copy (r, split, i);
    copies = copy ? copies + 1 : 0;
    stands_ns = copy ? stands_ns + r->interval_ns[i % ME_REPEATS_PICTURES] : 0;
    if (copies * n_new > UNEVEN * split->n_copies + UNEVEN_MORE * n_new || stands_ns > LONGEST_NS)
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_copies (const MeRepeats *r, const Split *split)
{
  float share = (float)split->n_copies / ME_REPEATS_PICTURES;

  return split->explained > EXPLAINED && split->apart > APART && share > FEW && share < 1 - FEW &&
         is_even (r, split);
}

/* Between new pictures: the time of all over the number of the new ones. */
static double
mean_interval_s (const MeRepeats *r, const Split *split)
{
  guint64 sum_ns = 0;

  for (guint i = 0; i < ME_REPEATS_PICTURES; i++)
    sum_ns += r->interval_ns[i];
  return (double)sum_ns / 1e9 / (ME_REPEATS_PICTURES - split->n_copies);
}

/* How far the stream is known to have copies: at once where the two kinds are far apart, else after
 * a window of pictures that all say so. A still scene at a low bit rate says so for half of one. */
static void
weigh (MeRepeats *r, const Split *split, gboolean copies)
{
  if (!copies)
    r->proof -= MIN (r->proof, DISPROOF);
  else
    r->proof =
        split->explained > PLAIN ? ME_REPEATS_PICTURES : MIN (r->proof + 1, ME_REPEATS_PICTURES);
  if (r->proof == ME_REPEATS_PICTURES)
    r->known = TRUE;
  else if (r->proof == 0)
    r->known = FALSE;
}

/* Whether the newest picture is a copy. */
static gboolean
judge (MeRepeats *r, guint64 time_ns)
{
  gboolean copies;
  Split split;

  if (r->n < ME_REPEATS_PICTURES)
    return FALSE;
  split_differences (r, &split);
  copies = has_copies (r, &split);
  weigh (r, &split, copies);
  if (copies && r->known) {
    r->new_s = mean_interval_s (r, &split);
    r->proven_ns = time_ns;
    return is_copy (r, &split, r->n - 1) && time_ns - r->used_ns <= LONGEST_NS;
  }
  if (time_ns - r->proven_ns > REMEMBER_NS)
    r->new_s = 0;
  return FALSE;
}

gboolean
me_repeats_add (MeRepeats *r, const MeFrame *frame)
{
  gboolean follows = r->width == frame->width && r->height == frame->height;
  float difference = compare (r, frame);
  gboolean copy = FALSE;

  r->width = frame->width;
  r->height = frame->height;
  if (follows) {
    r->difference[r->n % ME_REPEATS_PICTURES] = difference;
    r->interval_ns[r->n++ % ME_REPEATS_PICTURES] = frame->time_ns - r->newest_ns;
    copy = judge (r, frame->time_ns);
  }
  r->newest_ns = frame->time_ns;
  if (!copy)
    r->used_ns = frame->time_ns;
  return copy;
}
