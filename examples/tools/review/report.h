/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The data of the page as JSON. page/data.js reads it and says what each member is. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* video: its URL relative to the page, "" when embedded, NULL: none. (transfer full), with
 * g_free(). */
char *review_report_write (
    const ReviewAnalysis *analysis, const ReviewSettings *settings, const char *video);

/* Members of an object that is open: which program wrote it and when; and of the data above, what
 * the index page of a folder needs: recording, settings, frames, and of events what is counted. */
void review_report_write_origin (JsonBuilder *json);
void review_report_summarize (
    const ReviewAnalysis *analysis, const ReviewSettings *settings, JsonBuilder *json);

G_END_DECLS
