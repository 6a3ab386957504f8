/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "certain-micros.h"

#include "common/overlap.h"

/* Confidence. With less, the macro-expression is more often the true one: docs/spotting.md. */
#define CERTAIN 0.9
#define SAME_TIME 0.5f /* intersection over union */

/* AU27 is an AU26 that goes far. */
static guint
units_of (const MeEvent *event)
{
  guint units = 0;

  for (MeAu au = 0; au < ME_N_AUS; au++)
    if (event->strength[au] > 0)
      units |= 1u << (au == ME_AU27 ? ME_AU26 : au);
  return units;
}

void
me_certain_micros_note (MeCertainMicros *micros, const MeEvent *event)
{
  guint at = micros->n % ME_CERTAIN_MICROS;

  if (event->kind != ME_KIND_MICRO || event->confidence < CERTAIN)
    return;
  micros->of[at].onset_ns = event->onset_ns;
  micros->of[at].offset_ns = event->offset_ns;
  micros->of[at].units = units_of (event);
  micros->n++;
}

gboolean
me_certain_micros_include (const MeCertainMicros *micros, const MeEvent *event)
{
  guint units = event->kind == ME_KIND_MACRO ? units_of (event) : 0;

  for (guint i = 0; i < MIN (micros->n, ME_CERTAIN_MICROS); i++)
    if ((units & micros->of[i].units) != 0 &&
        me_overlap (micros->of[i].onset_ns, micros->of[i].offset_ns, event->onset_ns,
            event->offset_ns) >= SAME_TIME)
      return TRUE;
  return FALSE;
}
