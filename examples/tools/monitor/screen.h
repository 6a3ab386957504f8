/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The display on standard error: log lines and, on a terminal, a table below them that stays there
 * and is drawn again in place. Main thread. */
#pragma once

#include <glib.h>

/* A row of the table. */
typedef struct
{
  const char *name, *state;
  double frame_rate, latency_ms; /* 0: unknown */
  guint faces;                   /* in the newest frame */
  guint64 events;
  guint restarts;
  const char *news; /* why it waits, the last event, active warnings */
} ScreenRow;

/* table: FALSE for log lines only, as on anything that is not a terminal. */
void screen_init (gboolean table);

/* A line with the time in UTC. */
void screen_log (const char *name, const char *format, ...) G_GNUC_PRINTF (2, 3);

void screen_draw (const ScreenRow *rows, guint n);

/* Leaves the table as it was drawn last; what is logged from now on comes below it. */
void screen_finish (void);
