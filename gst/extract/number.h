/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numbers as text that reads back to the same number, in any locale. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends `number` with 15 digits, 17 where it would not read back as the same; always as a
 * fraction, "2.0". FALSE and nothing appended when it is NaN or infinite, which neither JSON nor a
 * table can hold. */
gboolean gst_microexpr_append_double (GString *text, double number);

/* Appends all digits of `number`; FALSE and nothing appended for GST_CLOCK_TIME_NONE, a time that
 * does not exist. */
gboolean gst_microexpr_append_uint64 (GString *text, guint64 number);

G_END_DECLS
