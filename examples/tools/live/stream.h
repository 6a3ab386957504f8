/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An answer without an end: events or pictures. A reader gets the next piece when it has taken the
 * last one, so that each holds one piece of memory however slowly it reads. Main thread. */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct
{
  /* The next piece; NULL: there is none now. quiet_s: since the last one. (transfer full) */
  GBytes *(*next) (gpointer source, double quiet_s);
  void (*free) (gpointer source);
} LiveStreamSource;

typedef struct _LiveStream LiveStream;

/* Begins the answer to a message. `source` belongs to the stream. Free it when the message is
 * finished. */
LiveStream *live_stream_new (SoupServerMessage *message, const char *type,
    const LiveStreamSource *functions, gpointer source);
void live_stream_free (LiveStream *stream);

/* Sends the next piece to a reader that waits for it. */
void live_stream_pump (LiveStream *stream);

/* Ends the answer. */
void live_stream_end (LiveStream *stream);

G_END_DECLS
