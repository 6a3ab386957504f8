/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What microexprextract sends: each event once, as a buffer of the format that downstream accepts.
 * Belongs to the streaming thread. */
#pragma once

#include <gst/gst.h>

#include "format.h"
#include "seen.h"

G_BEGIN_DECLS

typedef struct
{
  GstPad *pad;                      /* not owned */
  const GstSegment *segment;        /* of the buffers that arrive, and of those that leave */
  const GstMicroexprFormat *format; /* NULL: not chosen yet */
  gboolean begun;                   /* the header has been sent, or the format has none */
  GstMicroexprSeen seen;
} GstMicroexprSender;

/* The caps of all formats. (transfer full) */
GstCaps *gst_microexpr_sender_caps (void);

void gst_microexpr_sender_init (GstMicroexprSender *sender, GstPad *pad, const GstSegment *segment);

/* As after init. */
void gst_microexpr_sender_reset (GstMicroexprSender *sender);

/* Events that were sent may be sent again: after a flush they come anew. */
void gst_microexpr_sender_forget (GstMicroexprSender *sender);

/* Chooses a format that downstream accepts; again whenever downstream asks for it. FALSE: it
 * accepts none. */
gboolean gst_microexpr_sender_negotiate (GstMicroexprSender *sender);

/* Negotiates, and sends the header of the format if it has not been sent. */
GstFlowReturn gst_microexpr_sender_begin (GstMicroexprSender *sender, GstClockTime time);

/* Sends those of a list of events (NULL: none) that have not been sent, and counts them; after
 * begin. known: when they became known, a position in the segment. */
GstFlowReturn gst_microexpr_sender_send (
    GstMicroexprSender *sender, const GValue *events, GstClockTime known, guint *n_sent);

G_END_DECLS
