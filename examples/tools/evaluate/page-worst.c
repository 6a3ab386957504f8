/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What of a data set went worst: the misses of which least was seen, and the false reports of the
 * highest confidence. */
#include "page-worst.h"

#include <string.h>

#include "shared/json.h"
#include "strip.h"

#define N_WORST 12 /* of each */

typedef struct
{
  Item item;
  guint recording;
  double confidence; /* of what was read from it; -1: nothing was reported there */
} Worst;

typedef struct
{
  const Page *page;
  GArray *missed, *wrong; /* Worst */
} Worsts;

static void
collect_worst (const Item *item, gboolean is_truth, guint recording, gpointer user_data)
{
  Worsts *worsts = user_data;
  Worst worst = { *item, recording, item->confidence };

  if (item->match >= 0)
    return;
  if (is_truth) {
    const Item *reading = metrics_reading_of (page_reports (worsts->page, recording), item);
    worst.confidence = reading ? reading->confidence : -1;
  }
  g_array_append_val (is_truth ? worsts->missed : worsts->wrong, worst);
}

static int
compare_missed (gconstpointer a, gconstpointer b)
{
  const Worst *x = a, *y = b;

  if (x->confidence < y->confidence || x->confidence > y->confidence)
    return x->confidence < y->confidence ? -1 : 1;
  return page_length (&x->item) > page_length (&y->item) ? -1 : 1;
}

static int
compare_wrong (gconstpointer a, gconstpointer b)
{
  return -compare_missed (a, b);
}

static char *
describe_units (const Item *item)
{
  GString *text = g_string_new (NULL);

  for (MeAu au = 0; au < ME_N_AUS; au++)
    if (item->strength[au] > 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "+" : "",
          me_au_name (au) + (text->len > 0 ? strlen ("AU") : 0));
  return g_string_free (text, FALSE);
}

static guint
index_of_subject (const Page *page, guint number)
{
  guint i = 0;

  while (
      i + 1 < page->set->subjects->len && g_array_index (page->set->subjects, guint, i) != number)
    i++;
  return i;
}

static void
add_strip (const Page *page, const Recording *recording, const Item *item)
{
  GBytes *jpeg = strip_take (recording, item->onset, item->offset);
  char *base64;

  if (!jpeg)
    return;
  base64 = g_base64_encode (g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg));
  app_json_string (page->json, "strip", base64);
  g_free (base64);
  g_bytes_unref (jpeg);
}

static void
add_worst (const Page *page, const Worst *worst)
{
  const Recording *recording = g_ptr_array_index (page->set->recordings, worst->recording);
  g_autofree char *units = describe_units (&worst->item);
  g_autofree char *subject = page_name_subject (page, index_of_subject (page, recording->subject));
  JsonBuilder *json = page->json;

  json_builder_begin_object (json);
  app_json_string (json, "subject", subject);
  app_json_string (json, "kind", me_kind_name (worst->item.kind));
  app_json_string (json, "emotion", worst->item.emotion);
  app_json_string (json, "units", units);
  app_json_rounded (json, "length", page_length (&worst->item));
  if (worst->confidence >= 0)
    app_json_rounded (json, "confidence", worst->confidence);
  if (worst->item.intensity > 0)
    app_json_rounded (json, "strength", worst->item.intensity);
  if (page->show & PAGE_PICTURES)
    add_strip (page, recording, &worst->item);
  if (page->show & PAGE_NAMES) {
    app_json_string (json, "recording", recording->name);
    app_json_rounded (json, "onset", worst->item.onset);
  }
  json_builder_end_object (json);
}

static void
add_worst_list (const Page *page, const char *name, GArray *list, GCompareFunc compare)
{
  g_array_sort (list, compare);
  app_json_begin_array (page->json, name);
  for (guint i = 0; i < MIN (list->len, N_WORST); i++)
    add_worst (page, &g_array_index (list, Worst, i));
  json_builder_end_array (page->json);
}

void
page_add_worst (const Page *page)
{
  Worsts worsts = { page, g_array_new (FALSE, FALSE, sizeof (Worst)),
    g_array_new (FALSE, FALSE, sizeof (Worst)) };

  page_for_each_item (page, page_choice (page)->min_confidence, collect_worst, &worsts);
  add_worst_list (page, "missed", worsts.missed, compare_missed);
  add_worst_list (page, "wrong", worsts.wrong, compare_wrong);
  g_array_unref (worsts.missed);
  g_array_unref (worsts.wrong);
}
