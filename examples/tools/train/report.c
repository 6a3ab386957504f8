/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The data of the page as JSON. */
#include "report.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "course.h"
#include "key.h"
#include "render.h"

#define ARROW_LEAST 1.0 /* % IPD: less is not worth an arrow */
#define ID_LENGTH 16

static void
write_string (JsonBuilder *json, const char *name, const char *value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, value);
}

static void
write_int (JsonBuilder *json, const char *name, gint64 value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, value);
}

static void
write_number (JsonBuilder *json, const char *name, double value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_double_value (json, round (value * 1000) / 1000);
}

static void
begin_array (JsonBuilder *json, const char *name)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
}

/* --- items --- */

static void
write_units (JsonBuilder *json, const TrainRecipe *recipe)
{
  char **units = train_recipe_units (recipe);

  begin_array (json, "units");
  for (char **unit = units; *unit; unit++)
    json_builder_add_string_value (json, *unit);
  json_builder_end_array (json);
  g_strfreev (units);
}

static void
write_sprite (JsonBuilder *json, const TrainSprite *sprite)
{
  json_builder_set_member_name (json, "cell");
  json_builder_begin_array (json);
  json_builder_add_int_value (json, sprite->cell_width);
  json_builder_add_int_value (json, sprite->cell_height);
  json_builder_end_array (json);
  begin_array (json, "bands");
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
  begin_array (json, "found");
  for (guint d = 0; d < item->n_found; d++) {
    json_builder_begin_object (json);
    write_int (json, "ms", lround (1000 * train_durations_s[d]));
    if (item->found[d].emotion) {
      write_string (json, "emotion", item->found[d].emotion);
      write_number (json, "confidence", item->found[d].confidence);
    }
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

/* What moved until the apex, as microexpr measured it: px of the picture, % IPD. */
static void
write_arrows (JsonBuilder *json, const TrainBankItem *item)
{
  begin_array (json, "arrows");
  for (guint i = 0; item->before && item->apex && i < item->apex->n_movements; i++) {
    const AppMovement *m = &item->apex->movements[i];
    double dx, dy;

    app_movement_since (m, item->before, &dx, &dy);
    if (hypot (dx, dy) < ARROW_LEAST)
      continue;
    json_builder_begin_object (json);
    write_number (json, "x", m->x);
    write_number (json, "y", m->y);
    write_number (json, "dx", dx);
    write_number (json, "dy", dy);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

static void
write_item (JsonBuilder *json, const TrainBankItem *item)
{
  const TrainRecipe *recipe = item->item.recipe;

  json_builder_begin_object (json);
  write_int (json, "face", item->item.face);
  write_string (json, "emotion", train_emotion_name (recipe->emotion));
  write_string (json, "variant", train_variant_name (recipe->variant));
  write_string (json, "side", train_side_name (item->item.side));
  write_number (json, "strength", train_variant_strength (recipe->variant));
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

  json_builder_set_member_name (json, "key");
  json_builder_begin_object (json);
  write_int (json, "agree", all.agree);
  write_int (json, "of", all.of);
  write_int (json, "rate", TRAIN_CHECK_RATE);
  json_builder_end_object (json);
}

static void
write_picture (JsonBuilder *json)
{
  json_builder_set_member_name (json, "picture");
  json_builder_begin_object (json);
  write_int (json, "width", TRAIN_WIDTH);
  write_int (json, "height", TRAIN_HEIGHT);
  write_int (json, "ipd", TRAIN_IPD);
  write_int (json, "steps", TRAIN_STEPS);
  write_int (json, "columns", TRAIN_COLUMNS);
  json_builder_end_object (json);
}

/* The same for the same pictures: results in a browser are kept under it. */
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
  JsonNode *root;

  json_builder_begin_object (json);
  write_string (json, "generator", "microexpr-train " VERSION);
  write_string (json, "id", id);
  write_int (json, "seed", settings->seed);
  write_string (json, "language", settings->language);
  json_builder_set_member_name (json, "composites");
  json_builder_add_boolean_value (json, bank->built_in);
  write_picture (json);
  begin_array (json, "faces");
  for (guint face = 0; face < bank->n_faces; face++)
    json_builder_add_string_value (
        json, train_role_name (train_role_of_face (face, bank->n_faces)));
  json_builder_end_array (json);
  begin_array (json, "items");
  for (guint i = 0; i < bank->items->len; i++)
    write_item (json, &g_array_index (bank->items, TrainBankItem, i));
  json_builder_end_array (json);
  if (settings->check)
    write_key (json, bank);
  json_builder_end_object (json);

  root = json_builder_get_root (json);
  text = json_to_string (root, FALSE);
  json_node_unref (root);
  g_object_unref (json);
  g_free (id);
  return text;
}
