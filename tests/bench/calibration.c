/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "calibration.h"

#define FEW 50 /* events in a bin below which it says nothing */

void
calibration_add (Calibration *calibration, const Item *report)
{
  guint bin = (guint)CLAMP (report->confidence * N_BINS, 0, N_BINS - 1);

  calibration->reports[bin]++;
  calibration->right[bin] += report->match >= 0;
  calibration->confidence[bin] += report->confidence;
}

void
calibration_print_head (void)
{
  g_print ("confidence, reported/observed (events; * few)\n");
}

void
calibration_print (const char *name, const Calibration *calibration)
{
  g_print ("%-8s", name);
  for (guint i = 0; i < N_BINS; i++) {
    double n = calibration->reports[i];

    if (n > 0)
      g_print (" %6.2f/%.2f (%3.0f%c", calibration->confidence[i] / n, calibration->right[i] / n, n,
          n < FEW ? '*' : ')');
    else
      g_print (" %17s", "-");
  }
  g_print ("\n");
}
