/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waits for the running time of each frame of a live source. The base class could, but it shifts
 * the times of the frames when it does, and they would no longer be those of the truth. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Part of an element, whose object lock protects it; all 0 at first. */
typedef struct
{
  GstClockID waiting; /* NULL: nobody waits */
  gboolean stopped;
} GstMicroexprTestPacer;

/* Running time now; 0 while the element has no clock. */
GstClockTime gst_microexpr_test_pacer_now (GstElement *element);

/* Waits until the element's clock shows a running time, at once without a clock. FALSE: stopped. */
gboolean gst_microexpr_test_pacer_wait (
    GstMicroexprTestPacer *pacer, GstElement *element, GstClockTime running_time);

/* Ends a wait and refuses further ones, or allows them again. Any thread. */
void gst_microexpr_test_pacer_stop (
    GstMicroexprTestPacer *pacer, GstElement *element, gboolean stopped);

G_END_DECLS
