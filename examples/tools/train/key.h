/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The answer key: what microexpr found next to what was intended. */
#pragma once

#include "bank.h"

G_BEGIN_DECLS

typedef struct
{
  guint agree, of; /* showings */
} TrainAgreement;

TrainAgreement train_key_count (const TrainBank *bank);

/* Prints a table by emotion and duration, and every showing that was read differently. */
void train_key_print (const TrainBank *bank);

G_END_DECLS
