/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An event in words: the one label text that is drawn on the picture and written as a subtitle, and
 * the score of its units. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* event: structure with the fields of the message `microexpr-event`; absent fields are left out.
 * "surprise 82 % AU1+2 left 1.9 % 180 ms": what, confidence in the event, action units, the side
 * when all of them moved on one side only, strength of the strongest unit in % IPD, offset - onset.
 * A macro expression and a blink say so first; without an emotion the kind stands in its place.
 * Plain UTF-8 without markup characters, the same in every locale. Transfer full. */
char *gst_microexpr_event_label (const GstStructure *event);

/* The units of an event as FACS coders write them: "1A+2A", "L12B" when the left side alone moved;
 * "" without units. Transfer full. */
char *gst_microexpr_event_facs (const GstStructure *event);

/* Whether it is reported as a candidate only: not drawn, and no label of its face. */
gboolean gst_microexpr_event_is_candidate (const GstStructure *event);

/* The name that the label begins with: its emotion, else its kind. Owned by the structure. */
const char *gst_microexpr_event_name (const GstStructure *event);

G_END_DECLS
