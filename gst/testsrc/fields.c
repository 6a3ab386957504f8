/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fields.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "anatomy/au-motion.h"
#include "testsrc/fields-resources.h"

#define RESOURCE_PATH "/org/freedesktop/gstreamer/microexpr/fields/"

struct _GstMicroexprTestFields
{
  gboolean known[ME_N_AUS];
  MePoint motion[ME_N_AUS][3][ME_N_POINTS]; /* by side; of both: ME_MIDLINE */
};

static const char *const keys[] = {
  [ME_MIDLINE] = "midline", [ME_LEFT] = "left", [ME_RIGHT] = "right"
};

/* Reads one motion. FALSE without `error`: there is no such key. */
static gboolean
read_motion (GKeyFile *file, const char *unit, MeSide side, MePoint *motion, GError **error)
{
  g_autofree double *values = NULL;
  gboolean moves = FALSE;
  gsize n;

  if (!g_key_file_has_key (file, unit, keys[side], NULL))
    return FALSE;
  values = g_key_file_get_double_list (file, unit, keys[side], &n, error);
  if (!values) {
    g_prefix_error (error, "%s of %s: ", keys[side], unit);
    return FALSE;
  }
  for (gsize i = 0; n == 2 * ME_N_POINTS && i < n; i++) {
    moves |= values[i] != 0;
    n = isfinite (values[i]) ? n : 0;
  }
  if (n != 2 * ME_N_POINTS || !moves) {
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
        "%s of %s must be the motion of %d points, x;y;x;y;..., not all of them 0", keys[side],
        unit, ME_N_POINTS);
    return FALSE;
  }
  for (int i = 0; i < ME_N_POINTS; i++)
    motion[i] = (MePoint){ (float)values[2 * i], (float)values[2 * i + 1] };
  return TRUE;
}

static void
mirror (const MePoint *from, MePoint *to)
{
  for (int i = 0; i < ME_N_POINTS; i++) {
    MePoint m = from[me_facial_points[i].mirror];
    to[i] = (MePoint){ -m.x, m.y };
  }
}

static gboolean
read_sides (
    GstMicroexprTestFields *fields, GKeyFile *file, const char *unit, MeAu au, GError **error)
{
  MePoint *left = fields->motion[au][ME_LEFT], *right = fields->motion[au][ME_RIGHT];
  GError *failed = NULL;
  gboolean has_left = read_motion (file, unit, ME_LEFT, left, &failed);
  gboolean has_right = !failed && read_motion (file, unit, ME_RIGHT, right, &failed);

  if (failed) {
    g_propagate_error (error, failed);
    return FALSE;
  }
  if (!has_left)
    mirror (right, left);
  if (!has_right)
    mirror (left, right);
  for (int i = 0; i < ME_N_POINTS; i++)
    fields->motion[au][ME_MIDLINE][i] = (MePoint){ left[i].x + right[i].x, left[i].y + right[i].y };
  return has_left || has_right;
}

static gboolean
read_unit (GstMicroexprTestFields *fields, GKeyFile *file, const char *unit, GError **error)
{
  MeAu au = 0;
  gboolean ok;

  while (au < ME_N_AUS && strcmp (unit, me_au_name (au)) != 0)
    au++;
  if (au == ME_N_AUS) {
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, "[%s] is no action unit", unit);
    return FALSE;
  }
  ok = me_au_is_sided (au)
           ? read_sides (fields, file, unit, au, error)
           : read_motion (file, unit, ME_MIDLINE, fields->motion[au][ME_MIDLINE], error);
  if (!ok && error && !*error)
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND, "[%s] needs %s", unit,
        me_au_is_sided (au) ? "left or right" : "midline");
  fields->known[au] = ok;
  return ok;
}

static GBytes *
load_text (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_PATH, name, NULL);
  GBytes *text = g_resource_lookup_data (
      gst_microexpr_test_fields_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GFile) file = NULL;

  if (text)
    return text;
  file = g_file_new_for_path (name);
  return g_file_load_bytes (file, NULL, NULL, error);
}

GstMicroexprTestFields *
gst_microexpr_test_fields_load (const char *name, GError **error)
{
  g_autoptr (GstMicroexprTestFields) fields = g_new0 (GstMicroexprTestFields, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) text = load_text (name, error);
  g_auto (GStrv) groups = NULL;

  if (!text || !g_key_file_load_from_bytes (file, text, G_KEY_FILE_NONE, error))
    return NULL;
  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group; group++)
    if (!read_unit (fields, file, *group, error))
      return NULL;
  return g_steal_pointer (&fields);
}

void
gst_microexpr_test_fields_free (GstMicroexprTestFields *fields)
{
  g_free (fields);
}

void
gst_microexpr_test_fields_motion (
    const GstMicroexprTestFields *fields, MeAu au, MeSide side, MePoint motion[ME_N_POINTS])
{
  if (!fields || !fields->known[au]) {
    me_au_point_motion (au, side, motion);
    return;
  }
  memcpy (motion, fields->motion[au][me_au_is_sided (au) ? side : ME_MIDLINE],
      sizeof fields->motion[au][0]);
}
