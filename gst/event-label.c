/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An event in words. Every part of the label is optional and written by its own function, so that
 * what an event does not carry leaves no trace in the text. */
#include "event-label.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_UNIT 99
#define MAX_UNITS 32
/* A unit is one-sided when its weaker side moved less than this part of the stronger one. */
#define ONE_SIDED 0.33

typedef enum
{
  SIDE_LEFT = 1,
  SIDE_RIGHT = 2,
  SIDE_BOTH = 3,
} Side;

typedef struct
{
  int number;            /* 12 of AU12 */
  double strength;       /* % IPD */
  const char *intensity; /* "A" ... "E"; "" if it has none */
} Unit;

typedef struct
{
  Unit units[MAX_UNITS];
  guint n;
} Units;

/* The nested structure `field` of `event`, or NULL. */
static const GstStructure *
part (const GstStructure *event, const char *field)
{
  const GValue *value = gst_structure_get_value (event, field);

  return value && GST_VALUE_HOLDS_STRUCTURE (value) ? gst_value_get_structure (value) : NULL;
}

static gboolean
collect_unit (GQuark field, const GValue *value, gpointer user_data)
{
  Units *found = user_data;
  const char *name = g_quark_to_string (field);
  guint64 number;

  if (!g_str_has_prefix (name, "AU") || !G_VALUE_HOLDS_DOUBLE (value) || found->n == MAX_UNITS ||
      !g_ascii_string_to_unsigned (name + strlen ("AU"), 10, 1, LARGEST_UNIT, &number, NULL))
    return TRUE;
  double strength = g_value_get_double (value);
  if (isfinite (strength) && strength > 0)
    found->units[found->n++] = (Unit){ (int)number, strength, "" };
  return TRUE;
}

static int
compare_units (const void *a, const void *b)
{
  return ((const Unit *)a)->number - ((const Unit *)b)->number;
}

/* The active units of an event, by number. */
static void
collect_units (const GstStructure *event, Units *found)
{
  const GstStructure *active = part (event, "action-units");
  const GstStructure *intensities = part (event, "units-intensity");
  char name[16];

  found->n = 0;
  if (active)
    gst_structure_foreach (active, collect_unit, found);
  qsort (found->units, found->n, sizeof (Unit), compare_units);
  for (guint i = 0; intensities && i < found->n; i++) {
    g_snprintf (name, sizeof name, "AU%d", found->units[i].number);
    const char *intensity = gst_structure_get_string (intensities, name);
    if (intensity)
      found->units[i].intensity = intensity;
  }
}

static double
strength_on (const GstStructure *side, int unit)
{
  char name[16];
  double strength = 0;

  g_snprintf (name, sizeof name, "AU%d", unit);
  if (side)
    gst_structure_get_double (side, name, &strength);
  return isfinite (strength) ? strength : 0;
}

/* SIDE_BOTH for a midline unit too. */
static Side
side_of_unit (const GstStructure *event, int unit)
{
  double left = strength_on (part (event, "left"), unit);
  double right = strength_on (part (event, "right"), unit);

  if (left > 0 && right < ONE_SIDED * left)
    return SIDE_LEFT;
  if (right > 0 && left < ONE_SIDED * right)
    return SIDE_RIGHT;
  return SIDE_BOTH;
}

static void
append (GString *text, const char *word)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, word);
}

static void
append_number (GString *text, const char *format, double value, const char *unit)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  append (text, g_ascii_formatd (number, sizeof number, format, value));
  append (text, unit);
}

static void
append_name (GString *text, const GstStructure *event)
{
  const char *kind = gst_structure_get_string (event, "kind");
  const char *name = gst_microexpr_event_name (event);

  if (kind && name != kind && strcmp (kind, "micro") != 0)
    append (text, kind);
  if (name)
    append (text, name);
}

static void
append_confidence (GString *text, const GstStructure *event)
{
  double confidence;

  if (gst_structure_get_double (event, "confidence", &confidence) && isfinite (confidence))
    append_number (text, "%.0f", 100 * CLAMP (confidence, 0, 1), "%");
}

static void
append_units (GString *text, const GstStructure *event)
{
  static const char *const side_names[] = { [SIDE_LEFT] = "left", [SIDE_RIGHT] = "right" };
  Units found;
  Side sides = 0;
  double strongest = 0;

  collect_units (event, &found);
  if (found.n == 0)
    return;
  for (guint i = 0; i < found.n; i++) {
    const Unit *unit = &found.units[i];
    g_string_append_printf (text, i ? "+%d" : text->len ? " AU%d" : "AU%d", unit->number);
    sides |= side_of_unit (event, unit->number);
    strongest = MAX (strongest, unit->strength);
  }
  if (sides != SIDE_BOTH)
    append (text, side_names[sides]);
  append_number (text, "%.1f", strongest, "%");
}

static void
append_duration (GString *text, const GstStructure *event)
{
  guint64 onset, offset;

  if (gst_structure_get_uint64 (event, "onset", &onset) &&
      gst_structure_get_uint64 (event, "offset", &offset) && offset >= onset)
    append_number (text, "%.0f", (double)(offset - onset) / GST_MSECOND, "ms");
}

const char *
gst_microexpr_event_name (const GstStructure *event)
{
  const char *emotion = gst_structure_get_string (event, "emotion");

  return emotion ? emotion : gst_structure_get_string (event, "kind");
}

char *
gst_microexpr_event_label (const GstStructure *event)
{
  GString *text = g_string_new (NULL);

  append_name (text, event);
  append_confidence (text, event);
  append_units (text, event);
  append_duration (text, event);
  g_strdelimit (text->str, "<>&\r\n\t", '-');
  char *label = g_utf8_make_valid (text->str, -1);
  g_string_free (text, TRUE);
  return label;
}

char *
gst_microexpr_event_facs (const GstStructure *event)
{
  static const char *const sides[] = { [SIDE_LEFT] = "L", [SIDE_RIGHT] = "R", [SIDE_BOTH] = "" };
  GString *score = g_string_new (NULL);
  Units found;

  collect_units (event, &found);
  for (guint i = 0; i < found.n; i++) {
    const Unit *unit = &found.units[i];
    g_string_append_printf (score, "%s%s%d%s", i ? "+" : "",
        sides[side_of_unit (event, unit->number)], unit->number, unit->intensity);
  }
  return g_string_free (score, FALSE);
}

gboolean
gst_microexpr_event_is_candidate (const GstStructure *event)
{
  gboolean candidate = FALSE;

  return gst_structure_get_boolean (event, "candidate", &candidate) && candidate;
}
