/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waits for the running time of each frame of a live source. The base class would shift the
 * timestamps, so that they no longer match the truth. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Part of an element and protected by its object lock. Initialised with zeros. */
typedef struct
{
  GstClockID waiting; /* NULL: no wait in progress */
  gboolean stopped;
} GstMicroexprTestPacer;

/* Current running time; 0 while the element has no clock. */
GstClockTime gst_microexpr_test_pacer_now (GstElement *element);

/* Waits until the element's clock reaches a running time; returns at once without a clock. FALSE:
 * stopped. */
gboolean gst_microexpr_test_pacer_wait (
    GstMicroexprTestPacer *pacer, GstElement *element, GstClockTime running_time);

/* TRUE: ends a wait and refuses further ones. FALSE: allows them again. Any thread. */
void gst_microexpr_test_pacer_stop (
    GstMicroexprTestPacer *pacer, GstElement *element, gboolean stopped);

G_END_DECLS
