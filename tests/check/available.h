/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tests of pipelines pass over elements that are not installed, with a line that says so. */
#pragma once

#include <gst/gst.h>

/* Whether all elements of a part of a pipeline are there. */
static inline gboolean
is_available (const char *elements)
{
  char *line = g_strconcat (elements, " ! identity", NULL);
  GstElement *bin =
      gst_parse_bin_from_description_full (line, FALSE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);

  g_free (line);
  if (!bin) {
    g_print ("not tested, elements are missing: %s\n", elements);
    return FALSE;
  }
  gst_object_unref (gst_object_ref_sink (bin));
  return TRUE;
}
