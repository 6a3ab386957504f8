/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GST_TYPE_LIST of GstStructure: the events and faces of metas and messages. */
#include "structure-list.h"

void
gst_microexpr_list_init (GValue *list)
{
  if (!G_IS_VALUE (list))
    g_value_init (list, GST_TYPE_LIST);
}

guint
gst_microexpr_list_size (const GValue *list)
{
  return G_IS_VALUE (list) ? gst_value_list_get_size (list) : 0;
}

void
gst_microexpr_list_append (GValue *list, GstStructure *structure)
{
  GValue value = G_VALUE_INIT;

  gst_microexpr_list_init (list);
  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, structure);
  gst_value_list_append_and_take_value (list, &value);
}

void
gst_microexpr_list_move (GValue *list, GValue *from)
{
  if (!G_IS_VALUE (list)) {
    *list = *from;
    *from = (GValue)G_VALUE_INIT;
    return;
  }
  for (guint i = 0; i < gst_microexpr_list_size (from); i++)
    gst_microexpr_list_append (list, gst_structure_copy (gst_microexpr_list_get (from, i)));
  g_value_unset (from);
}

const GstStructure *
gst_microexpr_list_get (const GValue *list, guint i)
{
  return gst_value_get_structure (gst_value_list_get_value (list, i));
}

gboolean
gst_microexpr_list_has_face (const GValue *faces, guint64 id)
{
  guint other;

  for (guint i = 0; i < gst_microexpr_list_size (faces); i++)
    if (gst_structure_get_uint (gst_microexpr_list_get (faces, i), "id", &other) && other == id)
      return TRUE;
  return FALSE;
}
