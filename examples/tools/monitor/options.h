/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What was asked for on the command line. */
#pragma once

#include <glib.h>

typedef struct
{
  char **sources;    /* [NAME=]SOURCE */
  char *output;      /* file of JSON Lines; NULL: standard output, unless that is a terminal */
  char *properties;  /* of microexpr, as on a command line; NULL: its defaults */
  char *transport;   /* of RTSP: "tcp", "udp" or "tcp+udp" */
  char *record;      /* directory of recordings; NULL: none */
  int latency_ms;    /* that RTSP may add to put packets in order */
  double stall_s;    /* so long without a frame, and the camera is connected anew */
  double retry_s;    /* longest time between two attempts */
  double before_s;   /* what is recorded before an event; */
  double after_s;    /* and after it */
  gboolean no_table; /* also on a terminal */
} Options;

/* Reads the command line. FALSE: said on standard error what is wrong. */
gboolean options_read (Options *options, int *argc, char ***argv);
void options_clear (Options *options);
