/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frames held back until what happens on them is known, and the metas they will leave with. Belongs
 * to the streaming thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Frames in order, with the tags and other events between them. */
typedef struct
{
  GQueue items;
  guint n_frames;
} GstMicroexprLookahead;

/* A frame with its metas-to-be. */
typedef struct
{
  GstBuffer *buffer;        /* owned, writable; NULL: an event in its place */
  GstEvent *event;          /* owned */
  GstClockTime time, end;   /* buffer time; GST_CLOCK_TIME_NONE: unknown */
  GstClockTime stream_time; /* likewise */
  gboolean due;             /* it waits for nothing: time starts anew after it */
  gboolean unseen;          /* it was not analysed */
  GValue faces;             /* list */
  GValue coming;            /* list: faces that are not in it, but in a frame soon after */
  GValue events;            /* list: those that lie on this frame */
  GValue news;              /* list: those of them that no frame before it carries */
} GstMicroexprHeld;

void gst_microexpr_lookahead_init (GstMicroexprLookahead *lookahead);

/* Holds a frame; takes the buffer and the contents of `faces`, which is left unset. duration in ns
 * or GST_CLOCK_TIME_NONE. */
GstMicroexprHeld *gst_microexpr_lookahead_hold (GstMicroexprLookahead *lookahead, GstBuffer *buffer,
    GstClockTime time, GstClockTime duration, GstClockTime stream_time, GValue *faces);

/* Keeps an event in its place between the frames held. FALSE: there are none, it may go at once.
 * Takes the event when TRUE. */
gboolean gst_microexpr_lookahead_hold_event (GstMicroexprLookahead *lookahead, GstEvent *event);

/* Puts each event of the list onto the frames from its onset to its offset, else onto the oldest
 * frame, and empties the list; leaves it as it is when no frame is held. */
void gst_microexpr_lookahead_distribute (GstMicroexprLookahead *lookahead, GValue *events);

/* The oldest item when it is due: when the next frame would come later than `ns` after it. 0:
 * always. NULL: none is. Free with gst_microexpr_held_free(). */
GstMicroexprHeld *gst_microexpr_lookahead_release (
    GstMicroexprLookahead *lookahead, GstClockTime ns);
void gst_microexpr_held_free (GstMicroexprHeld *held);

/* Drops all frames. What was found and none before them carried is appended to `events`; the
 * GstEvents between them go to the pad, which keeps them over a flush. */
void gst_microexpr_lookahead_flush (GstMicroexprLookahead *lookahead, GstPad *pad, GValue *events);

/* How many frames of that interval are held at most for `ns`; interval GST_CLOCK_TIME_NONE: an
 * estimate. */
guint gst_microexpr_lookahead_n_frames (GstClockTime ns, GstClockTime interval);

/* Asks for n more buffers in every pool of an answered ALLOCATION query. */
void gst_microexpr_lookahead_propose (GstQuery *query, gsize size, guint n);

/* The buffer itself when it may be held, else a copy, when its pool could run dry with n buffers
 * held. Takes the buffer. (transfer full) */
GstBuffer *gst_microexpr_lookahead_own (GstBuffer *buffer, guint n);

G_END_DECLS
