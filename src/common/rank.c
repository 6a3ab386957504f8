/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rank.h"

#include <string.h>

static inline void
swap (float *a, float *b)
{
  float c = *a;

  *a = *b;
  *b = c;
}

/* Quickselect: afterwards v[k] is what it would be if v were sorted, and nothing before it is
 * larger. */
static void
select_rank (float *v, int n, int k)
{
  int low = 0, high = n - 1;

  while (low < high) {
    float pivot = v[(low + high) / 2];
    int i = low, j = high;

    while (i <= j) {
      while (v[i] < pivot)
        i++;
      while (v[j] > pivot)
        j--;
      if (i <= j)
        swap (&v[i++], &v[j--]);
    }
    if (k <= j)
      high = j;
    else if (k >= i)
      low = i;
    else
      return;
  }
}

float
me_median (const float *values, int n)
{
  float v[ME_MAX_RANKED], below;

  memcpy (v, values, (gsize)n * sizeof *v);
  select_rank (v, n, n / 2);
  if (n % 2)
    return v[n / 2];
  below = v[0];
  for (int i = 1; i < n / 2; i++)
    below = MAX (below, v[i]);
  return (below + v[n / 2]) / 2;
}

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
