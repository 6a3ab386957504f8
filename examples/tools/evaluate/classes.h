/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The classes in which recognition is scored. */
#pragma once

#include "shared/item.h"

G_BEGIN_DECLS

#define MAX_CLASSES 5

typedef struct
{
  const char *name;
  int n;
  const char *names[MAX_CLASSES];
} ClassSet;

extern const ClassSet three_classes;  /* negative, positive, surprise: MEGC 2019 */
extern const ClassSet casme2_classes; /* the five of Yan et al. 2014 */

/* Class of a coded label; -1: not scored. */
int class_of_label (const ClassSet *set, const char *label);

/* Class of a report; -1: none fits. The three classes follow from the scores of the emotions, the
 * five from the action units. */
int class_of_report (const ClassSet *set, const Item *report);

G_END_DECLS
