/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "options.h"

#include <gst/gst.h>
#include <stdlib.h>
#include <string.h>

#define MOST_S 3600.0

#define SUMMARY                                                                                    \
  "Watches cameras, streams and recordings for facial micro-expressions; writes every event as "   \
  "a\n"                                                                                            \
  "line of JSON. SOURCE is a camera (rtsp://..., http://..., any other URI, /dev/video0), a file " \
  "or\n"                                                                                           \
  "launch:ELEMENTS whose last element has a video pad; NAME stands in its events. A camera is\n"   \
  "connected anew when it ends; recording:URI is a recording elsewhere. Ends when all "            \
  "recordings\n"                                                                                   \
  "have ended, or with SIGINT or SIGTERM; SIGHUP opens the output anew, for logrotate.\n\n"        \
  "Exit status: 0 all is well, 1 a source failed for good, 2 cannot start, 3 not all events "      \
  "could\n"                                                                                        \
  "be written."

/* FALSE for NaN, too. */
static gboolean
is_within (double least, double seconds)
{
  return seconds >= least && seconds <= MOST_S;
}

static gboolean
check (const Options *o, GError **error)
{
  const char *wrong = NULL;

  if (!o->sources || !o->sources[0])
    wrong = "name at least one source; see --help";
  else if (o->latency_ms < 0)
    wrong = "--latency must not be negative";
  else if (!(is_within (1, o->stall_s) && is_within (0.1, o->retry_s) &&
               is_within (0, o->before_s) && is_within (0, o->after_s)))
    wrong = "--stall must be 1 to 3600 s, --retry 0.1 to 3600 s, --before and --after 0 to 3600 s";
  else if (!g_strv_contains ((const char *const[]){ "tcp", "udp", "tcp+udp", NULL }, o->transport))
    wrong = "--transport must be tcp, udp or tcp+udp";
  if (wrong)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, wrong);
  return !wrong;
}

/* Names and paths are bytes: a service has no locale to convert them by. */
gboolean
options_read (Options *o, int *argc, char ***argv)
{
  gboolean version = FALSE, good;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o->output,
        "Append events to this file [standard output]; - for standard output even if it is a "
        "terminal",
        "FILE" },
    { "properties", 'p', 0, G_OPTION_ARG_FILENAME, &o->properties,
        "Properties of microexpr, such as \"kinds=micro+macro sensitivity=1.5\"", "PROPERTIES" },
    { "transport", 't', 0, G_OPTION_ARG_STRING, &o->transport,
        "RTSP transport: tcp, udp, tcp+udp [tcp]", "PROTOCOLS" },
    { "latency", 'l', 0, G_OPTION_ARG_INT, &o->latency_ms,
        "RTSP jitter buffer: how late packets may be [200]", "MS" },
    { "stall", 0, 0, G_OPTION_ARG_DOUBLE, &o->stall_s,
        "Reconnect after this long without a frame [5]", "S" },
    { "retry", 0, 0, G_OPTION_ARG_DOUBLE, &o->retry_s,
        "Longest delay between two attempts to connect [2]", "S" },
    { "record", 'r', 0, G_OPTION_ARG_FILENAME, &o->record,
        "Record the original video around each event to this directory", "DIRECTORY" },
    { "before", 0, 0, G_OPTION_ARG_DOUBLE, &o->before_s, "Recorded before an event [5]", "S" },
    { "after", 0, 0, G_OPTION_ARG_DOUBLE, &o->after_s, "Recorded after an event [5]", "S" },
    { "no-table", 0, 0, G_OPTION_ARG_NONE, &o->no_table, "Print log lines even on a terminal",
        NULL },
    { "anonymize", 0, 0, G_OPTION_ARG_NONE, &o->live.anonymize,
        "Cover faces in what --http serves; the files of --record show them", NULL },
    { "http", 0, 0, G_OPTION_ARG_STRING, &o->live.address,
        "Serve pictures, events and metrics over HTTP; without an address, to this computer only",
        "[ADDRESS:]PORT" },
    { "http-token-file", 0, 0, G_OPTION_ARG_FILENAME, &o->live.token_file,
        "File, mode 0600, with the token that readers must bring", "FILE" },
    { "http-certificate", 0, 0, G_OPTION_ARG_FILENAME, &o->live.certificate,
        "Serve over TLS with this certificate (PEM)", "FILE" },
    { "http-key", 0, 0, G_OPTION_ARG_FILENAME, &o->live.key, "Private key of the certificate (PEM)",
        "FILE" },
    { "http-client-ca", 0, 0, G_OPTION_ARG_FILENAME, &o->live.client_ca,
        "Let in who has a certificate issued by one of these (PEM), as by a token", "FILE" },
    { "http-host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->live.hosts,
        "Another name of this computer that requests may use", "NAME" },
    { "http-peer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->live.peers,
        "Show the cameras of another monitor on the page, too", "URL" },
    { "http-origin", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->live.origins,
        "Let the page of another monitor read this one: what it has as --http-peer", "URL" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Print the version and exit", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->sources, NULL,
        "[NAME=]SOURCE..." },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  GOptionContext *context = g_option_context_new (NULL);
  GError *error = NULL;

  *o = (Options){ .latency_ms = 200, .stall_s = 5, .retry_s = 2, .before_s = 5, .after_s = 5 };
  o->transport = g_strdup ("tcp");
  g_option_context_set_summary (context, SUMMARY);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  good = g_option_context_parse (context, argc, argv, &error);
  if (good && version) {
    g_print ("microexpr-monitor %s\n", VERSION);
    exit (EXIT_SUCCESS);
  }
  good = good && check (o, &error);
  if (!good)
    g_printerr ("microexpr-monitor: %s\n", error->message);
  g_clear_error (&error);
  g_option_context_free (context);
  return good;
}

void
options_clear (Options *o)
{
  g_strfreev (o->sources);
  g_free (o->output);
  g_free (o->properties);
  g_free (o->transport);
  g_free (o->record);
  live_options_clear (&o->live);
}
