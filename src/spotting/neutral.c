/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "neutral.h"

#include "common/duration.h"
#include "common/rank.h"

#include <string.h>

#define STEP_NS (250 * ME_MSECOND) /* between two postures that are remembered, */
#define MEMORY_NS (12 * ME_SECOND) /* for so long */
G_STATIC_ASSERT (ME_NEUTRAL_POSTURES *STEP_NS >= MEMORY_NS);
/* As long as the memory reaches back to the first posture, a face that has been elsewhere for less
 * may be on its way back: expressions of one emotion last 0.5 to 4 s (Matsumoto & Hwang 2011). */
#define EXPRESSION_NS (4 * ME_SECOND)
#define DELAY_NS ME_SECOND   /* neutral follows what the face was so long ago, */
#define FOLLOW_TAU_NS 1.2e9f /* with this time constant */
#define BLINKS_NS ME_SECOND  /* half of it is longer than a blink */
#define HALF_ALIKE 0.7f      /* of what starts an expression: postures that far apart */
#define LEAST_SUPPORT 0.6f   /* of the most typical posture's, that neutral must have */

void
me_neutral_reset (MeNeutral *n)
{
  memset (n, 0, sizeof *n);
}

static guint
n_held (const MeNeutral *n)
{
  return MIN (n->n_seen, ME_NEUTRAL_POSTURES);
}

static gboolean
is_recent (const MeNeutral *n, guint at, guint64 time_ns)
{
  return n->seen_ns[at] + MEMORY_NS >= time_ns;
}

/* Whether all that was ever seen is remembered. */
static gboolean
knows_the_beginning (const MeNeutral *n, guint64 time_ns)
{
  return n->n_seen <= ME_NEUTRAL_POSTURES && is_recent (n, 0, time_ns);
}

/* Remembers a posture. FALSE: the last one is not old enough. */
static gboolean
remember (MeNeutral *n, const MePosture *now, guint64 time_ns)
{
  guint at = n->n_seen % ME_NEUTRAL_POSTURES;

  if (n->n_seen && time_ns - n->seen_ns[(n->n_seen - 1) % ME_NEUTRAL_POSTURES] < STEP_NS)
    return FALSE;
  n->seen[at] = *now;
  n->seen_ns[at] = time_ns;
  n->n_seen++;
  for (guint i = 0; i < n_held (n); i++)
    n->distance[at][i] = n->distance[i][at] = me_posture_distance (now, &n->seen[i]);
  return TRUE;
}

static void
approach (MePoint *p, MePoint to, float share)
{
  p->x += share * (to.x - p->x);
  p->y += share * (to.y - p->y);
}

void
me_neutral_follow (MeNeutral *n, const MePosture *now, guint64 time_ns, guint64 elapsed_ns)
{
  float share = MIN (1.0f, (float)elapsed_ns / FOLLOW_TAU_NS);

  if (!n->resting_ns)
    n->resting_ns = MAX (time_ns, 1);
  n->away_ns = 0;
  remember (n, now, time_ns);
  for (guint k = 1; k <= n_held (n); k++) {
    guint at = (n->n_seen - k) % ME_NEUTRAL_POSTURES;
    if (n->seen_ns[at] + DELAY_NS > time_ns)
      continue;
    if (n->seen_ns[at] < n->resting_ns)
      return;
    for (int i = 0; i < ME_N_POINTS; i++)
      approach (&n->now.motion[i], n->seen[at].motion[i], share);
    approach (&n->now.turn, n->seen[at].turn, share);
    return;
  }
}

/* How alike two postures are, 0..1; the tail is long, so that among postures that are all different
 * the one in their middle is the most typical. */
static float
alike (float distance, float half)
{
  return half * half / (half * half + distance * distance);
}

gboolean
me_neutral_search (MeNeutral *n, const MePosture *now, float start, guint64 time_ns)
{
  float half = HALF_ALIKE * start, own = 0, most = 0;
  guint typical = 0;

  n->resting_ns = 0;
  if (!n->away_ns)
    n->away_ns = time_ns;
  if (!remember (n, now, time_ns) ||
      (knows_the_beginning (n, time_ns) && time_ns - n->away_ns < EXPRESSION_NS))
    return FALSE;
  for (guint i = 0; i < n_held (n); i++) {
    float support = 0;
    if (!is_recent (n, i, time_ns))
      continue;
    for (guint j = 0; j < n_held (n); j++)
      support += is_recent (n, j, time_ns) ? alike (n->distance[i][j], half) : 0;
    own += alike (me_posture_distance (&n->now, &n->seen[i]), half);
    if (support > most) {
      most = support;
      typical = i;
    }
  }
  if (own >= LEAST_SUPPORT * most)
    return FALSE;
  n->now = n->seen[typical];
  n->away_ns = 0;
  return TRUE;
}

/* Of a point, of what is remembered from a time on. */
static MePoint
median_since (const MeNeutral *n, int point, guint64 from_ns, guint64 to_ns)
{
  float x[ME_NEUTRAL_POSTURES], y[ME_NEUTRAL_POSTURES];
  int count = 0;

  for (guint i = 0; i < n_held (n); i++) {
    if (n->seen_ns[i] < from_ns || n->seen_ns[i] > to_ns)
      continue;
    x[count] = n->seen[i].motion[point].x;
    y[count++] = n->seen[i].motion[point].y;
  }
  return count ? (MePoint){ me_median (x, count), me_median (y, count) } : n->now.motion[point];
}

void
me_neutral_before (const MeNeutral *n, guint64 time_ns, MePoint motion[ME_N_POINTS])
{
  guint64 newest_ns = 0;

  for (guint i = 0; i < n_held (n); i++)
    if (n->seen_ns[i] <= time_ns)
      newest_ns = MAX (newest_ns, n->seen_ns[i]);
  for (int i = 0; i < ME_N_POINTS; i++) {
    guint64 back_ns = me_facial_point_is_near_eye (i) ? MIN (newest_ns, BLINKS_NS) : 0;
    motion[i] = median_since (n, i, newest_ns - back_ns, newest_ns);
  }
}
