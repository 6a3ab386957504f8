/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Progress on stderr, and the user's wish to stop. On a terminal one line that overwrites itself,
 * with a bar and the time left; elsewhere a line every tenth. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One at a time in a process; belongs to the main thread. */
typedef struct _ReviewProgress ReviewProgress;

/* From now on SIGINT and SIGTERM do not end the process but are counted. */
ReviewProgress *review_progress_new (void);
void review_progress_free (ReviewProgress *progress);

/* How often the user asked to stop. Lets what waits in the main context run. */
guint review_progress_stops (ReviewProgress *progress);

/* Starts a step that is called so: "Analysing". The string is not copied. */
void review_progress_begin (ReviewProgress *progress, const char *step);
/* done: 0..1 of the step. detail: what else to show, such as "3 events"; NULL: nothing. */
void review_progress_show (ReviewProgress *progress, double done, const char *detail);
/* Prints a line of its own above the bar. */
void review_progress_print (ReviewProgress *progress, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Takes the bar away. */
void review_progress_end (ReviewProgress *progress);

G_END_DECLS
