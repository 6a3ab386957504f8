/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* True and reported events of a recording, for scoring. */
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
  double latency;                 /* s from offset to report; of reports only */
  int match;                      /* index in the other list; -1: none */
  double evidence[ME_N_EVIDENCE]; /* of replayed micro-expressions only */
  double emotions[ME_N_EMOTIONS]; /* 0..1; of reports only */
} Item;

/* The events of one recording. */
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

/* Collects the true and reported events that the pipeline posts, in the threads that post them,
 * until the pipeline is disposed of. */
void clip_collect (Clip *clip, GstElement *pipeline);

G_END_DECLS
