/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Vectors compare all values with one: that takes fewer steps than to move them about, and no
 * branch that depends on them. */
#include "rank.h"

#include "vectorised.h"

#include <string.h>

#define LANES 8
#define GROUP 4 /* vectors */
G_STATIC_ASSERT (ME_MAX_RANKED % (GROUP * LANES) == 0);

typedef gint32 Vector __attribute__ ((vector_size (LANES * sizeof (gint32))));

/* ---- median ---- */

/* Whole numbers in the order of the values, and, up to the end of the last group, G_MAXINT32. */
typedef struct
{
  Vector of[ME_MAX_RANKED / LANES];
  int n;              /* vectors */
  gint32 least, most; /* of the values */
} Keys;

/* Floats are ordered as the whole numbers of their bits are, negative ones the other way round. */
ME_INLINE void
make_keys (Keys *keys, const float *values, int n)
{
  gint32 *key = (gint32 *)keys->of, least = G_MAXINT32, most = G_MININT32;

  memcpy (key, values, (gsize)n * sizeof *values);
  for (int i = 0; i < n; i++) {
    key[i] ^= key[i] >> 31 & G_MAXINT32;
    least = MIN (least, key[i]);
    most = MAX (most, key[i]);
  }
  keys->least = least, keys->most = most;
  keys->n = (n + GROUP * LANES - 1) / (GROUP * LANES) * GROUP;
  for (int i = n; i < keys->n * LANES; i++)
    key[i] = G_MAXINT32;
}

/* How many are at most `limit`. */
ME_INLINE int
count_up_to (const Keys *keys, gint32 limit)
{
  Vector minus = { 0 };
  int sum = 0;

  for (int i = 0; i < keys->n; i += GROUP)
    for (int k = 0; k < GROUP; k++)
      minus += keys->of[i + k] <= limit; /* -1 where that is so */
  for (int i = 0; i < LANES; i++)
    sum -= minus[i];
  return sum;
}

/* The largest key that is at most `limit`; at least one must be. */
ME_INLINE gint32
last_up_to (const Keys *keys, gint32 limit)
{
  const gint32 *key = (const gint32 *)keys->of;
  gint32 last = keys->least;

  for (int i = 0; i < keys->n * LANES; i++)
    last = MAX (last, key[i] <= limit ? key[i] : keys->least);
  return last;
}

/* The rank-th smallest key, from 1, by bisection on its value. */
ME_INLINE gint32
key_of_rank (const Keys *keys, int rank)
{
  gint32 low = keys->least, high = keys->most;

  while (low < high) {
    gint32 middle = (gint32)(((gint64)low + high) >> 1);
    int n = count_up_to (keys, middle);
    if (n == rank)
      return last_up_to (keys, middle);
    if (n > rank)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

ME_INLINE float
value_of (gint32 key)
{
  float value;

  key ^= key < 0 ? G_MAXINT32 : 0;
  memcpy (&value, &key, sizeof value);
  return value;
}

ME_VECTORISED float
me_median (const float *values, int n)
{
  Keys keys;

  make_keys (&keys, values, n);
  float upper = value_of (key_of_rank (&keys, n / 2 + 1));
  return n % 2 ? upper : (value_of (key_of_rank (&keys, n / 2)) + upper) / 2;
}

/* ---- largest ---- */

void
me_largest (const float *values, int n, int count, float *largest)
{
  memset (largest, 0, (gsize)count * sizeof *largest);
  for (int i = 0; i < n; i++) {
    int j = count - 1;
    if (values[i] <= largest[j])
      continue;
    for (; j > 0 && largest[j - 1] < values[i]; j--)
      largest[j] = largest[j - 1];
    largest[j] = values[i];
  }
}

float
me_mean (const float *values, int n)
{
  float sum = 0;

  for (int i = 0; i < n; i++)
    sum += values[i];
  return sum / (float)n;
}

float
me_mean_of_largest (const float *values, int n, int count)
{
  float largest[ME_MAX_RANKED];

  me_largest (values, n, count, largest);
  return me_mean (largest, count);
}
