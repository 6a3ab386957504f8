/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The numbers behind the page. Everything is counted from the reports of all confidences with the
 * settings of the first scores; subjects get letters, and nothing says which recording is which
 * unless names are asked for. */
#include "page-data.h"

#include <math.h>

#include "shared/json.h"
#include "page-worst.h"

#define N_THRESHOLDS 50 /* of the curves; the steps between confidences 0 and 1 */
#define N_CALIBRATION 10

static void
note (Counts *counts, const Item *item, gboolean is_truth)
{
  counts->found += is_truth && item->match >= 0;
  counts->missed += is_truth && item->match < 0;
  counts->wrong += !is_truth && item->match < 0;
}

static void
add_counts (const Page *page, const Counts *counts)
{
  app_json_int (page->json, "found", counts->found);
  app_json_int (page->json, "missed", counts->missed);
  app_json_int (page->json, "wrong", counts->wrong);
}

/* --- curves --- */

static void
count_kinds (const Item *item, gboolean is_truth, guint recording, gpointer user_data)
{
  Counts *kinds = user_data;

  (void)recording;
  note (&kinds[item->kind == ME_KIND_MACRO], item, is_truth);
}

/* Counts at each threshold, of micro- and of macro-expressions. */
static void
add_curves (const Page *page)
{
  JsonBuilder *json = page->json;

  app_json_begin_array (json, "curves");
  for (guint step = 0; step <= N_THRESHOLDS; step++) {
    static const char *const names[] = { "micro", "macro" };
    Counts kinds[2] = { 0 };
    double threshold = (double)step / N_THRESHOLDS;

    page_for_each_item (page, threshold, count_kinds, kinds);
    json_builder_begin_object (json);
    app_json_double (json, "threshold", threshold);
    for (guint kind = 0; kind < G_N_ELEMENTS (names); kind++) {
      app_json_begin_object (json, names[kind]);
      add_counts (page, &kinds[kind]);
      json_builder_end_object (json);
    }
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

/* --- calibration --- */

typedef struct
{
  guint n, right;
  double sum; /* of confidences */
} Bin;

static void
count_confidence (const Item *item, gboolean is_truth, guint recording, gpointer user_data)
{
  Bin *bin = (Bin *)user_data + (int)CLAMP (item->confidence * N_CALIBRATION, 0, N_CALIBRATION - 1);

  (void)recording;
  if (is_truth)
    return;
  bin->n++;
  bin->right += item->match >= 0;
  bin->sum += item->confidence;
}

static void
add_calibration (const Page *page)
{
  Bin bins[N_CALIBRATION] = { 0 };

  page_for_each_item (page, 0, count_confidence, bins);
  app_json_begin_array (page->json, "calibration");
  for (guint i = 0; i < N_CALIBRATION; i++) {
    if (bins[i].n == 0)
      continue;
    json_builder_begin_object (page->json);
    app_json_rounded (page->json, "confidence", bins[i].sum / bins[i].n);
    app_json_int (page->json, "n", bins[i].n);
    app_json_int (page->json, "right", bins[i].right);
    json_builder_end_object (page->json);
  }
  json_builder_end_array (page->json);
}

/* --- by length and by strength --- */

#define MAX_CLASSES_OF 6

/* Classes of a quantity; the last one is open. */
typedef struct
{
  const char *name;
  double limits[MAX_CLASSES_OF]; /* lower; ascending from the second on, 0: no more */
  double (*of) (const Item *item);
} Grouping;

static double
strength_of (const Item *item)
{
  return item->intensity;
}

/* Lengths are those of the coded expressions and of false reports; strengths are known of reports
 * only: of found ones and of false ones. */
static const Grouping groupings[] = {
  { "length", { 0, 0.2, 0.3, 0.4, 0.5, 1 }, page_length },
  { "strength", { 0, 1, 2, 4, 8 }, strength_of },
};

typedef struct
{
  const Grouping *grouping;
  Counts counts[MAX_CLASSES_OF];
  gboolean of_reports;
} Groups;

static guint
class_of (const Grouping *grouping, double value)
{
  guint i = 0;

  while (i + 1 < MAX_CLASSES_OF && grouping->limits[i + 1] > 0 && value >= grouping->limits[i + 1])
    i++;
  return i;
}

static void
count_group (const Item *item, gboolean is_truth, guint recording, gpointer user_data)
{
  Groups *groups = user_data;
  Counts *counts = &groups->counts[class_of (groups->grouping, groups->grouping->of (item))];

  (void)recording;
  if (!groups->of_reports)
    note (counts, item, is_truth);
  else if (!is_truth) {
    counts->found += item->match >= 0;
    counts->wrong += item->match < 0;
  }
}

static void
add_groups (const Page *page, const Grouping *grouping)
{
  Groups groups = { .grouping = grouping, .of_reports = grouping->of == strength_of };

  page_for_each_item (page, page_choice (page)->min_confidence, count_group, &groups);
  app_json_begin_array (page->json, grouping->name);
  for (guint i = 0; i < MAX_CLASSES_OF && (i == 0 || grouping->limits[i] > 0); i++) {
    json_builder_begin_object (page->json);
    app_json_double (page->json, "from", grouping->limits[i]);
    if (i + 1 < MAX_CLASSES_OF && grouping->limits[i + 1] > 0)
      app_json_double (page->json, "to", grouping->limits[i + 1]);
    add_counts (page, &groups.counts[i]);
    json_builder_end_object (page->json);
  }
  json_builder_end_array (page->json);
}

/* --- by subject --- */

static void
add_subjects (const Page *page)
{
  const Tally *all = page->report->scores[0].subjects;

  app_json_begin_array (page->json, "subject");
  for (guint i = 0; i < page->set->subjects->len; i++) {
    g_autofree char *name = page_name_subject (page, i);

    json_builder_begin_object (page->json);
    app_json_string (page->json, "name", name);
    app_json_int (page->json, "rank", page_rank (page, i));
    add_counts (page, &all[i].micro);
    json_builder_end_object (page->json);
  }
  json_builder_end_array (page->json);
}

/* --- confusions --- */

static void
add_classes (const Page *page, const ClassSet *classes, const Confusion *confusion)
{
  JsonBuilder *json = page->json;

  if (!classes || confusion_total (confusion) == 0)
    return;
  json_builder_begin_object (json);
  app_json_string (json, "title", classes->name);
  app_json_begin_array (json, "names");
  for (int i = 0; i < classes->n; i++)
    json_builder_add_string_value (json, classes->names[i]);
  json_builder_end_array (json);
  app_json_begin_array (json, "rows"); /* the last column: none */
  for (int i = 0; i < classes->n; i++) {
    json_builder_begin_array (json);
    for (int k = 0; k <= classes->n; k++)
      json_builder_add_int_value (json, confusion->n[i][k < classes->n ? k : MAX_CLASSES]);
    json_builder_end_array (json);
  }
  json_builder_end_array (json);
  json_builder_end_object (json);
}

static void
add_emotions (const Page *page)
{
  const Tally *sum = &page->report->scores[0].sum;

  app_json_begin_array (page->json, "emotions");
  add_classes (page, &three_classes, &sum->three);
  add_classes (page, data_set_five (page->set), &sum->five);
  json_builder_end_array (page->json);
}

/* together[coded][reported]: in how many coded micro-expressions. */
typedef struct
{
  guint coded[ME_N_AUS], together[ME_N_AUS][ME_N_AUS];
} Units;

static void
count_units (const Page *page, Units *units)
{
  for (guint i = 0; i < page->set->recordings->len; i++)
    for (guint k = 0; k < page_truths (page, i)->len; k++) {
      const Item *truth = item_at (page_truths (page, i), k);
      const Item *report = metrics_reading_of (page_reports (page, i), truth);

      for (MeAu is = 0; is < ME_N_AUS && truth->kind == ME_KIND_MICRO; is++) {
        units->coded[is] += truth->strength[is] > 0;
        for (MeAu said = 0; said < ME_N_AUS; said++)
          units->together[is][said] +=
              truth->strength[is] > 0 && report && report->strength[said] > 0;
      }
    }
}

static void
add_units (const Page *page)
{
  const Counts *counts = page->report->scores[0].sum.units;
  g_autofree Units *units = g_new0 (Units, 1);
  JsonBuilder *json = page->json;

  count_units (page, units);
  app_json_begin_array (json, "units");
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    if (counts[au].found + counts[au].missed + counts[au].wrong == 0)
      continue;
    json_builder_begin_object (json);
    app_json_string (json, "name", me_au_name (au));
    app_json_int (json, "coded", units->coded[au]);
    add_counts (page, &counts[au]);
    app_json_begin_object (json, "with");
    for (MeAu said = 0; said < ME_N_AUS; said++)
      if (units->together[au][said] > 0)
        app_json_int (json, me_au_name (said), units->together[au][said]);
    json_builder_end_object (json);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

/* --- all --- */

static void
add_metrics (const Page *page)
{
  const Scores *scores = &page->report->scores[0];
  JsonBuilder *json = page->json;

  app_json_begin_array (json, "metrics");
  for (Metric m = 0; m < N_METRICS; m++) {
    double value = tally_metric (&scores->sum, m);

    if (isnan (value))
      continue;
    json_builder_begin_object (json);
    app_json_string (json, "name", metric_names[m]);
    app_json_double (json, "value", value);
    app_json_double (json, "low", scores->low[m]);
    app_json_double (json, "high", scores->high[m]);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

static void
add_set (const Page *page)
{
  const DataSet *set = page->set;
  const Scores *scores = &page->report->scores[0];
  g_autofree char *settings = settings_describe (&scores->settings[page_choice (page)->settings]);

  app_json_string (page->json, "title", set->layout->title);
  app_json_string (page->json, "settings", settings);
  app_json_double (page->json, "min-confidence", page_choice (page)->min_confidence);
  app_json_int (page->json, "subjects", set->subjects->len);
  app_json_int (page->json, "recordings", set->recordings->len);
  app_json_double (page->json, "seconds", scores->sum.duration);
  app_json_boolean (page->json, "macro", set->layout->has_macro);
  app_json_int (page->json, "left-out", set->coding->left_out->len);
  app_json_boolean (page->json, "pictures", (page->show & PAGE_PICTURES) != 0);
}

char *
page_data (const Report *report, const Results *results, PageFlags show)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  Page page = { json, report, report->set, results, show };

  json_builder_begin_object (json);
  add_set (&page);
  add_metrics (&page);
  add_curves (&page);
  add_calibration (&page);
  for (guint i = 0; i < G_N_ELEMENTS (groupings); i++)
    add_groups (&page, &groupings[i]);
  add_subjects (&page);
  add_emotions (&page);
  add_units (&page);
  page_add_worst (&page);
  json_builder_end_object (json);
  return app_json_to_text (json, FALSE);
}
