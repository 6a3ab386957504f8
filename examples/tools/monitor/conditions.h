/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The warnings of one microexpr that stand now, for the table. */
#pragma once

#include <gst/gst.h>

typedef struct
{
  GHashTable *standing; /* set of "reason" and "reason of face N" */
} Conditions;

void conditions_init (Conditions *conditions);
void conditions_clear (Conditions *conditions);

/* None stands any more: the element is a new one. */
void conditions_forget (Conditions *conditions);

/* Takes a message microexpr-warning. Returns a line about it. (transfer full) */
char *conditions_take (Conditions *conditions, const GstStructure *warning);

/* "dark of face 0, no-face"; "" when none stands. (transfer full) */
char *conditions_to_string (const Conditions *conditions);
