/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether the analysis keeps starting anew. */
#include "restarts.h"

#include <math.h>

#include "microexpr.h"

#define MEMORY_S 10.0          /* in which the weight of a restart decays to 1/e */
#define CALM_SHARE (1.0 / 3.0) /* of the limit, below which the warning clears */

void
gst_microexpr_restarts_init (GstMicroexprRestarts *r)
{
  *r = (GstMicroexprRestarts){ .newest = GST_CLOCK_TIME_NONE, .differs = GST_CLOCK_TIME_NONE };
}

void
gst_microexpr_restarts_count (GstMicroexprRestarts *r)
{
  r->per_minute += 60 / MEMORY_S;
}

/* Buffer time may go back: only time that passes forward counts. */
static void
let_pass (GstMicroexprRestarts *r, GstClockTime time)
{
  if (GST_CLOCK_TIME_IS_VALID (r->newest) && time > r->newest) {
    r->elapsed += time - r->newest;
    r->per_minute *= exp (-(double)(time - r->newest) / GST_SECOND / MEMORY_S);
  }
  r->newest = time;
}

gboolean
gst_microexpr_restarts_warns (GstMicroexprRestarts *r, GstClockTime time)
{
  const MeWarningRule *rule = me_warning_rule (ME_WARNING_RESTARTS);
  double limit = rule->limit * (r->warned ? CALM_SHARE : 1);

  let_pass (r, time);
  if ((r->per_minute > limit) == r->warned) {
    r->differs = GST_CLOCK_TIME_NONE;
    return FALSE;
  }
  if (!GST_CLOCK_TIME_IS_VALID (r->differs))
    r->differs = r->elapsed;
  if (r->elapsed - r->differs < rule->hold_ns)
    return FALSE;
  r->warned = !r->warned;
  r->differs = GST_CLOCK_TIME_NONE;
  return TRUE;
}
