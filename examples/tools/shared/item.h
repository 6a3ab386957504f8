/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An event that can be scored, true or reported, and the events of one recording. */
#pragma once

#include <gst/gst.h>

#include "reading/confidence.h"

G_BEGIN_DECLS

/* A true or a reported event. Times in s of stream time. */
typedef struct
{
  MeKind kind;
  double onset, apex, offset;
  double strength[ME_N_AUS], left[ME_N_AUS], right[ME_N_AUS];
  char emotion[16];
  double intensity, confidence, snr;
  double latency;                 /* from the offset to the report; of reports only */
  int match;                      /* index of the event of the other list; -1: none */
  double evidence[ME_N_EVIDENCE]; /* of replayed micro-expressions only */
  double emotions[ME_N_EMOTIONS]; /* 0..1; of reports only */
} Item;

/* What one clip gave. */
typedef struct
{
  GArray *truths, *reports; /* Item */
  double duration;          /* s */
} Clip;

void clip_init (Clip *clip);
void clip_clear (Clip *clip);

/* s: microexpr-event or microexpr-truth. Latency is left at 0. */
Item item_read (const GstStructure *s);

const Item *item_at (const GArray *items, guint i);

G_END_DECLS
