/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sei.h"

#include <gst/video/video-sei.h>
#include <string.h>

#include "carried.h"
#include "event-json.h"
#include "structure-list.h"

/* Names our user data: a random UUID, version 4. */
static guint8 uuid[16] = { 0x51, 0xcd, 0xe8, 0x1e, 0x63, 0xf9, 0x44, 0x43, 0xba, 0xcd, 0x46, 0x53,
  0xe1, 0x52, 0xba, 0x43 };

void
gst_microexpr_sei_attach (GstBuffer *buffer, const GstStructure *event, GstClockTime running_time)
{
  GstStructure *carried = gst_microexpr_carried_new (event, running_time);
  char *json = gst_microexpr_event_to_json (carried);

  gst_buffer_add_video_sei_user_data_unregistered_meta (
      buffer, uuid, (guint8 *)json, strlen (json));
  g_free (json);
  gst_structure_free (carried);
}

void
gst_microexpr_sei_read (
    GstBuffer *buffer, const GstSegment *segment, GstClockTime position, GValue *events)
{
  gpointer state = NULL;
  GstMeta *meta;

  while ((meta = gst_buffer_iterate_meta_filtered (
              buffer, &state, GST_VIDEO_SEI_USER_DATA_UNREGISTERED_META_API_TYPE))) {
    GstVideoSEIUserDataUnregisteredMeta *sei = (GstVideoSEIUserDataUnregisteredMeta *)meta;
    GstStructure *event;

    if (memcmp (sei->uuid, uuid, sizeof uuid) == 0 &&
        (event = gst_microexpr_carried_read (sei->data, sei->size, segment, position)))
      gst_microexpr_list_append (events, event);
  }
}
