/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GST_TYPE_LIST of GstStructure: the events and faces of metas and messages. A zeroed value,
 * without a type, is an empty list as well, and takes no memory. Free with g_value_unset(). */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Gives an empty list its type, for those who look for a list. */
void gst_microexpr_list_init (GValue *list);

guint gst_microexpr_list_size (const GValue *list);

/* structure: transfer full. */
void gst_microexpr_list_append (GValue *list, GstStructure *structure);

/* Appends the items of `from`, which is empty afterwards. */
void gst_microexpr_list_move (GValue *list, GValue *from);

/* Owned by the list. */
const GstStructure *gst_microexpr_list_get (const GValue *list, guint i);

/* Whether a face of this number is in a list of faces. */
gboolean gst_microexpr_list_has_face (const GValue *faces, guint64 id);

G_END_DECLS
