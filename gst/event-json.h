/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events as JSON: an object with the fields of the structure (docs/microexprextract.md). */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* On one line, without its end; numbers as they are in any locale. Fields that JSON cannot hold,
 * such as times that do not exist, are left out. (transfer full) */
char *gst_microexpr_event_to_json (const GstStructure *event);

/* The structure `microexpr-event` of one such object; size: bytes. The text may come from anywhere:
 * what is no JSON object gives NULL, and members that no event has, or of another type, are passed
 * over. (transfer full) */
GstStructure *gst_microexpr_event_from_json (const char *text, gsize size);

G_END_DECLS
