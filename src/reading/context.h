/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What goes with an event in conversation, which its units alone do not show. */
#pragma once

#include "microexpr.h"

G_BEGIN_DECLS

/* event: its kind, units, sides, `speaking` and, with its probability, the emotion that its units
 * are read as. nod: how far the head pitched around it, degrees. */
MeContext me_context_read (const MeEvent *event, double nod);

G_END_DECLS
