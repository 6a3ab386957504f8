/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Exact motion beside measured motion, point by point: one unit after another moves a face of the
 * test source some times, and what the spotter hands to the reader stands beside the motion that
 * the source made. In between: what the patches should see of it, and what the head fit should
 * leave of that. So a table shows at which stage motion is lost, or becomes that of another point.
 * Judges nothing. */
#include <gst/gst.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "accuracy-play.h"
#include "reading/action-units.h"
#include "reading/movements.h"
#include "spotting/spotter.h"
#include "testsrc/script.h"
#include "watch.h"

#define FACES_VARIABLE "MICROEXPR_FACES"
#define FIRST_S 2.5
#define PERIOD_S 1.3
#define REPEATS 4
#define DURATION_MS 333
#define LEAST 0.2f /* of the largest motion: of points that are printed */
#define MOST 0.5f  /* the same, of those that the summary is about */

static struct
{
  char *units, *tier, *fields, *faces;
  int seed;
  double strength;
  gboolean points;
} options = { .seed = 1, .strength = 3 };

static const GOptionEntry entries[] = {
  { "units", 'u', 0, G_OPTION_ARG_STRING, &options.units,
      "What moves, comma-separated, like AU12,AU1+2 (default: each unit that motion shows)",
      "UNITS" },
  { "tier", 't', 0, G_OPTION_ARG_STRING, &options.tier,
      "lab, studio, webcam or fast (default: webcam)", "NAME" },
  { "fields", 0, 0, G_OPTION_ARG_STRING, &options.fields,
      "Displacement fields, as the test source takes them (default: those of the analysis)",
      "NAME" },
  { "seed", 's', 0, G_OPTION_ARG_INT, &options.seed, "Of the face and its noise (default: 1)",
      "N" },
  { "strength", 0, 0, G_OPTION_ARG_DOUBLE, &options.strength, "Of each unit (default: 3)",
      "% IPD" },
  { "faces", 'f', 0, G_OPTION_ARG_FILENAME, &options.faces,
      "Folder with NNN_neutral.jpg and .tem of the London Set (default: the environment variable " FACES_VARIABLE
      ", else the built-in face)",
      "FOLDER" },
  { "points", 'p', 0, G_OPTION_ARG_NONE, &options.points,
      "Also print each point that moves: number, feature, side; motions to the right and down",
      NULL },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

/* What is measured while a clip plays. */
typedef struct
{
  MeAnalyzer *analyzer;
  MeConfig config;
  MeSpotter spotter;
  MeUnitModel model;
  MePoint points[ME_N_POINTS], landmarks[ME_N_LANDMARKS]; /* pixels of the crop */
  MePoint sum[ME_N_POINTS];                               /* of motions at apexes, % IPD */
  double strength[ME_N_AUS];                              /* sum of what is read */
  guint n;                                                /* of them */
} Measurement;

static void
add_spots (Measurement *m)
{
  for (const MeSpot *spot; (spot = me_spotter_pop (&m->spotter));) {
    MeUnitReading reading;

    if (spot->kind != ME_KIND_MICRO)
      continue;
    me_action_units_read (&m->model, spot->motion, spot->point_noise, spot->lids_moved, &reading);
    for (int i = 0; i < ME_N_POINTS; i++) {
      m->sum[i].x += spot->motion[i].x;
      m->sum[i].y += spot->motion[i].y;
    }
    for (int au = 0; au < ME_N_AUS; au++)
      m->strength[au] += reading.strength[au];
    m->n++;
  }
}

static void
note_step (MeWatchStep step, const MeTrack *track, double frame_s, gpointer user_data)
{
  Measurement *m = user_data;

  switch (step) {
  case ME_WATCH_BEGIN:
    memcpy (m->points, track->points, sizeof m->points);
    memcpy (m->landmarks, track->landmarks, sizeof m->landmarks);
    me_spotter_reset (&m->spotter, track->points);
    me_unit_model_init (&m->model, track->points);
    break;
  case ME_WATCH_FRAME:
    me_spotter_add (&m->spotter, &track->now, &m->config, frame_s);
    break;
  case ME_WATCH_FINISH:
    me_spotter_finish (&m->spotter, &m->config);
    break;
  }
  add_spots (m);
}

static void
analyze (gpointer watcher, const MeFrame *frame)
{
  Measurement *m = watcher;

  me_analyzer_process (m->analyzer, frame);
  while (me_analyzer_pop_event (m->analyzer))
    ;
}

/* ---- what the source makes ---- */

static const Tier *
find_tier (const char *name)
{
  guint i = 0;

  while (i + 1 < n_tiers && strcmp (tiers[i].name, name) != 0)
    i++;
  return &tiers[i];
}

static char *
write_script (const char *units)
{
  GString *script = g_string_new (NULL);

  for (int i = 0; i < REPEATS; i++)
    g_string_append_printf (script, "%.0fms micro %s %.2f %dms;", 1000 * (FIRST_S + i * PERIOD_S),
        units, options.strength, DURATION_MS);
  return g_string_free (script, FALSE);
}

/* The motion of a script's events at their apex; FALSE: an error was printed. */
static gboolean
make_motion (const char *script, const Measurement *m, MePoint motion[ME_N_POINTS])
{
  g_autoptr (GArray) specs = g_array_new (FALSE, FALSE, sizeof (GstMicroexprTestEventSpec));
  g_autoptr (GstMicroexprTestFields) fields = NULL;
  g_autofree GstMicroexprTestSpread *spread = g_new (GstMicroexprTestSpread, 1);
  g_autoptr (GError) error = NULL;
  GstMicroexprTestEvent event;

  if (options.fields)
    fields = gst_microexpr_test_fields_load (options.fields, (guint)options.seed, &error);
  if (error || !gst_microexpr_test_script_parse (script, specs, &error)) {
    g_printerr ("%s\n", error->message);
    return FALSE;
  }
  gst_microexpr_test_spread_init (spread, fields, m->landmarks);
  gst_microexpr_test_event_build (
      &event, &g_array_index (specs, GstMicroexprTestEventSpec, 0), spread);
  memcpy (motion, event.motion, sizeof event.motion);
  return TRUE;
}

/* ---- the table ---- */

static float
length (MePoint p)
{
  return hypotf (p.x, p.y);
}

/* How much of `exact` another motion of the same points shows, along it: of those points that move
 * most. */
static float
share_of (const MePoint *motion, const MePoint *exact, float least)
{
  float along = 0, all = 0;

  for (int i = 0; i < ME_N_POINTS; i++)
    if (length (exact[i]) >= least) {
      along += motion[i].x * exact[i].x + motion[i].y * exact[i].y;
      all += exact[i].x * exact[i].x + exact[i].y * exact[i].y;
    }
  return along / all;
}

static float
largest_of (const MePoint *motion)
{
  float largest = 0;

  for (int i = 0; i < ME_N_POINTS; i++)
    if (me_facial_points[i].feature != ME_FEATURE_JAW)
      largest = MAX (largest, length (motion[i]));
  return largest;
}

static void
print_points (const MeSeenMotion *seen, const MePoint *measured, float least)
{
  static const char *const sides[] = {
    [ME_MIDLINE] = "-", [ME_LEFT] = "left", [ME_RIGHT] = "right"
  };

  for (int i = 0; i < ME_N_POINTS; i++) {
    const MePoint *stages[] = { seen->skin, seen->patches, seen->left, measured };

    if (length (seen->skin[i]) < least && length (measured[i]) < least)
      continue;
    g_print ("  %2d %-12s %-5s", i, me_feature_name (me_facial_points[i].feature),
        sides[me_facial_points[i].side]);
    for (guint s = 0; s < G_N_ELEMENTS (stages); s++)
      g_print ("  %6.2f %6.2f", stages[s][i].x, stages[s][i].y);
    g_print ("\n");
  }
}

static void
print_unit (const char *units, Measurement *m, const MePoint *motion)
{
  g_autofree MeSeenMotion *seen = g_new (MeSeenMotion, 1);
  float largest, n = (float)MAX (1, m->n);

  me_seen_motion_init (seen, m->points, motion);
  largest = largest_of (seen->skin);
  for (int i = 0; i < ME_N_POINTS; i++) {
    m->sum[i].x /= n;
    m->sum[i].y /= n;
  }
  g_print ("%-9s %u/%d %8.2f %8.2f %8.2f %8.2f %8.2f  ", units, m->n, REPEATS,
      share_of (seen->patches, seen->skin, MOST * largest),
      share_of (seen->left, seen->skin, MOST * largest),
      share_of (m->sum, seen->skin, MOST * largest), largest, largest_of (m->sum));
  for (MeAu au = 0; au < ME_N_AUS; au++)
    if (m->strength[au] > 0)
      g_print (" %s %.2f", me_au_name (au), m->strength[au] / n);
  g_print ("\n");
  if (options.points)
    print_points (seen, m->sum, LEAST * largest);
}

/* ---- one clip a unit ---- */

static char *
face_of (int seed)
{
  const char *folder = options.faces ? options.faces : g_getenv (FACES_VARIABLE);
  const char *const *faces = tuning_split.faces;
  g_autofree char *name = NULL;

  if (!folder || !*folder)
    return NULL;
  name = g_strconcat (faces[(guint)seed % g_strv_length ((char **)faces)], "_neutral.jpg", NULL);
  return g_build_filename (folder, name, NULL);
}

/* FALSE: an error was printed. */
static gboolean
measure (const char *units)
{
  g_autofree char *script = write_script (units);
  g_autofree Measurement *m = g_new0 (Measurement, 1);
  g_autoptr (GError) error = NULL;
  MePoint motion[ME_N_POINTS];
  Play play = { .tier = find_tier (options.tier ? options.tier : "webcam"),
    .seed = (guint)options.seed,
    .duration_s = FIRST_S + REPEATS * PERIOD_S,
    .script = script,
    .source = face_of (options.seed),
    .fields = options.fields,
    .sensitivity = 1,
    .watch = analyze,
    .watcher = m };
  gboolean ok;

  me_config_default (&m->config);
  m->analyzer = me_analyzer_new (&m->config, &error);
  if (!m->analyzer) {
    g_printerr ("%s\n", error->message);
    return FALSE;
  }
  me_analyzer_watch (m->analyzer, note_step, m);
  play_clip (&play);
  me_analyzer_reset (m->analyzer, FALSE);
  ok = !play.error && make_motion (script, m, motion);
  if (ok)
    print_unit (units, m, motion);
  else if (play.error)
    g_printerr ("%s: %s\n", units, play.error);
  me_analyzer_free (m->analyzer);
  play_clear (&play);
  return ok;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- exact beside measured motion");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) chosen = NULL;
  gboolean ok = TRUE;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  g_print ("Shares of the exact motion, along it, at the points that move by half of the largest: "
           "what patches see, what the head fit leaves, what is measured. Largest motion, %% IPD: "
           "exact, measured. What is read.\n%-9s %-3s %8s %8s %8s %8s %8s\n",
      "units", "n", "patches", "left", "measured", "exact", "measured");
  chosen = g_strsplit (options.units ? options.units : "", ",", -1);
  for (char **units = chosen; *units; units++)
    ok = measure (*units) && ok;
  for (MeAu au = 0; au < ME_AU45 && !*chosen; au++)
    ok = measure (me_au_name (au)) && ok;
  return ok ? 0 : 1;
}
