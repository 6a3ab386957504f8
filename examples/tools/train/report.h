/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The data of the page as JSON. page/bank.js reads it and says what each member is. */
#pragma once

#include "bank.h"
#include "settings.h"

G_BEGIN_DECLS

/* (transfer full), with g_free(). */
char *train_report_write (const TrainBank *bank, const TrainSettings *settings);

G_END_DECLS
