/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "stream.h"

struct _LiveStream
{
  SoupServerMessage *message;
  const LiveStreamSource *functions;
  gpointer source;
  gboolean waiting; /* the reader has taken the last piece */
  gint64 sent_us;   /* when the last piece was handed over */
};

static void
send (LiveStream *stream, GBytes *piece)
{
  stream->waiting = FALSE;
  stream->sent_us = g_get_monotonic_time ();
  soup_message_body_append_bytes (soup_server_message_get_response_body (stream->message), piece);
}

void
live_stream_pump (LiveStream *stream)
{
  double quiet_s = (double)(g_get_monotonic_time () - stream->sent_us) / G_TIME_SPAN_SECOND;
  GBytes *piece = stream->waiting ? stream->functions->next (stream->source, quiet_s) : NULL;

  if (!piece)
    return;
  send (stream, piece);
  g_bytes_unref (piece);
  soup_server_message_unpause (stream->message);
}

static void
go_on (SoupServerMessage *message G_GNUC_UNUSED, gpointer user_data)
{
  LiveStream *stream = user_data;

  stream->waiting = TRUE;
  live_stream_pump (stream);
}

LiveStream *
live_stream_new (SoupServerMessage *message, const char *type, const LiveStreamSource *functions,
    gpointer source)
{
  LiveStream *stream = g_new0 (LiveStream, 1);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  stream->message = g_object_ref (message);
  stream->functions = functions;
  stream->source = source;
  stream->sent_us = g_get_monotonic_time ();
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, type, NULL);
  soup_message_headers_set_encoding (headers,
      soup_server_message_get_http_version (message) == SOUP_HTTP_1_0 ? SOUP_ENCODING_EOF
                                                                      : SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (go_on), stream);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (go_on), stream);
  return stream;
}

void
live_stream_end (LiveStream *stream)
{
  soup_message_body_complete (soup_server_message_get_response_body (stream->message));
  soup_server_message_unpause (stream->message);
}

void
live_stream_free (LiveStream *stream)
{
  g_signal_handlers_disconnect_by_data (stream->message, stream);
  stream->functions->free (stream->source);
  g_object_unref (stream->message);
  g_free (stream);
}
