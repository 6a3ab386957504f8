/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parser of the test source's script. Each word of an entry is tried by the readers of a table in
 * turn, until one accepts it. */
#include "script.h"

#include <string.h>

#define SECOND_NS 1e9
#define LONGEST_TIME_S 1e6

/* The entry as parsed so far. */
typedef struct
{
  GstMicroexprTestEventSpec spec;
  gboolean has_onset, has_duration, has_strength;
  double onset_ns, duration_ns, strength;
} Entry;

/* Defaults and limits of each kind. Strength in % IPD; of a blink, how far the lids close (0..1).
 */
static const struct
{
  MeKind kind;
  guint64 duration_ns;
  double strength;
  double shortest_s, longest_s;
} kinds[] = {
  { ME_KIND_MICRO, 300 * G_GINT64_CONSTANT (1000000), 3, 0.04, 0.5 },
  { ME_KIND_MACRO, 1500 * G_GINT64_CONSTANT (1000000), 6, 0.5, 50 },
  { ME_KIND_BLINK, 350 * G_GINT64_CONSTANT (1000000), 1, 0.05, 5 },
};

static guint
kind_row (MeKind kind)
{
  guint row = 0;

  while (kinds[row].kind != kind)
    row++;
  return row;
}

static gboolean
read_kind (const char *word, Entry *entry)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (entry->spec.kind == 0 && strcmp (word, me_kind_name (kinds[i].kind)) == 0) {
      entry->spec.kind = kinds[i].kind;
      return TRUE;
    }
  }
  return FALSE;
}

/* A number with the unit s or ms: first the onset, then the duration. */
static gboolean
read_time (const char *word, Entry *entry)
{
  char *end;
  double value = g_ascii_strtod (word, &end);
  double unit = strcmp (end, "s") == 0 ? 1 : strcmp (end, "ms") == 0 ? 1e-3 : 0;

  value *= unit;
  if (end == word || unit == 0 || !(value >= 0 && value <= LONGEST_TIME_S) || entry->has_duration)
    return FALSE;
  if (!entry->has_onset) {
    entry->onset_ns = value * SECOND_NS;
    entry->has_onset = TRUE;
  } else {
    entry->duration_ns = value * SECOND_NS;
    entry->has_duration = TRUE;
  }
  return TRUE;
}

static gboolean
read_side (const char *word, Entry *entry)
{
  static const struct
  {
    const char *name;
    MeSide side;
  } sides[] = { { "left", ME_LEFT }, { "right", ME_RIGHT }, { "both", ME_MIDLINE } };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++) {
    if (strcmp (word, sides[i].name) == 0) {
      entry->spec.side = sides[i].side;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
read_varied (const char *word, Entry *entry)
{
  if (strcmp (word, "varied") != 0)
    return FALSE;
  entry->spec.varied = TRUE;
  return TRUE;
}

static gboolean
find_unit (const char *number, gsize length, MeAu *found)
{
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    const char *name = me_au_name (au) + strlen ("AU");

    if (strlen (name) == length && strncmp (name, number, length) == 0) {
      *found = au;
      return TRUE;
    }
  }
  return FALSE;
}

/* AU12, AU1+2 or AU1+AU2. */
static gboolean
read_units (const char *word, Entry *entry)
{
  guint units = 0;

  if (!g_str_has_prefix (word, "AU") || entry->spec.units)
    return FALSE;
  for (;;) {
    MeAu au;
    gsize length;

    if (g_str_has_prefix (word, "AU"))
      word += strlen ("AU");
    length = strcspn (word, "+");
    if (!find_unit (word, length, &au) || au >= ME_AU45)
      return FALSE;
    units |= 1u << au;
    if (!word[length])
      break;
    word += length + 1;
  }
  entry->spec.units = units;
  return TRUE;
}

static gboolean
read_strength (const char *word, Entry *entry)
{
  char *end;

  entry->strength = g_ascii_strtod (word, &end);
  if (end == word || (*end && strcmp (end, "%") != 0) || entry->has_strength)
    return FALSE;
  entry->has_strength = TRUE;
  return entry->strength > 0 && entry->strength <= 30;
}

/* Tried in this order. */
static gboolean (*const readers[]) (const char *word, Entry *entry) = { read_time, read_kind,
  read_units, read_side, read_varied, read_strength };

/* What is wrong with a parsed entry, to complete: the entry "..." ...; or NULL. */
static const char *
entry_problem (const Entry *entry)
{
  gboolean blink = entry->spec.kind == ME_KIND_BLINK;
  double duration_s = entry->duration_ns / SECOND_NS;
  guint row;

  if (!entry->has_onset)
    return "has no time, like 1.5s";
  if (!entry->spec.kind)
    return "has no kind: micro, macro or blink";
  if (!blink && !entry->spec.units)
    return "has no action units, like AU12 or AU1+2";
  if (blink && (entry->spec.units || entry->spec.side || entry->has_strength || entry->spec.varied))
    return "is a blink, which takes only a duration";
  row = kind_row (entry->spec.kind);
  if (entry->has_duration &&
      (duration_s < kinds[row].shortest_s || duration_s > kinds[row].longest_s))
    return "has a duration that its kind excludes: micro 40 ms to 500 ms, macro 0.5 s to 50 s, "
           "blink 50 ms to 5 s";
  return NULL;
}

static void
complete_entry (Entry *entry)
{
  GstMicroexprTestEventSpec *spec = &entry->spec;
  guint row = kind_row (spec->kind);
  double strength = entry->has_strength ? entry->strength : kinds[row].strength;

  spec->onset_ns = (guint64)entry->onset_ns;
  spec->duration_ns = entry->has_duration ? (guint64)entry->duration_ns : kinds[row].duration_ns;
  if (spec->kind == ME_KIND_BLINK)
    spec->units = 1u << ME_AU45;
  for (MeAu au = 0; au < ME_N_AUS; au++)
    spec->strength[au] = spec->units & (1u << au) ? strength : 0;
}

static gboolean
read_word (const char *word, Entry *entry)
{
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++) {
    if (readers[i](word, entry))
      return TRUE;
  }
  return FALSE;
}

static gboolean
parse_entry (const char *text, Entry *entry, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r", -1);
  const char *problem;

  memset (entry, 0, sizeof *entry);
  gst_microexpr_test_event_spec_init (&entry->spec);
  for (char **word = words; *word; word++) {
    if (**word && !read_word (*word, entry)) {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
          "\"%s\" in the entry \"%s\" is not understood", *word, text);
      return FALSE;
    }
  }
  problem = entry_problem (entry);
  if (problem) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "the entry \"%s\" %s", text, problem);
    return FALSE;
  }
  complete_entry (entry);
  return TRUE;
}

gboolean
gst_microexpr_test_script_parse (const char *script, GArray *specs, GError **error)
{
  g_auto (GStrv) entries = g_strsplit_set (script, ";\n", -1);

  for (char **text = entries; *text; text++) {
    Entry entry;

    if (!*g_strstrip (*text))
      continue;
    if (!parse_entry (*text, &entry, error))
      return FALSE;
    g_array_append_val (specs, entry.spec);
  }
  return TRUE;
}
