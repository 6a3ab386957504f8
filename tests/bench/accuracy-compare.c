/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "accuracy-compare.h"

#include "training-free.h"

static char **names;        /* of the variants; NULL: none */
static GArray *factors;     /* of each, double */
static GArray *time_scales; /* of each, double */

/* A positive number, and what follows it; 0: none. */
static double
read_positive (const char *text, char **rest)
{
  double number = g_ascii_strtod (text, rest);

  return *rest > text && number > 0 ? number : 0;
}

gboolean
compare_init (const char *list)
{
  names = list ? g_strsplit (list, ",", -1) : NULL;
  factors = g_array_new (FALSE, FALSE, sizeof (double));
  time_scales = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < compare_n_variants (); i++) {
    char *rest;
    double factor = read_positive (names[i], &rest);
    double time_scale = *rest == ':' ? read_positive (rest + 1, &rest) : 1;

    if (factor == 0 || time_scale == 0 || *rest)
      return FALSE;
    g_array_append_val (factors, factor);
    g_array_append_val (time_scales, time_scale);
  }
  return TRUE;
}

guint
compare_n_variants (void)
{
  return names ? g_strv_length (names) : 0;
}

const char *
compare_variant (guint variant)
{
  return names[variant];
}

static double
time_scale_of (guint variant)
{
  return g_array_index (time_scales, double, variant);
}

/* The first variant of the same durations, which measures for all of them. */
static guint
measured_by (guint variant)
{
  guint i = 0;

  while (time_scale_of (i) != time_scale_of (variant))
    i++;
  return i;
}

static void
watch_frame (gpointer watcher, const MeFrame *frame)
{
  TrainingFree **methods = watcher;

  for (guint i = 0; i < compare_n_variants (); i++) {
    if (methods[i])
      training_free_add (methods[i], frame);
  }
}

void
compare_watch (Play *play)
{
  TrainingFree **methods;
  g_autoptr (GError) error = NULL;

  if (!names)
    return;
  methods = g_new0 (TrainingFree *, compare_n_variants ());
  for (guint i = 0; i < compare_n_variants (); i++) {
    if (measured_by (i) != i)
      continue;
    methods[i] = training_free_new (time_scale_of (i), &error);
    if (!methods[i])
      g_error ("%s", error->message); /* what is built in is damaged */
  }
  play->watch = watch_frame;
  play->watcher = methods;
}

void
compare_finish (Play *play)
{
  TrainingFree **methods = play->watcher;

  for (guint i = 0; methods && i < compare_n_variants (); i++) {
    if (methods[i])
      training_free_finish (methods[i]);
  }
}

void
compare_unwatch (Play *play)
{
  TrainingFree **methods = play->watcher;

  for (guint i = 0; methods && i < compare_n_variants (); i++)
    training_free_free (methods[i]);
  g_free (methods);
}

void
compare_report (Play *play, guint variant)
{
  TrainingFree **methods = play->watcher;

  training_free_report (
      methods[measured_by (variant)], g_array_index (factors, double, variant), &play->clip);
}
