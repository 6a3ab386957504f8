/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The formats of microexprextract. Each turns an event, a structure with the fields of the message
 * `microexpr-event`, into the bytes of one buffer. One file each, listed in meson.build. */
#pragma once

#include <gst/gst.h>

#include "extract/format-list.h" /* written by meson.build */

G_BEGIN_DECLS

typedef struct _GstMicroexprFormat GstMicroexprFormat;

struct _GstMicroexprFormat
{
  const char *caps; /* fixed caps of its buffers */
  gboolean timed;   /* buffers span onset to offset; otherwise they carry the time they were sent */
  gboolean carried; /* travels with the video: the event has the field GST_MICROEXPR_AGE */

  /* Text sent before the first event, in whole lines; NULL: none. (transfer full) */
  GBytes *(*header) (const GstMicroexprFormat *self);

  /* One event: a whole line, the text to display or a packet. Text is valid UTF-8 and independent
   * of the locale. (transfer full) */
  GBytes *(*event) (const GstMicroexprFormat *self, const GstStructure *event);
};

/* GST_MICROEXPR_FORMATS: the addresses of all formats that are built, for an array. The template of
 * the source pad is made from it. */
extern const GstMicroexprFormat GST_MICROEXPR_FORMAT_NAMES;

G_END_DECLS
