/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The data of the page as JSON. */
#include "report.h"

#include <math.h>

#include "shared/json.h"
#include "course.h"
#include "key.h"
#include "render.h"

#define ARROW_LEAST 1.0 /* % IPD: no arrows for less */
#define ID_LENGTH 16

/* --- items --- */

static void
write_units (JsonBuilder *json, const TrainRecipe *recipe)
{
  char **units = train_recipe_units (recipe);

  app_json_begin_array (json, "units");
  for (char **unit = units; *unit; unit++)
    json_builder_add_string_value (json, *unit);
  json_builder_end_array (json);
  g_strfreev (units);
}

static void
write_sprite (JsonBuilder *json, const TrainSprite *sprite)
{
  app_json_begin_array (json, "cell");
  json_builder_add_int_value (json, sprite->cell_width);
  json_builder_add_int_value (json, sprite->cell_height);
  json_builder_end_array (json);
  app_json_begin_array (json, "bands");
  for (guint i = 0; i < sprite->n_bands; i++) {
    const TrainBand *band = &sprite->bands[i];

    json_builder_begin_array (json);
    json_builder_add_int_value (json, band->x);
    json_builder_add_int_value (json, band->y);
    json_builder_add_int_value (json, band->width);
    json_builder_add_int_value (json, band->height);
    json_builder_end_array (json);
  }
  json_builder_end_array (json);
}

static void
write_found (JsonBuilder *json, const TrainBankItem *item)
{
  app_json_begin_array (json, "found");
  for (guint d = 0; d < item->n_found; d++) {
    json_builder_begin_object (json);
    app_json_int (json, "ms", lround (1000 * train_durations_s[d]));
    if (item->found[d].emotion) {
      app_json_string (json, "emotion", item->found[d].emotion);
      app_json_rounded (json, "confidence", item->found[d].confidence);
    }
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

/* Motion from rest to apex as measured by microexpr: positions in px of the picture, motion in %
 * IPD. */
static void
write_arrows (JsonBuilder *json, const TrainBankItem *item)
{
  app_json_begin_array (json, "arrows");
  for (guint i = 0; item->before && item->apex && i < item->apex->n_movements; i++) {
    const AppMovement *m = &item->apex->movements[i];
    double dx, dy;

    app_movement_since (m, item->before, &dx, &dy);
    if (hypot (dx, dy) < ARROW_LEAST)
      continue;
    json_builder_begin_object (json);
    app_json_rounded (json, "x", m->x);
    app_json_rounded (json, "y", m->y);
    app_json_rounded (json, "dx", dx);
    app_json_rounded (json, "dy", dy);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

static void
write_item (JsonBuilder *json, const TrainBankItem *item)
{
  const TrainRecipe *recipe = item->item.recipe;

  json_builder_begin_object (json);
  app_json_int (json, "face", item->item.face);
  app_json_string (json, "emotion", train_emotion_name (recipe->emotion));
  app_json_string (json, "variant", train_variant_name (recipe->variant));
  app_json_string (json, "side", train_side_name (item->item.side));
  app_json_rounded (json, "strength", train_variant_strength (recipe->variant));
  write_units (json, recipe);
  write_sprite (json, item->sprite);
  write_found (json, item);
  write_arrows (json, item);
  json_builder_end_object (json);
}

/* --- the whole --- */

static void
write_key (JsonBuilder *json, const TrainBank *bank)
{
  TrainAgreement all = train_key_count (bank);

  app_json_begin_object (json, "key");
  app_json_int (json, "agree", all.agree);
  app_json_int (json, "of", all.of);
  app_json_int (json, "rate", TRAIN_CHECK_RATE);
  json_builder_end_object (json);
}

static void
write_picture (JsonBuilder *json)
{
  app_json_begin_object (json, "picture");
  app_json_int (json, "width", TRAIN_WIDTH);
  app_json_int (json, "height", TRAIN_HEIGHT);
  app_json_int (json, "ipd", TRAIN_IPD);
  app_json_int (json, "steps", TRAIN_STEPS);
  app_json_int (json, "columns", TRAIN_COLUMNS);
  json_builder_end_object (json);
}

/* A hash of the pictures; the browser stores results under it. */
static char *
make_id (const TrainBank *bank)
{
  GChecksum *sum = g_checksum_new (G_CHECKSUM_SHA256);
  char *id;

  for (guint i = 0; i < bank->items->len; i++) {
    GBytes *jpeg = g_array_index (bank->items, TrainBankItem, i).sprite->jpeg;

    if (jpeg)
      g_checksum_update (sum, g_bytes_get_data (jpeg, NULL), (gssize)g_bytes_get_size (jpeg));
  }
  id = g_strndup (g_checksum_get_string (sum), ID_LENGTH);
  g_checksum_free (sum);
  return id;
}

char *
train_report_write (const TrainBank *bank, const TrainSettings *settings)
{
  JsonBuilder *json = json_builder_new ();
  char *id = make_id (bank), *text;

  json_builder_begin_object (json);
  app_json_string (json, "generator", "microexpr-train " VERSION);
  app_json_string (json, "id", id);
  app_json_int (json, "seed", settings->seed);
  app_json_string (json, "language", settings->language);
  app_json_boolean (json, "composites", bank->built_in);
  if (settings->no_key)
    app_json_boolean (json, "noKey", TRUE);
  if (settings->contempt)
    app_json_boolean (json, "contempt", TRUE);
  write_picture (json);
  app_json_begin_array (json, "faces");
  for (guint face = 0; face < bank->n_faces; face++)
    json_builder_add_string_value (
        json, train_role_name (train_role_of_face (face, bank->n_faces)));
  json_builder_end_array (json);
  app_json_begin_array (json, "items");
  for (guint i = 0; i < bank->items->len; i++)
    write_item (json, &g_array_index (bank->items, TrainBankItem, i));
  json_builder_end_array (json);
  if (settings->check && !settings->no_key)
    write_key (json, bank);
  json_builder_end_object (json);
  text = app_json_to_text (json, FALSE);
  g_object_unref (json);
  g_free (id);
  return text;
}
