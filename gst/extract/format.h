/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The text formats of microexprextract. Each turns an event, a structure with the fields of the
 * message `microexpr-event`, into the bytes of one buffer. One file per format. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _GstMicroexprFormat GstMicroexprFormat;

struct _GstMicroexprFormat
{
  const char *caps; /* fixed caps of its buffers */
  gboolean timed;   /* buffers span onset to offset; otherwise they carry the time they were sent */

  /* Text sent before the first event, in whole lines; NULL: none. (transfer full) */
  char *(*header) (const GstMicroexprFormat *self);

  /* One event: a whole line, or the text to display. Valid UTF-8, independent of the locale.
   * (transfer full) */
  char *(*event) (const GstMicroexprFormat *self, const GstStructure *event);
};

extern const GstMicroexprFormat gst_microexpr_format_json;
extern const GstMicroexprFormat gst_microexpr_format_csv;
extern const GstMicroexprFormat gst_microexpr_format_text;

/* All formats. The source pad offers their caps in this order, so downstream that accepts anything
 * gets the first. */
#define GST_MICROEXPR_FORMATS                                                                      \
  &gst_microexpr_format_json, &gst_microexpr_format_csv, &gst_microexpr_format_text

G_END_DECLS
