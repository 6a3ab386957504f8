/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All items, rendered, and what microexpr finds in them. */
#include "bank.h"

#include <gio/gio.h>

#include "play.h"
#include "render.h"

const double train_durations_s[TRAIN_N_DURATIONS] = { 0.5, 0.25, 0.1 };

static void
clear_item (gpointer data)
{
  TrainBankItem *item = data;

  g_clear_pointer (&item->sprite, train_sprite_free);
  g_clear_pointer (&item->before, g_free);
  g_clear_pointer (&item->apex, g_free);
}

void
train_bank_free (TrainBank *bank)
{
  if (!bank)
    return;
  g_ptr_array_unref (bank->neutrals);
  g_array_unref (bank->items);
  g_free (bank);
}

/* TRUE and `error` set: the user pressed Ctrl-C. */
static gboolean
wants_to_stop (AppProgress *progress, GError **error)
{
  if (app_progress_stops (progress) == 0)
    return FALSE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped; no page was written");
  return TRUE;
}

/* --- rendering --- */

static void
add_item (TrainBank *bank, const TrainItem *item, const GPtrArray *pictures)
{
  const TrainBankItem rendered = { .item = *item, .sprite = train_sprite_new (pictures) };

  if (bank->neutrals->len == item->face)
    g_ptr_array_add (bank->neutrals, train_sprite_encode (pictures->pdata[0]));
  g_array_append_val (bank->items, rendered);
}

static gboolean
render_face (TrainBank *bank, const TrainItem *items, guint n, const char *photo, GError **error)
{
  GPtrArray *rendered = train_render (items, n, photo, error);

  for (guint i = 0; rendered && i < n; i++)
    add_item (bank, &items[i], rendered->pdata[i]);
  g_clear_pointer (&rendered, g_ptr_array_unref);
  return bank->neutrals->len == items[0].face + 1;
}

TrainBank *
train_bank_render (
    const TrainFaces *faces, gboolean contempt, guint32 seed, AppProgress *progress, GError **error)
{
  TrainBank *bank = g_new0 (TrainBank, 1);
  GArray *items = train_items_draw (faces->paths->len, contempt, seed);
  guint per_face = items->len / faces->paths->len;
  gboolean good = TRUE;

  bank->n_faces = faces->paths->len;
  bank->built_in = faces->built_in;
  bank->contempt = contempt;
  bank->neutrals = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  bank->items = g_array_new (FALSE, TRUE, sizeof (TrainBankItem));
  g_array_set_clear_func (bank->items, clear_item);
  app_progress_begin (progress, "Rendering");
  for (guint face = 0; good && face < bank->n_faces; face++) {
    const TrainItem *first = &g_array_index (items, TrainItem, face * per_face);

    good = !wants_to_stop (progress, error) &&
           render_face (bank, first, per_face, faces->paths->pdata[face], error);
    app_progress_show (progress, (face + 1.0) / bank->n_faces, NULL);
  }
  app_progress_end (progress);
  g_array_unref (items);
  if (good)
    return bank;
  train_bank_free (bank);
  return NULL;
}

/* --- reading --- */

/* How many durations the item is shown for. */
static guint
count_showings (const TrainBank *bank, const TrainBankItem *item, gboolean all)
{
  if (all)
    return TRAIN_N_DURATIONS;
  return item->item.recipe->variant == TRAIN_FULL &&
         train_role_of_face (item->item.face, bank->n_faces) == TRAIN_PRACTICE;
}

/* The showings of one face, item by item. */
static GArray *
list_showings (const TrainBank *bank, guint face, gboolean all)
{
  GArray *showings = g_array_new (FALSE, TRUE, sizeof (TrainShowing));

  g_array_set_clear_func (showings, (GDestroyNotify)train_showing_clear);
  for (guint i = 0; i < bank->items->len; i++) {
    const TrainBankItem *item = &g_array_index (bank->items, TrainBankItem, i);
    guint n = item->item.face == face ? count_showings (bank, item, all) : 0;

    for (guint d = 0; d < n; d++) {
      const TrainShowing showing = { .sprite = item->sprite, .duration_s = train_durations_s[d] };

      g_array_append_val (showings, showing);
    }
  }
  return showings;
}

/* In the order of list_showings(). */
static void
collect_showings (TrainBank *bank, guint face, gboolean all, GArray *showings)
{
  guint next = 0;

  for (guint i = 0; i < bank->items->len; i++) {
    TrainBankItem *item = &g_array_index (bank->items, TrainBankItem, i);
    guint n = item->item.face == face ? count_showings (bank, item, all) : 0;

    for (guint d = 0; d < n; d++) {
      TrainShowing *showing = &g_array_index (showings, TrainShowing, next++);

      item->found[d].emotion = showing->emotion;
      item->found[d].confidence = showing->confidence;
      if (d == 0) {
        item->before = g_steal_pointer (&showing->before);
        item->apex = g_steal_pointer (&showing->apex);
      }
    }
    if (n > 0)
      item->n_found = n;
  }
}

static gboolean
read_face (TrainBank *bank, guint face, gboolean all, GError **error)
{
  GArray *showings = list_showings (bank, face, all);
  gboolean good = TRUE;

  if (showings->len > 0)
    good =
        train_play (showings, bank->neutrals->pdata[face], TRAIN_CHECK_RATE, bank->contempt, error);
  if (good)
    collect_showings (bank, face, all, showings);
  g_array_unref (showings);
  return good;
}

gboolean
train_bank_read (TrainBank *bank, gboolean all, AppProgress *progress, GError **error)
{
  gboolean good = TRUE;

  app_progress_begin (progress, all ? "Checking" : "Measuring");
  for (guint face = 0; good && face < bank->n_faces; face++) {
    app_progress_show (progress, (double)face / bank->n_faces, NULL);
    good = !wants_to_stop (progress, error) && read_face (bank, face, all, error);
  }
  app_progress_end (progress);
  return good;
}

gboolean
train_bank_item_agrees (const TrainBankItem *item, guint n)
{
  return g_strcmp0 (item->found[n].emotion, train_emotion_name (item->item.recipe->emotion)) == 0;
}
