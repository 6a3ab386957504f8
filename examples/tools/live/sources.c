/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sources.h"

#include <string.h>

#define EVENTS_QUIET_S 10.0   /* then a comment shows whether the reader is still there */
#define PICTURES_QUIET_S 10.0 /* then the last picture comes again, for the same reason */

/* ---- https://html.spec.whatwg.org/multipage/server-sent-events.html ---- */

typedef struct
{
  LiveEventLog *log;
  const char *run;
  guint64 after;
  guint64 *n_skipped;
  gboolean greeted;
} Events;

gpointer
live_events_source_new (LiveEventLog *log, const char *run, guint64 after, guint64 *n_skipped)
{
  Events *events = g_new0 (Events, 1);

  *events = (Events){ log, run, after, n_skipped, FALSE };
  return events;
}

/* The id comes with what was lost, too: it is told once. */
static void
append_lost (GString *text, Events *events, guint64 first)
{
  guint64 n = first - events->after - 1;

  *events->n_skipped += n;
  g_string_append_printf (text,
      "id: %s-%" G_GUINT64_FORMAT "\nevent: lost\ndata: {\"lost\":%" G_GUINT64_FORMAT "}\n\n",
      events->run, first - 1, n);
}

static GBytes *
next_event (gpointer source, double quiet_s)
{
  Events *events = source;
  LiveEvent *event = live_event_log_get (events->log, events->after);
  GString *text = g_string_new (NULL);

  if (!events->greeted)
    g_string_append (text, "retry: 2000\n\n");
  events->greeted = TRUE;
  if (event) {
    if (event->number > events->after + 1)
      append_lost (text, events, event->number);
    g_string_append_printf (text, "id: %s-%" G_GUINT64_FORMAT "\ndata: %s\n\n", events->run,
        event->number, event->json);
    events->after = event->number;
    live_event_free (event);
  } else if (quiet_s > EVENTS_QUIET_S)
    g_string_append (text, ":\n\n");
  if (text->len > 0)
    return g_string_free_to_bytes (text);
  g_string_free (text, TRUE);
  return NULL;
}

const LiveStreamSource live_events_source = { next_event, g_free };

/* ---- pictures ---- */

typedef struct
{
  const LiveCamera *cameras;
  guint first, n, turn;
  GBytes *last;      /* the last picture; NULL: none yet */
  guint last_camera; /* whose it is */
  guint64 numbers[];
} Pictures;

gpointer
live_pictures_source_new (const LiveCamera *cameras, guint first, guint n)
{
  Pictures *pictures = g_malloc0 (sizeof (Pictures) + n * sizeof (guint64));

  pictures->cameras = cameras;
  pictures->first = first;
  pictures->n = n;
  return pictures;
}

static void
free_pictures (gpointer source)
{
  Pictures *pictures = source;

  g_clear_pointer (&pictures->last, g_bytes_unref);
  g_free (pictures);
}

/* Browsers show a picture when the boundary after it arrives, so each piece ends with one. */
static GBytes *
make_part (guint camera, GBytes *picture, gboolean is_first)
{
  GByteArray *part = g_byte_array_new ();
  g_autofree char *head =
      g_strdup_printf ("%sContent-Type: image/jpeg\r\nContent-Length: %" G_GSIZE_FORMAT
                       "\r\nContent-Location: /api/cameras/%u/picture\r\n\r\n",
          is_first ? "--picture\r\n" : "", g_bytes_get_size (picture), camera);
  static const char end[] = "\r\n--picture\r\n";

  g_byte_array_append (part, (const guint8 *)head, (guint)strlen (head));
  g_byte_array_append (part, g_bytes_get_data (picture, NULL), (guint)g_bytes_get_size (picture));
  g_byte_array_append (part, (const guint8 *)end, sizeof end - 1);
  return g_byte_array_free_to_bytes (part);
}

/* A picture that this reader has not had; NULL: there is none. The cameras take turns, so that a
 * slow reader sees all of them. */
static GBytes *
find_picture (Pictures *p)
{
  GBytes *picture = NULL;
  guint turn = p->turn;

  for (guint i = 0; i < p->n; i++) {
    guint at = (turn + i) % p->n;
    LiveFeed *feed = p->cameras[p->first + at].feed;

    if (picture)
      live_feed_want_pictures (feed);
    else if ((picture = live_feed_get_picture (feed, &p->numbers[at])))
      p->turn = at + 1;
  }
  return picture;
}

static GBytes *
next_picture (gpointer source, double quiet_s)
{
  Pictures *p = source;
  GBytes *picture = find_picture (p);
  gboolean is_first = p->last == NULL;

  if (picture) {
    g_clear_pointer (&p->last, g_bytes_unref);
    p->last = picture;
    p->last_camera = p->first + p->turn - 1;
  } else if (is_first || quiet_s < PICTURES_QUIET_S)
    return NULL;
  return make_part (p->last_camera, p->last, is_first);
}

const LiveStreamSource live_pictures_source = { next_picture, free_pictures };
