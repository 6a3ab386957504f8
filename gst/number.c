/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numbers as text that reads back as the same number, in any locale. */
#include "number.h"

#include <gst/gst.h>
#include <math.h>
#include <string.h>

gboolean
gst_microexpr_append_double (GString *text, double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    return FALSE;
  g_ascii_formatd (digits, sizeof digits, "%.15g", number);
  if (g_ascii_strtod (digits, NULL) < number || g_ascii_strtod (digits, NULL) > number)
    g_ascii_formatd (digits, sizeof digits, "%.17g", number);
  g_string_append (text, digits);
  if (!strpbrk (digits, ".e"))
    g_string_append (text, ".0");
  return TRUE;
}

gboolean
gst_microexpr_append_uint64 (GString *text, guint64 number)
{
  if (number == GST_CLOCK_TIME_NONE)
    return FALSE;
  g_string_append_printf (text, "%" G_GUINT64_FORMAT, number);
  return TRUE;
}
