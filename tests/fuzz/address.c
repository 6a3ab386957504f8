/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses of cameras: what comes after `//` and before the last `@` of the host is never shown,
 * and what was stripped once stays as it is. */
#include "fuzz.h"

#include "credentials.h"

#include <glib.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *tail = g_strndup ((const char *)data, size);
  g_autofree char *address = g_strconcat ("rtsp://user:hunter2@", tail, NULL);
  g_autofree char *once = gst_microexpr_strip_credentials (tail);
  g_autofree char *shown = gst_microexpr_strip_credentials (address);

  g_assert_nonnull (once);
  g_assert_null (g_strstr_len (shown, 20, "hunter2"));
  return 0;
}
