/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How much is found just after a face appears: clips that begin shortly before a movement, as those
 * of CASME II do. Each photograph makes one movement a clip; prints recall by how long before the
 * movement the clip begins. Judges nothing. */
#include <gst/gst.h>
#include <locale.h>

#include "accuracy-play.h"
#include "reading/confidence.h"

#define FACES_VARIABLE "MICROEXPR_FACES"
#define AFTER_S 1.5 /* of the clip, after the onset */

static struct
{
  char *tiers, *faces, *fields, *microexpr;
  gboolean tuning;
} options;

static const GOptionEntry entries[] = {
  { "tier", 't', 0, G_OPTION_ARG_STRING, &options.tiers,
      "Tiers, comma-separated (default: lab,studio,fast,webcam)", "NAMES" },
  { "tuning", 0, 0, G_OPTION_ARG_NONE, &options.tuning,
      "Seeds and faces for tuning instead of those for reporting", NULL },
  { "faces", 'f', 0, G_OPTION_ARG_FILENAME, &options.faces,
      "Folder with NNN_neutral.jpg and .tem of the London Set (default: the environment "
      "variable " FACES_VARIABLE ")",
      "FOLDER" },
  { "fields", 0, 0, G_OPTION_ARG_STRING, &options.fields,
      "Displacement fields, as the test source takes them (default: those of the analysis)",
      "NAME" },
  { "microexpr", 'm', 0, G_OPTION_ARG_STRING, &options.microexpr, "Further properties of microexpr",
      "PROPERTIES" },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static const double leads_s[] = { 0.1, 0.2, 0.4, 0.7, 1, 2 };
#define N_LEADS G_N_ELEMENTS (leads_s)

static const char *const movements[] = { "AU1+2", "AU4", "AU12", "AU6+12", "AU15+17", "AU9+10",
  "AU1+2+5", "AU4+7" };

typedef struct
{
  guint n, found, wrong;
} Count;

static const Split *
split (void)
{
  return options.tuning ? &tuning_split : &reporting_split;
}

static char *
new_script (const Tier *tier, double lead_s, guint seed)
{
  gboolean fast = g_str_equal (tier->name, "fast");
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  return g_strdup_printf ("%.3fs micro %s varied both %.2f %.0fms", lead_s,
      movements[seed % G_N_ELEMENTS (movements)], g_rand_double_range (random, 2, 4),
      g_rand_double_range (random, fast ? 80 : 200, fast ? 200 : 450));
}

static void
add_clip (Clip *clip, Count *count)
{
  clip_match (clip, ME_DEFAULT_CONFIDENCE);
  count->n++;
  for (guint i = 0; i < clip->reports->len; i++) {
    const Item *report = item_at (clip->reports, i);

    if (report->kind != ME_KIND_MICRO)
      continue;
    count->found += report->match >= 0;
    count->wrong += report->match < 0;
  }
}

/* FALSE: it did not play to the end, and an error was printed. */
static gboolean
play_one (const Tier *tier, const char *folder, guint face, double lead_s, Count *count)
{
  guint seed = split ()->first_seed + face;
  g_autofree char *script = new_script (tier, lead_s, seed);
  g_autofree char *name = g_strconcat (split ()->faces[face], "_neutral.jpg", NULL);
  Play play = { .tier = tier,
    .seed = seed,
    .duration_s = lead_s + AFTER_S,
    .source = g_build_filename (folder, name, NULL),
    .script = script,
    .fields = options.fields,
    .microexpr = options.microexpr,
    .sensitivity = 1 };
  gboolean ok;

  play_clip (&play);
  ok = play.error == NULL;
  if (ok)
    add_clip (&play.clip, count);
  else
    g_printerr ("%s: %s\n", play.source, play.error);
  play_clear (&play);
  return ok;
}

static gboolean
run_tier (const Tier *tier, const char *folder)
{
  gboolean ok = TRUE;

  for (guint lead = 0; lead < N_LEADS; lead++) {
    Count count = { 0, 0, 0 };

    for (guint face = 0; split ()->faces[face]; face++)
      ok = play_one (tier, folder, face, leads_s[lead], &count) && ok;
    g_print ("%-8s %6.1f %5u %7u %7u %8.2f\n", tier->name, leads_s[lead], count.n, count.found,
        count.wrong, (double)count.found / MAX (1, count.n));
  }
  return ok;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context =
      g_option_context_new ("- how much is found just after a face appears");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) chosen = NULL;
  const char *folder;
  gboolean ok = TRUE, any = FALSE;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  folder = options.faces ? options.faces : g_getenv (FACES_VARIABLE);
  if (!folder || !*folder) {
    g_printerr ("Say where the photographs are: --faces or " FACES_VARIABLE ".\n");
    return 2;
  }
  g_print ("One movement of a photograph in each clip, %s seeds and faces.\n", split ()->name);
  g_print ("tier     before  clips   found   false   recall\n");
  chosen = g_strsplit (options.tiers ? options.tiers : "lab,studio,fast,webcam", ",", -1);
  for (guint i = 0; i < n_tiers; i++)
    if (tiers[i].pattern && g_strv_contains ((const char *const *)chosen, tiers[i].name)) {
      any = TRUE;
      ok = run_tier (&tiers[i], folder) && ok;
    }
  if (!any)
    g_printerr ("There is no tier \"%s\".\n", options.tiers);
  return ok && any ? 0 : 1;
}
