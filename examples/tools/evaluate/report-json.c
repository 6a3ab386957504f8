/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The report as JSON; undefined numbers are omitted. */
#include "shared/json.h"
#include "report.h"

static void
add_counts (JsonBuilder *json, const char *name, const Counts *counts)
{
  app_json_begin_object (json, name);
  app_json_int (json, "true-positives", counts->found);
  app_json_int (json, "false-positives", counts->wrong);
  app_json_int (json, "false-negatives", counts->missed);
  json_builder_end_object (json);
}

static void
add_choice (JsonBuilder *json, const Scores *scores, guint subject)
{
  const Choice *choice = &scores->choices[subject];
  const Settings *settings = &scores->settings[choice->settings];

  app_json_begin_object (json, "settings");
  app_json_double (json, "sensitivity", settings->sensitivity);
  app_json_double (json, "max-duration", settings->max_duration_ns / 1e9);
  app_json_double (json, "min-confidence", choice->min_confidence);
  json_builder_end_object (json);
}

static void
add_subjects (JsonBuilder *json, const DataSet *set, const Scores *scores)
{
  app_json_begin_object (json, "subjects");
  for (guint i = 0; i < set->subjects->len; i++) {
    g_autofree char *name = g_strdup_printf ("%u", g_array_index (set->subjects, guint, i));

    app_json_begin_object (json, name);
    add_counts (json, "micro", &scores->subjects[i].micro);
    if (set->layout->has_macro)
      add_counts (json, "macro", &scores->subjects[i].macro);
    app_json_double (json, "f1-micro", tally_metric (&scores->subjects[i], METRIC_F1_MICRO));
    app_json_double (json, "f1-overall", tally_metric (&scores->subjects[i], METRIC_F1_ALL));
    add_choice (json, scores, i);
    json_builder_end_object (json);
  }
  json_builder_end_object (json);
}

static void
add_metrics (JsonBuilder *json, const Scores *scores)
{
  app_json_begin_object (json, "metrics");
  for (Metric m = 0; m < N_METRICS; m++) {
    double value = tally_metric (&scores->sum, m);

    if (isnan (value))
      continue;
    app_json_begin_object (json, metric_names[m]);
    app_json_double (json, "value", value);
    app_json_double (json, "low", scores->low[m]);
    app_json_double (json, "high", scores->high[m]);
    json_builder_end_object (json);
  }
  json_builder_end_object (json);
}

static void
add_scores (JsonBuilder *json, const DataSet *set, const Scores *scores)
{
  json_builder_begin_object (json);
  app_json_string (json, "title", scores->title);
  add_counts (json, "micro", &scores->sum.micro);
  if (set->layout->has_macro)
    add_counts (json, "macro", &scores->sum.macro);
  add_metrics (json, scores);
  app_json_begin_object (json, "action-units");
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
  app_json_begin_object (json, name);
  app_json_double (json, "uf1", confusion_uf1 (confusion));
  app_json_double (json, "uar", confusion_uar (confusion));
  app_json_double (json, "accuracy", confusion_accuracy (confusion));
  app_json_int (json, "samples", confusion_total (confusion));
  json_builder_end_object (json);
}

static void
add_baseline (JsonBuilder *json, const Baseline *baseline)
{
  app_json_begin_object (json, "lbp-top");
  app_json_string (json, "classes", baseline->classes->name);
  add_confusion (json, "leave-one-subject-out", &baseline->by_subject);
  add_confusion (json, "leave-one-video-out", &baseline->by_video);
  app_json_int (json, "left-out", baseline->n_left_out);
  json_builder_end_object (json);
}

void
report_print_json (const Report *report)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autofree char *text = NULL;

  json_builder_begin_object (json);
  app_json_string (json, "data-set", report->set->layout->name);
  app_json_int (json, "recordings", report->set->recordings->len);
  app_json_double (json, "seconds", report->scores[0].sum.duration);
  app_json_begin_array (json, "left-out");
  for (guint i = 0; i < report->set->coding->left_out->len; i++)
    json_builder_add_string_value (json, g_ptr_array_index (report->set->coding->left_out, i));
  json_builder_end_array (json);
  app_json_begin_array (json, "scores");
  for (guint i = 0; i < report->n_scores; i++)
    add_scores (json, report->set, &report->scores[i]);
  json_builder_end_array (json);
  if (report->baseline)
    add_baseline (json, report->baseline);
  json_builder_end_object (json);
  text = app_json_to_text (json, TRUE);
  g_print ("%s\n", text);
}
