/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The worst of a data set. */
#pragma once

#include "page-parts.h"

G_BEGIN_DECLS

/* Adds the arrays `missed` and `wrong` to the data, with film strips if the page shows them. */
void page_add_worst (const Page *page);

G_END_DECLS
