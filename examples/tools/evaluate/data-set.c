/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Combines sheets, recordings and results. */
#include "data-set.h"

static Recording *
recording_at (const DataSet *set, guint i)
{
  return g_ptr_array_index (set->recordings, i);
}

/* Recordings are sorted by subject, so each is listed once. */
static void
list_subjects (DataSet *set)
{
  for (guint i = 0; i < set->recordings->len; i++) {
    guint subject = recording_at (set, i)->subject, n = set->subjects->len;

    if (n == 0 || g_array_index (set->subjects, guint, n - 1) != subject)
      g_array_append_val (set->subjects, subject);
  }
}

DataSet *
data_set_open (
    const Layout *layout, const char *folder, char **sheets, gboolean partial, GError **error)
{
  DataSet *set = g_new0 (DataSet, 1);

  set->layout = layout;
  set->truths = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  set->subjects = g_array_new (FALSE, FALSE, sizeof (guint));
  set->coding = coding_read (layout, sheets, error);
  if (set->coding)
    set->recordings = recordings_find (layout, folder, set->coding, partial, error);
  if (!set->recordings) {
    data_set_free (set);
    return NULL;
  }
  list_subjects (set);
  return set;
}

void
data_set_free (DataSet *set)
{
  g_clear_pointer (&set->recordings, g_ptr_array_unref);
  g_clear_pointer (&set->coding, coding_free);
  g_ptr_array_unref (set->truths);
  g_array_unref (set->subjects);
  g_free (set);
}

gboolean
data_set_time (DataSet *set, GError **error)
{
  guint n_truths = 0;

  for (guint i = 0; i < set->recordings->len; i++) {
    GArray *truths = recording_truths (recording_at (set, i), set->coding);

    recording_list_damage (recording_at (set, i), set->coding);
    n_truths += truths->len;
    g_ptr_array_add (set->truths, truths);
  }
  if (n_truths > 0 || set->coding->coded->len == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
      "no coded expression can be scored; the first: %s",
      (const char *)g_ptr_array_index (set->coding->left_out, 0));
  return FALSE;
}

const ClassSet *
data_set_five (const DataSet *set)
{
  return set->layout->five ? &casme2_classes : NULL;
}

Tally *
data_set_tally (const DataSet *set, const Results *results, const Choice *choices)
{
  Tally *tallies = g_new (Tally, set->subjects->len);
  guint subject = 0;

  for (guint i = 0; i < set->subjects->len; i++)
    tally_init (&tallies[i]);
  for (guint i = 0; i < set->recordings->len; i++) {
    const Recording *recording = recording_at (set, i);

    while (g_array_index (set->subjects, guint, subject) != recording->subject)
      subject++;
    tally_recording (&tallies[subject], g_ptr_array_index (set->truths, i),
        results->reports[i][choices[subject].settings], recording_duration (recording),
        choices[subject].min_confidence, set->layout->has_macro, data_set_five (set));
  }
  return tallies;
}

void
tallies_free (Tally *tallies, guint n)
{
  for (guint i = 0; i < n; i++)
    tally_clear (&tallies[i]);
  g_free (tallies);
}

Tally
tallies_sum (const Tally *tallies, guint n)
{
  Tally sum;

  tally_init (&sum);
  for (guint i = 0; i < n; i++)
    tally_add (&sum, &tallies[i]);
  return sum;
}
