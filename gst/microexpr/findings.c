/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is known of a frame once it has been through the analysis. */
#include "findings.h"

void
gst_microexpr_findings_init (GstMicroexprFindings *findings)
{
  *findings = (GstMicroexprFindings){ .time = GST_CLOCK_TIME_NONE,
    .duration = GST_CLOCK_TIME_NONE,
    .stream_time = GST_CLOCK_TIME_NONE,
    .unseen = TRUE };
}

void
gst_microexpr_findings_clear (GstMicroexprFindings *findings)
{
  g_value_unset (&findings->faces);
  g_value_unset (&findings->events);
}

void
gst_microexpr_findings_move (GstMicroexprFindings *to, GstMicroexprFindings *from)
{
  gst_microexpr_findings_clear (to);
  *to = *from;
  gst_microexpr_findings_init (from);
}
