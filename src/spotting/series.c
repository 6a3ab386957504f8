/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Resampling by integration: each stretch of line between two frames is cut at the borders of the
 * cells and its mean added to them. */
#include "series.h"

#include <string.h>

void
me_series_reset (MeSeries *s)
{
  s->started = FALSE;
  s->first = s->next = 0;
}

/* Adds the line from a to b (fractions of the way from the last frame to this one), which covers
 * `share` of the filling cell. */
static void
integrate (MeSeries *s, const float *now, float a, float b, float share)
{
  float w = (a + b) / 2;

  for (int i = 0; i < 2 * ME_N_POINTS; i++)
    s->sum[i] += share * (s->last[i] + w * (now[i] - s->last[i]));
}

static void
finish_cell (MeSeries *s)
{
  if (s->filling) {
    memcpy (s->cell[s->next & (ME_SERIES_CELLS - 1)], s->sum, sizeof s->sum);
    s->next++;
    s->first = MAX (s->first, s->next - ME_SERIES_CELLS);
  } else {
    s->first = ++s->next;
    s->filling = TRUE;
  }
  memset (s->sum, 0, sizeof s->sum);
}

guint
me_series_add (MeSeries *s, guint64 time_ns, const MePoint motion[ME_N_POINTS])
{
  const float *now = &motion[0].x;
  gint64 before = s->next;

  if (!s->started) {
    s->started = TRUE;
    s->first = s->next = before = (gint64)(time_ns / ME_CELL_NS);
    s->filling = time_ns % ME_CELL_NS == 0;
    memset (s->sum, 0, sizeof s->sum);
  } else {
    float span = (float)(time_ns - s->last_ns);
    guint64 at = s->last_ns;
    while (at < time_ns) {
      guint64 border = ((guint64)s->next + 1) * ME_CELL_NS, end = MIN (border, time_ns);
      integrate (s, now, (float)(at - s->last_ns) / span, (float)(end - s->last_ns) / span,
          (float)(end - at) / ME_CELL_NS);
      if (end == border)
        finish_cell (s);
      at = end;
    }
  }
  memcpy (s->last, now, 2 * ME_N_POINTS * sizeof *now);
  s->last_ns = time_ns;
  return (guint)(s->next - MAX (before, s->first));
}
