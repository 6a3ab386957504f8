/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "klv.h"

#include <string.h>

#include "carried.h"
#include "event-json.h"
#include "format.h"
#include "structure-list.h"

#define KEY_SIZE 16
#define LONG_FORM 0x80 /* the other bits: how many bytes of length follow */

G_STATIC_ASSERT (sizeof GST_MICROEXPR_KLV_KEY == KEY_SIZE + 1);

static void
append_length (GByteArray *packet, guint32 length)
{
  guint8 bytes[] = { LONG_FORM | sizeof length, (guint8)(length >> 24), (guint8)(length >> 16),
    (guint8)(length >> 8), (guint8)length };

  g_byte_array_append (packet, bytes, sizeof bytes);
}

static GBytes *
format_event (const GstMicroexprFormat *self G_GNUC_UNUSED, const GstStructure *event)
{
  char *json = gst_microexpr_event_to_json (event);
  GByteArray *packet = g_byte_array_new ();

  g_byte_array_append (packet, (const guint8 *)GST_MICROEXPR_KLV_KEY, KEY_SIZE);
  append_length (packet, (guint32)strlen (json));
  g_byte_array_append (packet, (const guint8 *)json, (guint)strlen (json));
  g_free (json);
  return g_byte_array_free_to_bytes (packet);
}

/* The length in BER at the start of `data`, whose own bytes are counted in `*used`. FALSE: damaged.
 */
static gboolean
read_length (const guint8 *data, gsize size, gsize *length, gsize *used)
{
  guint n;

  if (size == 0)
    return FALSE;
  n = data[0] & LONG_FORM ? data[0] & ~LONG_FORM : 0;
  if (n > sizeof (guint32) || size < 1 + n || data[0] == LONG_FORM)
    return FALSE;
  *used = 1 + n;
  *length = n ? 0 : data[0];
  for (guint i = 1; i <= n; i++)
    *length = *length << 8 | data[i];
  return *length <= size - *used;
}

/* The value of the packet at the start of `data`, and in `*rest` what follows it; NULL: damaged. */
static const guint8 *
read_packet (const guint8 *data, gsize size, gsize *length, gsize *rest)
{
  gsize used;

  if (size < KEY_SIZE || !read_length (data + KEY_SIZE, size - KEY_SIZE, length, &used))
    return NULL;
  *rest = size - KEY_SIZE - used - *length;
  return data + KEY_SIZE + used;
}

void
gst_microexpr_klv_read (
    GstBuffer *buffer, const GstSegment *segment, GstClockTime position, GValue *events)
{
  const guint8 *key, *value;
  gsize length, rest;
  GstStructure *event;
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  for (key = map.data, rest = map.size; (value = read_packet (key, rest, &length, &rest));
       key = value + length)
    if (memcmp (key, GST_MICROEXPR_KLV_KEY, KEY_SIZE) == 0 &&
        (event = gst_microexpr_carried_read (value, length, segment, position)))
      gst_microexpr_list_append (events, event);
  gst_buffer_unmap (buffer, &map);
}

const GstMicroexprFormat gst_microexpr_format_klv = {
  .caps = "meta/x-klv, parsed = (boolean) true",
  .carried = TRUE,
  .event = format_event,
};
