/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* PERCLOS: the share of the last minute in which the eyes were at least 80 % closed (Wierwille et
 * al. 1994; Dinges & Grace 1998, FHWA-MCRT-98-006). Only time in which the eyes were measured
 * counts, so the minute may span gaps. Constant memory, at any frame rate. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ME_PERCLOS_SECONDS 60
#define ME_PERCLOS_CLOSED 0.8f /* closure from which eyes count as closed, 0..1 */

typedef struct
{
  guint64 last_ns;    /* of the newest measurement */
  gboolean closed;    /* then */
  gboolean following; /* the next one continues from it */
  /* Of the second that is filling: how much of it was seen, and with closed eyes, ns. */
  guint64 seen_ns, closed_ns;
  guint32 of_second_ns[ME_PERCLOS_SECONDS]; /* ring: eyes closed in each whole second seen */
  guint64 n;                                /* whole seconds seen so far */
} MePerclos;

void me_perclos_reset (MePerclos *perclos);

/* A measurement: time_ns grows, but after a break may be anything. What lies between two of them is
 * as they are, half of it when they differ. */
void me_perclos_add (MePerclos *perclos, guint64 time_ns, gboolean closed);

/* The share, 0..1, of up to a minute of whole seconds; -1 while fewer than half a minute were seen.
 */
double me_perclos_share (const MePerclos *perclos);

G_END_DECLS
