/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* People raise their brows to stress a word, to ask, and to show that they listen (Ekman 1979,
 * About brows); an eyebrow flash has the units and the duration of brief surprise. Sounds of speech
 * open, close, stretch, push and press the lips, and drop the jaw. Both may come together. */
#include "context.h"

#define SYMMETRIC 0.4 /* lesser side over greater; one raised brow is no such sign */
#define NOD 2.5       /* degrees; on still heads the measured pitch travels by up to 1.2 */
/* How likely talk explains a macro-expression of who speaks: of seven with such an emotion, none
 * showed it (docs/spotting.md, People who talk). */
#define TALK 0.9

static const guint brow_raise = 1u << ME_AU1 | 1u << ME_AU2;
static const guint articulation = 1u << ME_AU17 | 1u << ME_AU18 | 1u << ME_AU20 | 1u << ME_AU22 |
                                  1u << ME_AU23 | 1u << ME_AU24 | 1u << ME_AU25 | 1u << ME_AU26 |
                                  1u << ME_AU27 | 1u << ME_AU28;
/* Smiles are as often real in talk as elsewhere, these are not. */
static const guint emotions_seldom_in_talk = 1u << ME_SADNESS | 1u << ME_ANGER | 1u << ME_FEAR |
                                             1u << ME_DISGUST | 1u << ME_SURPRISE |
                                             1u << ME_EMOTION_CONTEMPT;

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

/* Talk explains a macro-expression better than its emotion does. */
static gboolean
is_rather_talk (const MeEvent *event, double speech)
{
  double talk = TALK * MIN (speech, 1);

  return event->kind == ME_KIND_MACRO && (emotions_seldom_in_talk >> event->emotion) & 1 &&
         event->emotion_confidence * (1 - talk) < talk;
}

MeContext
me_context_read (const MeEvent *event, double nod)
{
  double speech = event->speaking / me_warning_rule (ME_WARNING_SPEAKING)->limit;
  gboolean nods = nod > NOD && raises_brows (event) && moves_only (event, brow_raise);
  gboolean talks = (speech > 1 && is_talk (event)) || is_rather_talk (event, speech);

  return nods || talks ? ME_CONTEXT_CONVERSATIONAL : ME_CONTEXT_NONE;
}
