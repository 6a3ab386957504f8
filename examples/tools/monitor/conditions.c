/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "conditions.h"

#include <string.h>

/* Advice for warnings whose name does not suggest the remedy. */
static const struct
{
  const char *reason, *remedy;
} remedies[] = {
  { "no-face", "is the camera upright? faces must look at it and be min-face-size wide" },
};

/* NULL: no advice. */
static const char *
remedy_of (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (remedies); i++)
    if (g_strcmp0 (reason, remedies[i].reason) == 0)
      return remedies[i].remedy;
  return NULL;
}

void
conditions_init (Conditions *c)
{
  c->active = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
conditions_clear (Conditions *c)
{
  g_hash_table_unref (c->active);
}

void
conditions_forget (Conditions *c)
{
  g_hash_table_remove_all (c->active);
}

char *
conditions_note (Conditions *c, const GstStructure *warning)
{
  const char *reason = gst_structure_get_string (warning, "reason");
  const char *unit = gst_structure_get_string (warning, "unit");
  gboolean active = FALSE;
  double value = 0, limit = 0;
  guint face;
  const char *remedy = NULL;
  char *what, *line;

  gst_structure_get (warning, "active", G_TYPE_BOOLEAN, &active, "value", G_TYPE_DOUBLE, &value,
      "limit", G_TYPE_DOUBLE, &limit, NULL);
  what = gst_structure_get_uint (warning, "face", &face)
             ? g_strdup_printf ("%s of face %u", reason, face)
             : g_strdup (reason);
  if (active)
    remedy = remedy_of (reason);
  line = g_strdup_printf ("%s %s: %.4g %s, limit %.4g%s%s", what, active ? "starts" : "is over",
      value, unit ? unit : "", limit, remedy ? "; " : "", remedy ? remedy : "");
  if (active)
    g_hash_table_add (c->active, what);
  else {
    g_hash_table_remove (c->active, what);
    g_free (what);
  }
  return line;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char **
conditions_dup (const Conditions *c)
{
  guint n;
  g_autofree char **names = (char **)g_hash_table_get_keys_as_array (c->active, &n);

  qsort (names, n, sizeof *names, compare);
  return g_strdupv (names);
}

char *
conditions_to_string (const Conditions *c)
{
  g_auto (GStrv) names = conditions_dup (c);

  return g_strjoinv (", ", names);
}
