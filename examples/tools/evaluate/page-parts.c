/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the parts of the page's data share: its items, and names that tell nobody who it is. */
#include "page-parts.h"

#include <math.h>

const Choice *
page_choice (const Page *page)
{
  return &page->report->scores[0].choices[0]; /* the same for all subjects */
}

const GArray *
page_reports (const Page *page, guint recording)
{
  return page->results->reports[recording][page_choice (page)->settings];
}

const GArray *
page_truths (const Page *page, guint recording)
{
  return g_ptr_array_index (page->set->truths, recording);
}

static void
pair (const Page *page, guint recording, double min_confidence, Clip *clip)
{
  metrics_pair (clip, page_truths (page, recording), page_reports (page, recording), min_confidence,
      page->set->layout->has_macro);
}

void
page_for_each_item (const Page *page, double min_confidence,
    void (*count) (const Item *item, gboolean is_truth, guint recording, gpointer user_data),
    gpointer user_data)
{
  for (guint i = 0; i < page->set->recordings->len; i++) {
    Clip clip;

    pair (page, i, min_confidence, &clip);
    for (guint k = 0; k < clip.truths->len; k++)
      count (item_at (clip.truths, k), TRUE, i, user_data);
    for (guint k = 0; k < clip.reports->len; k++)
      count (item_at (clip.reports, k), FALSE, i, user_data);
    clip_clear (&clip);
  }
}

double
page_length (const Item *item)
{
  return round ((item->offset - item->onset) * 1000) / 1000;
}

guint
page_rank (const Page *page, guint subject)
{
  const Tally *all = page->report->scores[0].subjects;
  guint rank = 0;

  for (guint i = 0; i < page->set->subjects->len; i++) {
    guint n = all[i].micro.found + all[i].micro.missed;
    guint own = all[subject].micro.found + all[subject].micro.missed;
    rank += n > own || (n == own && i > subject);
  }
  return rank;
}

char *
page_name_subject (const Page *page, guint subject)
{
  guint rank = page_rank (page, subject);

  if (page->show & PAGE_NAMES)
    return g_strdup_printf ("%u", g_array_index (page->set->subjects, guint, subject));
  if (rank < 26)
    return g_strdup_printf ("%c", 'A' + (int)rank);
  return g_strdup_printf ("%c%c", 'A' + (int)(rank / 26 - 1) % 26, 'A' + (int)(rank % 26));
}
