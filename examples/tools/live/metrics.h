/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* /metrics: what is known of all cameras, in the text format of Prometheus. */
#pragma once

#include "status.h"

G_BEGIN_DECLS

/* What is known of the server. */
typedef struct
{
  guint connections, readers;
  guint64 requests, refused; /* since the start */
  guint64 events_skipped;    /* for readers that were too slow */
} LiveServerCounts;

/* (transfer full) */
GString *live_metrics_print (
    const LiveCamera *cameras, guint n, LiveEventLog *log, const LiveServerCounts *server);

G_END_DECLS
