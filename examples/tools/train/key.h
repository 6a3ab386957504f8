/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The answer key: what microexpr found beside what was meant. */
#pragma once

#include "bank.h"

G_BEGIN_DECLS

typedef struct
{
  guint agree, of; /* showings */
} TrainAgreement;

TrainAgreement train_key_count (const TrainBank *bank);

/* A table by emotion and duration, and every showing that was read otherwise. */
void train_key_print (const TrainBank *bank);

G_END_DECLS
