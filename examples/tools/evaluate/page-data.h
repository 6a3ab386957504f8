/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the page of --page shows, counted anew from the reports of the first scores. */
#pragma once

#include "report.h"

G_BEGIN_DECLS

/* JSON, for g_free(). */
char *page_data (const Report *report, const Results *results, PageFlags show);

G_END_DECLS
