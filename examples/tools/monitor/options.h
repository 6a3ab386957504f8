/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line. */
#pragma once

#include "live/settings.h"

typedef struct
{
  char **sources;    /* [NAME=]SOURCE */
  char *output;      /* JSON Lines file; NULL: standard output, unless that is a terminal */
  char *properties;  /* of microexpr, as on a command line; NULL: its defaults */
  char *transport;   /* of RTSP: "tcp", "udp" or "tcp+udp" */
  char *record;      /* directory of recordings; NULL: none */
  int latency_ms;    /* of the RTSP jitter buffer */
  double stall_s;    /* reconnect after this time without a frame */
  double retry_s;    /* longest delay between two attempts */
  double before_s;   /* recorded before an event */
  double after_s;    /* recorded after an event */
  gboolean no_table; /* log lines only, even on a terminal */
  LiveOptions live;  /* the page of cameras */
} Options;

/* FALSE: the command line is wrong, and an error was printed. --help, --version end the process. */
gboolean options_read (Options *options, int *argc, char ***argv);
void options_clear (Options *options);
