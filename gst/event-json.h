/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Events as JSON: an object with the fields of the structure (docs/microexprextract.md). */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* On one line, without its end; numbers as they are in any locale. Fields that JSON cannot hold,
 * such as times that do not exist, are left out. (transfer full) */
char *gst_microexpr_event_to_json (const GstStructure *event);

/* The structure `microexpr-event` of one such object; size: bytes. What is no event (bad JSON, no
 * object, nested deeper than an event) gives NULL, members of types that no event has are left out.
 * (transfer full) */
GstStructure *gst_microexpr_event_from_json (const char *text, gsize size);

G_END_DECLS
