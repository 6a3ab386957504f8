/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The report as JSON: nothing for numbers that there are not, never NaN. */
#include <json-glib/json-glib.h>
#include <math.h>

#include "report.h"

static void
add_number (JsonBuilder *json, const char *name, double value)
{
  if (isnan (value))
    return;
  json_builder_set_member_name (json, name);
  json_builder_add_double_value (json, value);
}

static void
add_count (JsonBuilder *json, const char *name, guint count)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, count);
}

static void
begin (JsonBuilder *json, const char *name)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
}

static void
add_counts (JsonBuilder *json, const char *name, const Counts *counts)
{
  begin (json, name);
  add_count (json, "true-positives", counts->found);
  add_count (json, "false-positives", counts->wrong);
  add_count (json, "false-negatives", counts->missed);
  json_builder_end_object (json);
}

static void
add_choice (JsonBuilder *json, const Scores *scores, guint subject)
{
  const Choice *choice = &scores->choices[subject];
  const Settings *settings = &scores->settings[choice->settings];

  begin (json, "settings");
  add_number (json, "sensitivity", settings->sensitivity);
  add_number (json, "max-duration", settings->max_duration_ns / 1e9);
  add_number (json, "min-confidence", choice->min_confidence);
  json_builder_end_object (json);
}

static void
add_subjects (JsonBuilder *json, const DataSet *set, const Scores *scores)
{
  begin (json, "subjects");
  for (guint i = 0; i < set->subjects->len; i++) {
    g_autofree char *name = g_strdup_printf ("%u", g_array_index (set->subjects, guint, i));

    begin (json, name);
    add_counts (json, "micro", &scores->subjects[i].micro);
    if (set->layout->has_macro)
      add_counts (json, "macro", &scores->subjects[i].macro);
    add_number (json, "f1-micro", tally_metric (&scores->subjects[i], METRIC_F1_MICRO));
    add_number (json, "f1-overall", tally_metric (&scores->subjects[i], METRIC_F1_ALL));
    add_choice (json, scores, i);
    json_builder_end_object (json);
  }
  json_builder_end_object (json);
}

static void
add_metrics (JsonBuilder *json, const Scores *scores)
{
  begin (json, "metrics");
  for (Metric m = 0; m < N_METRICS; m++) {
    double value = tally_metric (&scores->sum, m);

    if (isnan (value))
      continue;
    begin (json, metric_names[m]);
    add_number (json, "value", value);
    add_number (json, "low", scores->low[m]);
    add_number (json, "high", scores->high[m]);
    json_builder_end_object (json);
  }
  json_builder_end_object (json);
}

static void
add_scores (JsonBuilder *json, const DataSet *set, const Scores *scores)
{
  json_builder_begin_object (json);
  json_builder_set_member_name (json, "title");
  json_builder_add_string_value (json, scores->title);
  add_counts (json, "micro", &scores->sum.micro);
  if (set->layout->has_macro)
    add_counts (json, "macro", &scores->sum.macro);
  add_metrics (json, scores);
  begin (json, "action-units");
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    const Counts *counts = &scores->sum.units[au];

    if (counts->found + counts->wrong + counts->missed > 0)
      add_counts (json, me_au_name (au), counts);
  }
  json_builder_end_object (json);
  add_subjects (json, set, scores);
  json_builder_end_object (json);
}

static void
add_confusion (JsonBuilder *json, const char *name, const Confusion *confusion)
{
  begin (json, name);
  add_number (json, "uf1", confusion_uf1 (confusion));
  add_number (json, "uar", confusion_uar (confusion));
  add_number (json, "accuracy", confusion_accuracy (confusion));
  add_count (json, "samples", confusion_total (confusion));
  json_builder_end_object (json);
}

static void
add_baseline (JsonBuilder *json, const Baseline *baseline)
{
  begin (json, "lbp-top");
  json_builder_set_member_name (json, "classes");
  json_builder_add_string_value (json, baseline->classes->name);
  add_confusion (json, "leave-one-subject-out", &baseline->by_subject);
  add_confusion (json, "leave-one-video-out", &baseline->by_video);
  add_count (json, "left-out", baseline->n_left_out);
  json_builder_end_object (json);
}

void
report_print_json (const Report *report)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (json);
  json_builder_set_member_name (json, "data-set");
  json_builder_add_string_value (json, report->set->layout->name);
  add_count (json, "recordings", report->set->recordings->len);
  add_number (json, "seconds", report->scores[0].sum.duration);
  json_builder_set_member_name (json, "left-out");
  json_builder_begin_array (json);
  for (guint i = 0; i < report->set->coding->left_out->len; i++)
    json_builder_add_string_value (json, g_ptr_array_index (report->set->coding->left_out, i));
  json_builder_end_array (json);
  json_builder_set_member_name (json, "scores");
  json_builder_begin_array (json);
  for (guint i = 0; i < report->n_scores; i++)
    add_scores (json, report->set, &report->scores[i]);
  json_builder_end_array (json);
  if (report->baseline)
    add_baseline (json, report->baseline);
  json_builder_end_object (json);
  root = json_builder_get_root (json);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
}
