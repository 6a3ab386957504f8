/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The script of the test source: which events happen when, as text.
 *
 * Entries are separated by `;` or new lines, words by blanks:
 *   TIME KIND [UNITS] [left|right|both] [STRENGTH] [DURATION] [varied]
 * TIME and DURATION are numbers with the unit s or ms; KIND is micro, macro or blink; UNITS is like
 * AU12 or AU1+2; STRENGTH is a number in % IPD, with or without a % sign; varied: the event
 * varies at random, as those without a script do. */
#pragma once

#include "event.h"

G_BEGIN_DECLS

/* Appends a GstMicroexprTestEventSpec per entry. FALSE and `error`, which names the entry and
 * the word, when the script is wrong. */
gboolean gst_microexpr_test_script_parse (const char *script, GArray *specs, GError **error);

G_END_DECLS
