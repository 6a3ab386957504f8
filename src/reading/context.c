/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* People raise their brows to stress a word, to ask, and to show that they listen (Ekman 1979,
 * About brows); an eyebrow flash has the units and the duration of brief surprise. Sounds of speech
 * open, close, stretch, push and press the lips, and drop the jaw. Both may come together. */
#include "context.h"

#define SYMMETRIC 0.4 /* lesser side over greater; one raised brow is no such sign */
#define NOD 2.5       /* degrees; on still heads the measured pitch travels by up to 1.2 */

static const guint brow_raise = 1u << ME_AU1 | 1u << ME_AU2;
static const guint articulation = 1u << ME_AU17 | 1u << ME_AU18 | 1u << ME_AU20 | 1u << ME_AU22 |
                                  1u << ME_AU23 | 1u << ME_AU24 | 1u << ME_AU25 | 1u << ME_AU26 |
                                  1u << ME_AU27 | 1u << ME_AU28;

/* Of these units at least one moves, and no other. */
static gboolean
moves_only (const MeEvent *event, guint units)
{
  guint moving = 0;

  for (int au = 0; au < ME_N_AUS; au++)
    moving |= event->strength[au] > 0 ? 1u << au : 0;
  return moving && !(moving & ~units);
}

/* Both brows rise, whatever else moves. */
static gboolean
raises_brows (const MeEvent *event)
{
  double left = event->left[ME_AU1] + event->left[ME_AU2];
  double right = event->right[ME_AU1] + event->right[ME_AU2];

  return MAX (left, right) > 0 && MIN (left, right) >= SYMMETRIC * MAX (left, right);
}

/* What speech explains. Brows that are drawn together by less than they rise stress a word, too. */
static gboolean
is_talk (const MeEvent *event)
{
  double raise = MAX (event->strength[ME_AU1], event->strength[ME_AU2]);

  if (raise == 0)
    return moves_only (event, articulation);
  return raises_brows (event) && event->strength[ME_AU4] < raise &&
         moves_only (event, brow_raise | 1u << ME_AU4 | articulation);
}

MeContext
me_context_read (const MeEvent *event, double nod)
{
  gboolean speaks = event->speaking > me_warning_rule (ME_WARNING_SPEAKING)->limit;
  gboolean nods = nod > NOD && raises_brows (event) && moves_only (event, brow_raise);

  return nods || (speaks && is_talk (event)) ? ME_CONTEXT_CONVERSATIONAL : ME_CONTEXT_NONE;
}
