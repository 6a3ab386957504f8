/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The active warnings of one microexpr, for the table. */
#pragma once

#include <gst/gst.h>

typedef struct
{
  GHashTable *active; /* set of "reason" and "reason of face N" */
} Conditions;

void conditions_init (Conditions *conditions);
void conditions_clear (Conditions *conditions);

/* Clears all, for a new element. */
void conditions_forget (Conditions *conditions);

/* Updates the set from a microexpr-warning message. Returns a line for the log. (transfer full) */
char *conditions_note (Conditions *conditions, const GstStructure *warning);

/* "dark of face 0", "no-face"; sorted. (transfer full) */
char **conditions_dup (const Conditions *conditions);

/* "dark of face 0, no-face"; "" when none is active. (transfer full) */
char *conditions_to_string (const Conditions *conditions);
