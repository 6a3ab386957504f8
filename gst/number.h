/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numbers as text that reads back as the same number, in any locale. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends `number` with 15 digits, or 17 where 15 do not read back as the same; never like an
 * integer: "2.0". FALSE and nothing appended for NaN and infinity, which JSON cannot hold. */
gboolean gst_microexpr_append_double (GString *text, double number);

/* Appends all digits of `number`; FALSE and nothing appended for GST_CLOCK_TIME_NONE. */
gboolean gst_microexpr_append_uint64 (GString *text, guint64 number);

G_END_DECLS
