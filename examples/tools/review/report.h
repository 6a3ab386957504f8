/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The data of the page as JSON. page/data.js reads it and says what each member is. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* video: its URL relative to the page, "" when embedded, NULL: none. (transfer full), with
 * g_free(). */
char *review_report_write (
    const ReviewAnalysis *analysis, const ReviewSettings *settings, const char *video);

G_END_DECLS
