/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The text formats of microexprextract: each turns an event, a structure with the fields of the
 * message `microexpr-event`, into the bytes of one buffer. One format a file. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  const char *media_type; /* of its caps */
  gboolean timed;         /* a buffer is shown from onset to offset, not sent when it is known */

  /* What stands before the first event, whole lines. With g_free(). NULL: nothing. */
  char *(*header) (void);

  /* One event: a whole line, or a text that is shown. Valid UTF-8, the same in every locale.
   * With g_free(). */
  char *(*event) (const GstStructure *event);
} GstMicroexprFormat;

extern const GstMicroexprFormat gst_microexpr_format_json; /* application/x-ndjson */
extern const GstMicroexprFormat gst_microexpr_format_csv;  /* text/csv */
extern const GstMicroexprFormat gst_microexpr_format_text; /* text/x-raw, format=utf8 */

G_END_DECLS
