/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words of an event, one event a row: what is left out when it is unknown, when there is a side
 * to name, and that neither locale nor odd input changes the shape. */
#include <gst/check/gstcheck.h>

#include <locale.h>

#include "event-label.h"

/* Adds a part, which the text form of a structure can only hold escaped. */
static void
set_part (GstStructure *event, const char *field, const char *values)
{
  char *text = g_strdup_printf ("%s, %s", field, values);
  GstStructure *part = gst_structure_from_string (text, NULL);

  fail_unless (part != NULL);
  gst_structure_set (event, field, GST_TYPE_STRUCTURE, part, NULL);
  gst_structure_free (part);
  g_free (text);
}

static GstStructure *
new_event (const char *fields, const char *units, const char *left, const char *right)
{
  GstStructure *event = gst_structure_from_string (fields, NULL);

  fail_unless (event != NULL);
  if (units)
    set_part (event, "action-units", units);
  if (left)
    set_part (event, "left", left);
  if (right)
    set_part (event, "right", right);
  return event;
}

static const struct
{
  const char *fields, *units, *left, *right, *label;
} labels[] = {
#define CONCLUDED "onset=(guint64)1000000000, offset=(guint64)1180000000"
  { "e, kind=micro, emotion=surprise, confidence=0.82, " CONCLUDED, "AU2=1.25, AU1=1.9",
      "AU1=1.9, AU2=1.25", "AU1=0.2", "surprise 82 % AU1+2 left 1.9 % 180 ms" },
  /* both sides moved, one of them more */
  { "e, kind=micro, emotion=happiness, confidence=1.0, " CONCLUDED, "AU6=1.0, AU12=2.44",
      "AU6=1.0, AU12=2.44", "AU6=0.9, AU12=2.0", "happiness 100 % AU6+12 2.4 % 180 ms" },
  /* units on different sides have no common one */
  { "e, kind=micro, emotion=other, confidence=0.5, " CONCLUDED, "AU4=1.0, AU14=1.0", "AU4=1.0",
      "AU14=1.0", "other 50 % AU4+14 1.0 % 180 ms" },
  /* a midline unit has no side */
  { "e, kind=micro, emotion=fear, confidence=0.5, " CONCLUDED, "AU20=1.0, AU25=1.0", NULL,
      "AU20=1.0", "fear 50 % AU20+25 1.0 % 180 ms" },
  { "e, kind=micro, confidence=0.7, " CONCLUDED, "AU14=12.0", NULL, "AU14=12.0",
      "micro 70 % AU14 right 12.0 % 180 ms" },
  { "e, kind=macro, emotion=anger, confidence=0.9, onset=(guint64)0, offset=(guint64)1500000000",
      "AU4=3.0", NULL, NULL, "macro anger 90 % AU4 3.0 % 1500 ms" },
  { "e, kind=macro, " CONCLUDED, "AU4=3.0", NULL, NULL, "macro AU4 3.0 % 180 ms" },
  { "e, kind=blink, confidence=0.995, " CONCLUDED, "AU45=4.0", "AU45=4.0", "AU45=3.8",
      "blink 100 % AU45 4.0 % 180 ms" },
  /* intensities are not in the label */
  { "e, kind=micro, emotion=surprise, units-intensity=(structure)[units, AU2=B, AU1=C], " CONCLUDED,
      "AU2=1.25, AU1=1.9, AU45=1.0", NULL, NULL, "surprise AU1+2+45 1.9 % 180 ms" },
  { "e, kind=micro, emotion=\"<b>&\"", NULL, NULL, NULL, "-b--" },
  { "e, kind=micro, onset=(guint64)5, offset=(guint64)4", NULL, NULL, NULL, "micro" },
  { "e", NULL, NULL, NULL, "" },
};

GST_START_TEST (test_label_text)
{
  GstStructure *event = new_event (
      labels[__i__].fields, labels[__i__].units, labels[__i__].left, labels[__i__].right);
  char *label = gst_microexpr_event_label (event);

  fail_unless_equals_string (label, labels[__i__].label);
  g_free (label);
  gst_structure_free (event);
}
GST_END_TEST

static const struct
{
  const char *fields, *units, *left, *right, *score;
} scores[] = {
#define INTENSITIES "e, units-intensity=(structure)[units, AU1=A, AU2=B, AU12=C, AU17=D]"
  { INTENSITIES, "AU2=1.25, AU1=1.9", "AU1=1.9, AU2=1.25", "AU1=1.9, AU2=1.25", "1A+2B" },
  { INTENSITIES, "AU12=5.0", "AU12=5.0", NULL, "L12C" },
  { INTENSITIES, "AU12=5.0", NULL, "AU12=5.0", "R12C" },
  { INTENSITIES, "AU2=1.0, AU12=5.0, AU17=1.0", "AU12=5.0", "AU2=1.0", "R2B+L12C+17D" },
  { INTENSITIES, "AU45=5.0", "AU45=5.0", "AU45=5.0", "45" },
  { INTENSITIES, NULL, NULL, NULL, "" },
  { "e", NULL, NULL, NULL, "" },
};

GST_START_TEST (test_units_are_written_as_coders_do)
{
  GstStructure *event = new_event (
      scores[__i__].fields, scores[__i__].units, scores[__i__].left, scores[__i__].right);
  char *score = gst_microexpr_event_facs (event);

  fail_unless_equals_string (score, scores[__i__].score);
  g_free (score);
  gst_structure_free (event);
}
GST_END_TEST

GST_START_TEST (test_label_is_the_same_in_every_locale)
{
  static const char *const comma_locales[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "C" };
  GstStructure *event = new_event (labels[0].fields, "AU1=1.9", NULL, NULL);
  guint i = 0;

  while (!setlocale (LC_NUMERIC, comma_locales[i]))
    i++;
  char *label = gst_microexpr_event_label (event);
  fail_unless_equals_string (label, "surprise 82 % AU1 1.9 % 180 ms");
  setlocale (LC_NUMERIC, "C");
  g_free (label);
  gst_structure_free (event);
}
GST_END_TEST

static Suite *
overlay_label_suite (void)
{
  Suite *suite = suite_create ("overlay-label");
  TCase *text = tcase_create ("text");

  suite_add_tcase (suite, text);
  tcase_add_loop_test (text, test_label_text, 0, G_N_ELEMENTS (labels));
  tcase_add_loop_test (text, test_units_are_written_as_coders_do, 0, G_N_ELEMENTS (scores));
  tcase_add_test (text, test_label_is_the_same_in_every_locale);
  return suite;
}

GST_CHECK_MAIN (overlay_label)
