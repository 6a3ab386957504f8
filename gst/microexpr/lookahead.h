/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frames held until what happens on them is known, and the metas they will leave with. Belongs to
 * the streaming thread. */
#pragma once

#include <gst/gst.h>

#include "findings.h"

G_BEGIN_DECLS

/* Frames in order, with the tags and other GstEvents between them. */
typedef struct
{
  GQueue items;
  guint n_frames;
  GValue events; /* list: on no frame yet, since none is held */
} GstMicroexprLookahead;

/* A frame with its metas-to-be. */
typedef struct
{
  GstBuffer *buffer;             /* owned, writable; NULL: a GstEvent in its place */
  GstEvent *event;               /* owned */
  GstMicroexprFindings findings; /* of the frame; its `events` are those that lie on it */
  gboolean due;                  /* leaves with the next release: time has gone back after it */
  GValue coming;                 /* list: faces that are not in it, but in a frame soon after */
  GValue news;                   /* list: events on it that no frame before it carries */
} GstMicroexprHeld;

void gst_microexpr_lookahead_init (GstMicroexprLookahead *lookahead);
void gst_microexpr_lookahead_clear (GstMicroexprLookahead *lookahead);

/* Holds a frame (transfer full) with its findings, which are moved, and adds their events. */
void gst_microexpr_lookahead_hold (
    GstMicroexprLookahead *lookahead, GstBuffer *buffer, GstMicroexprFindings *findings);

/* Keeps a GstEvent in its place between the frames held. FALSE: there are none, it may go at once.
 * event: transfer full when TRUE. */
gboolean gst_microexpr_lookahead_hold_event (GstMicroexprLookahead *lookahead, GstEvent *event);

/* Moves each event of the list onto the frames from its onset to its offset; when none of these is
 * held, onto the oldest frame, or the next one. */
void gst_microexpr_lookahead_add_events (GstMicroexprLookahead *lookahead, GValue *events);

/* The oldest item if it is due: a GstEvent, or a frame that began more than `ns` before the end of
 * the newest one; with 0 always. NULL: none is. Free with gst_microexpr_held_free(). */
GstMicroexprHeld *gst_microexpr_lookahead_release (
    GstMicroexprLookahead *lookahead, GstClockTime ns);
void gst_microexpr_held_free (GstMicroexprHeld *held);

/* Drops all frames. Events that none before them carried wait for the next one; the GstEvents
 * between them go to the pad, which keeps them over a flush. */
void gst_microexpr_lookahead_flush (GstMicroexprLookahead *lookahead, GstPad *pad);

/* Asks for as many more buffers in every pool of an answered ALLOCATION query as are held for `ns`.
 * FALSE: none are, or the query does not say of which video. */
gboolean gst_microexpr_lookahead_propose (GstQuery *query, GstClockTime ns);

/* Makes a buffer ready to be held for `ns` at that interval between frames, NONE: unknown. Returns
 * a copy when the pool of the buffer could run dry, else the buffer itself. buffer: transfer full.
 * (transfer full) */
GstBuffer *gst_microexpr_lookahead_own (GstBuffer *buffer, GstClockTime ns, GstClockTime interval);

G_END_DECLS
