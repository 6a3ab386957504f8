/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "accuracy-item.h"

static double
seconds (const GstStructure *s, const char *field)
{
  guint64 ns = 0;

  gst_structure_get_uint64 (s, field, &ns);
  return ns / 1e9;
}

static void
read_units (const GstStructure *s, const char *field, double strength[ME_N_AUS])
{
  const GValue *value = gst_structure_get_value (s, field);

  if (!value || !GST_VALUE_HOLDS_STRUCTURE (value))
    return;
  for (MeAu au = 0; au < ME_N_AUS; au++)
    gst_structure_get_double (gst_value_get_structure (value), me_au_name (au), &strength[au]);
}

Item
item_read (const GstStructure *s)
{
  Item item = { .kind = ME_KIND_MICRO, .match = -1 };
  const char *emotion = gst_structure_get_string (s, "emotion");

  for (guint i = 0; i < N_KINDS; i++) {
    if (g_strcmp0 (gst_structure_get_string (s, "kind"), me_kind_name (scored_kinds[i])) == 0)
      item.kind = scored_kinds[i];
  }
  item.onset = seconds (s, "onset");
  item.apex = seconds (s, "apex");
  item.offset = seconds (s, "offset");
  read_units (s, "action-units", item.strength);
  read_units (s, "left", item.left);
  read_units (s, "right", item.right);
  g_strlcpy (item.emotion, emotion ? emotion : "", sizeof item.emotion);
  gst_structure_get_double (s, "intensity", &item.intensity);
  gst_structure_get_double (s, "confidence", &item.confidence);
  gst_structure_get_double (s, "snr", &item.snr);
  return item;
}
