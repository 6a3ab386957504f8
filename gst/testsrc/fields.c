/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fields.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "anatomy/au-motion.h"
#include "random.h"
#include "testsrc/fields-resources.h"

#define LEAST_OWN 0.5 /* of the largest motion: on the side that a motion is of */
#define RESOURCE_PATH "/org/freedesktop/gstreamer/microexpr/fields/"

struct _GstMicroexprTestFields
{
  gboolean known[ME_N_AUS];
  MePoint motion[ME_N_AUS][3][ME_N_POINTS]; /* by side; of both: ME_MIDLINE */
};

static const char *const keys[] = {
  [ME_MIDLINE] = "midline", [ME_LEFT] = "left", [ME_RIGHT] = "right"
};

static gboolean
fail (GError **error, const char *unit, const char *what)
{
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "[%s]: %s", unit, what);
  return FALSE;
}

/* Displacement of the most moved point, of those of one side and of the midline. */
static double
largest_motion (const MePoint *motion, MeSide side)
{
  double largest = 0;

  for (int i = 0; i < ME_N_POINTS; i++)
    if (side == ME_MIDLINE || me_facial_points[i].side == side ||
        me_facial_points[i].side == ME_MIDLINE)
      largest = MAX (largest, hypot (motion[i].x, motion[i].y));
  return largest;
}

/* Scales the motion so that the most moved point moves by 1. FALSE: none does. */
static gboolean
normalize (const double *values, MePoint *motion)
{
  double largest = 0;

  for (int i = 0; i < ME_N_POINTS; i++)
    largest = MAX (largest, hypot (values[2 * i], values[2 * i + 1]));
  if (!isnormal (largest))
    return FALSE;
  for (int i = 0; i < ME_N_POINTS; i++)
    motion[i] = (MePoint){ (float)(values[2 * i] / largest), (float)(values[2 * i + 1] / largest) };
  return TRUE;
}

static gboolean
read_motion (GKeyFile *file, const char *unit, MeSide side, MePoint *motion, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  gsize n = 0;
  g_autofree double *values = g_key_file_get_double_list (file, unit, keys[side], &n, &wrong);

  if (wrong)
    return fail (error, unit, wrong->message);
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return fail (error, unit, "a value is not finite");
  if (n != 2 * ME_N_POINTS || !normalize (values, motion))
    return fail (error, unit,
        "a key needs the motion of " G_STRINGIFY (
            ME_N_POINTS) " points, x;y;x;y;..., not all of them 0");
  if (largest_motion (motion, side) < LEAST_OWN)
    return fail (error, unit, "left or right moves the other side of the face");
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

/* Which sides a unit has in the file, as bits; 0 and `error`: a key is none of its own. */
static guint
list_sides (GKeyFile *file, const char *unit, MeAu au, GError **error)
{
  g_auto (GStrv) names = g_key_file_get_keys (file, unit, NULL, NULL);
  guint allowed = me_au_is_sided (au) ? 1u << ME_LEFT | 1u << ME_RIGHT : 1u << ME_MIDLINE;
  guint sides = 0;

  for (char **name = names; name && *name; name++) {
    MeSide side = ME_MIDLINE;
    while (side <= ME_RIGHT && strcmp (*name, keys[side]) != 0)
      side++;
    if (side > ME_RIGHT || !(allowed & (1u << side))) {
      sides = 0;
      break;
    }
    sides |= 1u << side;
  }
  if (!sides)
    fail (error, unit, me_au_is_sided (au) ? "needs left or right" : "needs midline");
  return sides;
}

/* Fills the side that is missing, and both together. FALSE and `error`: they cancel each other. */
static gboolean
complete_sides (const char *unit, guint sides, MePoint motion[3][ME_N_POINTS], GError **error)
{
  MePoint *left = motion[ME_LEFT], *right = motion[ME_RIGHT], *both = motion[ME_MIDLINE];

  if (!(sides & (1u << ME_LEFT)))
    mirror (right, left);
  if (!(sides & (1u << ME_RIGHT)))
    mirror (left, right);
  for (int i = 0; i < ME_N_POINTS; i++)
    both[i] = (MePoint){ left[i].x + right[i].x, left[i].y + right[i].y };
  if (largest_motion (both, ME_LEFT) < LEAST_OWN || largest_motion (both, ME_RIGHT) < LEAST_OWN)
    return fail (error, unit, "left and right cancel each other");
  return TRUE;
}

/* The unit of a group: its name up to a space. ME_N_AUS: none. */
static MeAu
unit_of (const char *group)
{
  gsize length = strcspn (group, " ");
  MeAu au = 0;

  while (au < ME_N_AUS &&
         (strncmp (group, me_au_name (au), length) != 0 || me_au_name (au)[length] != '\0'))
    au++;
  return au;
}

/* Reads a group, one variant of a unit. */
static gboolean
read_variant (
    GKeyFile *file, const char *group, MeAu au, MePoint motion[3][ME_N_POINTS], GError **error)
{
  guint sides;

  if (au == ME_N_AUS)
    return fail (error, group, "no action unit that the test source knows");
  if (au >= ME_AU45)
    return fail (error, group,
        au == ME_AU27 ? "a stretch of the mouth is AU26 of more than 22 %"
                      : "the lids of a blink are drawn, not displaced");
  sides = list_sides (file, group, au, error);
  for (MeSide side = ME_MIDLINE; sides && side <= ME_RIGHT; side++)
    if (sides & (1u << side) && !read_motion (file, group, side, motion[side], error))
      return FALSE;
  return sides && (!me_au_is_sided (au) || complete_sides (group, sides, motion, error));
}

/* Reads all variants of all units, and keeps of each unit the one that the seed draws. Units whose
 * variants are the same in number and order move as one person. */
static gboolean
read_groups (GstMicroexprTestFields *fields, GKeyFile *file, guint seed, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  double drawn = gst_microexpr_test_uniform (seed, GST_MICROEXPR_TEST_STREAM_FIELDS, 0);
  guint n[ME_N_AUS + 1] = { 0 }, read[ME_N_AUS + 1] = { 0 };
  MePoint motion[3][ME_N_POINTS];

  for (char **group = groups; *group; group++)
    n[unit_of (*group)]++;
  for (char **group = groups; *group; group++) {
    MeAu au = unit_of (*group);

    if (!read_variant (file, *group, au, motion, error))
      return FALSE;
    if (read[au]++ == (guint)(drawn * n[au])) {
      memcpy (fields->motion[au], motion, sizeof motion);
      fields->known[au] = TRUE;
    }
  }
  return TRUE;
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
gst_microexpr_test_fields_load (const char *name, guint seed, GError **error)
{
  g_autoptr (GstMicroexprTestFields) fields = g_new0 (GstMicroexprTestFields, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) text = load_text (name, error);
  g_autofree char *first = NULL;

  if (!text || !g_key_file_load_from_bytes (file, text, G_KEY_FILE_NONE, error))
    return NULL;
  first = g_key_file_get_start_group (file);
  if (!first) {
    g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, "%s has no groups", name);
    return NULL;
  }
  return read_groups (fields, file, seed, error) ? g_steal_pointer (&fields) : NULL;
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
