/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GST_TYPE_LIST of GstStructure: the events and faces of metas and messages. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Makes a zeroed value an empty list. */
void gst_microexpr_list_init (GValue *list);

/* structure: transfer full. */
void gst_microexpr_list_append (GValue *list, GstStructure *structure);

/* Appends the items of `from`, which is an empty list afterwards. */
void gst_microexpr_list_move (GValue *list, GValue *from);

/* Owned by the list. */
const GstStructure *gst_microexpr_list_get (const GValue *list, guint i);

/* Whether a face of this number is in a list of faces. */
gboolean gst_microexpr_list_has_face (const GValue *faces, guint64 id);

G_END_DECLS
