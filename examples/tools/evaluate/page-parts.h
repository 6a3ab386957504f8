/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the parts of the page's data share. */
#pragma once

#include <json-glib/json-glib.h>

#include "report.h"

G_BEGIN_DECLS

typedef struct
{
  JsonBuilder *json;
  const Report *report;
  const DataSet *set;
  const Results *results;
  PageFlags show;
} Page;

/* The settings that are scored; the same for all subjects. */
const Choice *page_choice (const Page *page);

/* What they reported in a recording, at any confidence. */
const GArray *page_reports (const Page *page, guint recording);

/* What is coded in it. */
const GArray *page_truths (const Page *page, guint recording);

/* Calls count() with every scored truth and report; missed, wrong: their match is -1. */
void page_for_each_item (const Page *page, double min_confidence,
    void (*count) (const Item *item, gboolean is_truth, guint recording, gpointer user_data),
    gpointer user_data);

/* In s, to the millisecond: 0.9 - 0.6 is to be 0.3. */
double page_length (const Item *item);

/* Ranks by how much is coded, so that letters do not follow the numbers of the data set. */
guint page_rank (const Page *page, guint subject);

/* A ... Z, AA ... or its number. For g_free(). */
char *page_name_subject (const Page *page, guint subject);

G_END_DECLS
