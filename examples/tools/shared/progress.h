/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Progress on stderr, and the user's wish to stop. On a terminal one line that overwrites itself,
 * with a bar and the time left; elsewhere a line every tenth. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One at a time in a process; belongs to the main thread. */
typedef struct _AppProgress AppProgress;

/* From now on SIGINT and SIGTERM do not end the process but are counted. */
AppProgress *app_progress_new (void);
void app_progress_free (AppProgress *progress);

/* How often the user asked to stop. Lets what waits in the main context run. */
guint app_progress_stops (AppProgress *progress);

/* Starts a step that is called so: "Analysing". The string is not copied. */
void app_progress_begin (AppProgress *progress, const char *step);
/* done: 0..1 of the step. detail: what else to show, such as "3 events"; NULL: nothing. */
void app_progress_show (AppProgress *progress, double done, const char *detail);
/* Prints a line of its own above the bar. */
void app_progress_print (AppProgress *progress, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Takes the bar away. */
void app_progress_end (AppProgress *progress);

G_END_DECLS
