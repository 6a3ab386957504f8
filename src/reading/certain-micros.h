/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One movement, one event: a micro-expression of nearly half a second may seem longer than that in
 * the courses of its units, which would make a macro-expression of it, too. */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

#define ME_CERTAIN_MICROS 4 /* more than end while a macro-expression waits to be known */

/* The latest micro-expressions of one face that were reported as almost certain. All 0: none. */
typedef struct
{
  struct
  {
    guint64 onset_ns, offset_ns;
    guint units;           /* bit n is MeAu n */
  } of[ME_CERTAIN_MICROS]; /* ring */
  guint n;                 /* ever */
} MeCertainMicros;

/* Remembers an event that is reported, if it is one of these. */
void me_certain_micros_note (MeCertainMicros *micros, const MeEvent *event);

/* Whether a macro-expression is one of them once more: at the same time, with a unit in common. */
gboolean me_certain_micros_include (const MeCertainMicros *micros, const MeEvent *event);

G_END_DECLS
