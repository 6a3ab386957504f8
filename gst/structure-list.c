/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GST_TYPE_LIST of GstStructure: the events and faces of metas and messages. */
#include "structure-list.h"

void
gst_microexpr_list_init (GValue *list)
{
  g_value_init (list, GST_TYPE_LIST);
}

void
gst_microexpr_list_append (GValue *list, GstStructure *structure)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, structure);
  gst_value_list_append_and_take_value (list, &value);
}

void
gst_microexpr_list_move (GValue *list, GValue *from)
{
  for (guint i = 0; i < gst_value_list_get_size (from); i++)
    gst_value_list_append_value (list, gst_value_list_get_value (from, i));
  g_value_reset (from);
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

  for (guint i = 0; i < gst_value_list_get_size (faces); i++)
    if (gst_structure_get_uint (gst_microexpr_list_get (faces, i), "id", &other) && other == id)
      return TRUE;
  return FALSE;
}
