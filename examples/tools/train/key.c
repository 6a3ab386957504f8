/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The answer key, as text. */
#include "key.h"

typedef TrainAgreement Counts[TRAIN_N_EMOTIONS + 1][TRAIN_N_DURATIONS]; /* last row: all */

static void
count (const TrainBank *bank, Counts counts)
{
  for (guint i = 0; i < bank->items->len; i++) {
    const TrainBankItem *item = &g_array_index (bank->items, TrainBankItem, i);
    const guint rows[] = { item->item.recipe->emotion, TRAIN_N_EMOTIONS };

    for (guint d = 0; d < item->n_found; d++) {
      for (guint r = 0; r < G_N_ELEMENTS (rows); r++) {
        counts[rows[r]][d].of++;
        counts[rows[r]][d].agree += train_bank_item_agrees (item, d) ? 1 : 0;
      }
    }
  }
}

TrainAgreement
train_key_count (const TrainBank *bank)
{
  TrainAgreement all = { 0, 0 };
  Counts counts = { { { 0, 0 } } };

  count (bank, counts);
  for (guint d = 0; d < TRAIN_N_DURATIONS; d++) {
    all.agree += counts[TRAIN_N_EMOTIONS][d].agree;
    all.of += counts[TRAIN_N_EMOTIONS][d].of;
  }
  return all;
}

static void
print_row (const char *name, const TrainAgreement row[TRAIN_N_DURATIONS])
{
  g_print ("%-10s", name);
  for (guint d = 0; d < TRAIN_N_DURATIONS; d++)
    g_print ("  %3u of %3u", row[d].agree, row[d].of);
  g_print ("\n");
}

static void
print_others (const TrainBank *bank)
{
  for (guint i = 0; i < bank->items->len; i++) {
    const TrainBankItem *item = &g_array_index (bank->items, TrainBankItem, i);
    char **names = train_recipe_units (item->item.recipe), *units = g_strjoinv (" ", names);

    for (guint d = 0; d < item->n_found; d++)
      if (!train_bank_item_agrees (item, d))
        g_print ("item %u, %s, %s, %s, %s, %.0f ms: %s\n", i,
            train_emotion_name (item->item.recipe->emotion),
            train_variant_name (item->item.recipe->variant), units,
            train_side_name (item->item.side), 1000 * train_durations_s[d],
            item->found[d].emotion ? item->found[d].emotion : "nothing");
    g_free (units);
    g_strfreev (names);
  }
}

void
train_key_print (const TrainBank *bank)
{
  TrainAgreement all = train_key_count (bank);
  Counts counts = { { { 0, 0 } } };

  count (bank, counts);
  g_print ("%-10s", "intended");
  for (guint d = 0; d < TRAIN_N_DURATIONS; d++)
    g_print ("  %7.0f ms", 1000 * train_durations_s[d]);
  g_print ("\n");
  for (guint e = 0; e < train_n_emotions (bank->contempt); e++)
    print_row (train_emotion_name (e), counts[e]);
  print_row ("all", counts[TRAIN_N_EMOTIONS]);
  if (all.agree < all.of)
    g_print ("\nRead differently:\n");
  print_others (bank);
  g_print (
      "\nmicroexpr reads %u of %u presentations of these synthetic items as intended (%.1f %%).\n",
      all.agree, all.of, 100.0 * all.agree / MAX (1, all.of));
}
