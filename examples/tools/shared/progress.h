/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Progress on stderr, and Ctrl-C. On a terminal, one line with a bar and the time left that is
 * overwritten; elsewhere a line for every tenth. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One at a time in a process; main thread only. */
typedef struct _AppProgress AppProgress;

/* From now on SIGINT and SIGTERM are counted instead of ending the process. */
AppProgress *app_progress_new (void);
void app_progress_free (AppProgress *progress);

/* The number of such signals. Also runs pending sources of the main context. */
guint app_progress_stops (AppProgress *progress);

/* Starts a step. Its name, such as "Analyzing", is not copied. */
void app_progress_begin (AppProgress *progress, const char *step);
/* done: 0..1 of the step. detail: shown beside it, such as "3 events"; NULL: nothing. */
void app_progress_show (AppProgress *progress, double done, const char *detail);
/* Prints a line above the bar. */
void app_progress_print (AppProgress *progress, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Removes the bar. */
void app_progress_end (AppProgress *progress);

G_END_DECLS
