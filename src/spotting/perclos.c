/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "perclos.h"

#include "common/duration.h"

#define LONGEST_STEP_NS (500 * ME_MSECOND) /* nobody knows what the eyes did in a longer one */
#define LEAST_SECONDS (ME_PERCLOS_SECONDS / 2)

void
me_perclos_reset (MePerclos *p)
{
  *p = (MePerclos){ .following = FALSE };
}

static void
end_second (MePerclos *p)
{
  p->of_second_ns[p->n++ % ME_PERCLOS_SECONDS] = (guint32)p->closed_ns;
  p->seen_ns = p->closed_ns = 0;
}

/* Half-closed steps are rounded down to whole ns. */
static void
see (MePerclos *p, guint64 step_ns, guint closed_halves)
{
  while (step_ns > 0) {
    guint64 part_ns = MIN (step_ns, ME_SECOND - p->seen_ns);
    p->seen_ns += part_ns;
    p->closed_ns += part_ns * closed_halves / 2;
    step_ns -= part_ns;
    if (p->seen_ns == ME_SECOND)
      end_second (p);
  }
}

void
me_perclos_add (MePerclos *p, guint64 time_ns, gboolean closed)
{
  if (p->following && time_ns - p->last_ns <= LONGEST_STEP_NS) /* a step back wraps around */
    see (p, time_ns - p->last_ns, (p->closed ? 1 : 0) + (closed ? 1 : 0));
  p->last_ns = time_ns;
  p->closed = closed;
  p->following = TRUE;
}

double
me_perclos_share (const MePerclos *p)
{
  guint n = (guint)MIN (p->n, ME_PERCLOS_SECONDS);
  guint64 closed_ns = 0;

  if (n < LEAST_SECONDS)
    return -1;
  for (guint i = 0; i < n; i++)
    closed_ns += p->of_second_ns[i];
  return (double)closed_ns / (double)(n * ME_SECOND);
}
