/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The events that the live page keeps, and what becomes of a reader that is too slow for them. */
#include "live/event-log.h"
#include "live/settings.h"

#include <gst/check/gstcheck.h>
#include <string.h>

#define MICRO "{\"kind\":\"micro\"}\n"

static void
add (LiveEventLog *log, guint camera, const char *json)
{
  live_event_log_add (log, camera, json, strlen (json));
}

static guint64
number_after (LiveEventLog *log, guint64 after)
{
  LiveEvent *event = live_event_log_get (log, after);
  guint64 number = event ? event->number : 0;

  g_clear_pointer (&event, live_event_free);
  return number;
}

GST_START_TEST (test_events_are_numbered_and_counted)
{
  LiveEventLog *log = live_event_log_new (2);
  LiveEvent *event;

  fail_unless_equals_uint64 (number_after (log, 0), 0);
  add (log, 0, MICRO);
  add (log, 1, "{\"kind\":\n\"blink\", \"source\":\"a\"}\n");
  add (log, 1, "{\"kind\":\"macro\",\"candidate\":true}");
  fail_unless_equals_uint64 (live_event_log_count (log, 0, "micro"), 1);
  fail_unless_equals_uint64 (live_event_log_count (log, 1, "micro"), 0);
  fail_unless_equals_uint64 (live_event_log_count (log, 1, "blink"), 1);
  fail_unless_equals_uint64 (live_event_log_count (log, 1, "macro"), 0);
  fail_unless_equals_uint64 (live_event_log_count (log, 0, "sneeze"), 0);
  event = live_event_log_get (log, 1);
  fail_unless_equals_uint64 (event->number, 2);
  fail_unless_equals_int (event->camera, 1);
  fail_unless_equals_string (event->kind, "blink");
  fail_unless_equals_string (event->json, "{\"kind\": \"blink\", \"source\":\"a\"}");
  live_event_free (event);
  fail_unless_equals_uint64 (number_after (log, 3), 0);
  fail_unless_equals_uint64 (number_after (log, G_MAXUINT64), 0);
  live_event_log_unref (log);
}
GST_END_TEST

GST_START_TEST (test_what_is_no_event_is_left_out)
{
  LiveEventLog *log = live_event_log_new (1);
  static const char *const texts[] = { "", "{", "[]", "1", "{}", "{\"kind\":1}",
    "{\"kind\":\"other\"}", "{\"kind\":\"micro\"" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    add (log, 0, texts[i]);
  fail_unless_equals_uint64 (number_after (log, 0), 0);
  live_event_log_unref (log);
}
GST_END_TEST

GST_START_TEST (test_the_oldest_give_way)
{
  LiveEventLog *log = live_event_log_new (1);
  guint64 oldest, newest, n = 0;

  for (guint i = 0; i < 5000; i++)
    add (log, 0, MICRO);
  live_event_log_get_range (log, &oldest, &newest);
  fail_unless_equals_uint64 (newest, 5000);
  fail_unless_equals_uint64 (newest - oldest + 1, 2000);
  fail_unless_equals_uint64 (number_after (log, 7), oldest);
  for (guint64 after = 0; number_after (log, after) > 0; n++)
    after = number_after (log, after);
  fail_unless_equals_uint64 (n, 2000);
  fail_unless_equals_uint64 (live_event_log_count (log, 0, "micro"), 5000);
  live_event_log_unref (log);
}
GST_END_TEST

GST_START_TEST (test_large_events_take_no_more_memory)
{
  LiveEventLog *log = live_event_log_new (1);
  g_autofree char *filling = g_strnfill (1000 * 1000, 'x');
  g_autofree char *large = g_strdup_printf ("{\"kind\":\"micro\",\"filling\":\"%s\"}", filling);
  guint64 oldest, newest;

  for (guint i = 0; i < 30; i++)
    add (log, 0, large);
  live_event_log_get_range (log, &oldest, &newest);
  fail_unless_equals_uint64 (newest - oldest + 1, 8);
  live_event_log_unref (log);
}
GST_END_TEST

GST_START_TEST (test_addresses)
{
  static const struct
  {
    const char *text, *host;
    guint port;
  } good[] = {
    { "8080", "127.0.0.1", 8080 },
    { "localhost:1", "127.0.0.1", 1 },
    { "192.0.2.1:65535", "192.0.2.1", 65535 },
    { "[::1]:80", "::1", 80 },
  };
  static const char *const bad[] = { "", ":", ":80", "x", "::1:80", "[]:80", "[::1]", "1.2.3.4",
    "65536", "80 ", " 80", "+80", "example.org:80" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    GSocketAddress *address = live_settings_parse_address (good[i].text, NULL);
    GInetSocketAddress *inet = G_INET_SOCKET_ADDRESS (address);
    char *host = g_inet_address_to_string (g_inet_socket_address_get_address (inet));

    fail_unless_equals_string (host, good[i].host);
    fail_unless_equals_int (g_inet_socket_address_get_port (inet), good[i].port);
    g_free (host);
    g_object_unref (address);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    GError *error = NULL;

    fail_unless (!live_settings_parse_address (bad[i], &error), "%s", bad[i]);
    fail_unless (error != NULL);
    g_clear_error (&error);
  }
}
GST_END_TEST

static Suite *
live_events_suite (void)
{
  Suite *suite = suite_create ("live-events");
  TCase *tests = tcase_create ("general");

  suite_add_tcase (suite, tests);
  tcase_add_test (tests, test_events_are_numbered_and_counted);
  tcase_add_test (tests, test_what_is_no_event_is_left_out);
  tcase_add_test (tests, test_the_oldest_give_way);
  tcase_add_test (tests, test_large_events_take_no_more_memory);
  tcase_add_test (tests, test_addresses);
  return suite;
}

GST_CHECK_MAIN (live_events)
