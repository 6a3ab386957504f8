/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How well microexpr finds micro-expressions in people who talk: puts drawn ones on the faces of
 * clips, encodes these once more, and prints recall by how many false candidates a minute come
 * with it (FROC). Movements of the people themselves count as false. Judges nothing. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "accuracy-play.h"

#define QUANTIZER 20

static struct
{
  char *seeds, *fields, *record, *replay, *evidence, *microexpr;
  int jobs, quantizer;
  gboolean plain;
} options = { .jobs = 1, .quantizer = QUANTIZER };

static const GOptionEntry entries[] = {
  { "seeds", 's', 0, G_OPTION_ARG_STRING, &options.seeds,
      "Seeds, comma-separated (default: 1); each plays every clip once", "LIST" },
  { "fields", 0, 0, G_OPTION_ARG_STRING, &options.fields,
      "Displacement fields, as the test source takes them (default: those of the analysis)",
      "NAME" },
  { "quantizer", 'q', 0, G_OPTION_ARG_INT, &options.quantizer,
      "Of x264, with which clips are encoded once more (default: 20; 0: they are not)", "N" },
  { "plain", 0, 0, G_OPTION_ARG_NONE, &options.plain, "Put nothing on the clips", NULL },
  { "record", 0, 0, G_OPTION_ARG_FILENAME, &options.record,
      "Also write what the front end sees into recordings here", "FOLDER" },
  { "replay", 0, 0, G_OPTION_ARG_FILENAME, &options.replay,
      "Spot in the recordings of this folder, without a picture", "FOLDER" },
  { "evidence", 0, 0, G_OPTION_ARG_FILENAME, &options.evidence,
      "With --replay: write what speaks for and against each micro-expression, for fit-confidence",
      "FILE" },
  { "microexpr", 'm', 0, G_OPTION_ARG_STRING, &options.microexpr, "Further properties of microexpr",
      "PROPERTIES" },
  { "jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs, "Clips that play at once (default: 1)", "N" },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static Tier talk = { .name = "talk" };

/* False candidates a minute at which recall is printed. */
static const double rates[] = { 0.5, 1, 2, 5, 10 };

/* Sorts of movements, each a row. */
typedef struct
{
  const char *name;
  gboolean (*has) (const Item *truth);
} Sort;

static double
strongest (const Item *truth, const MeAu *units)
{
  double most = 0;

  for (; *units != ME_N_AUS; units++)
    most = MAX (most, truth->strength[*units]);
  return most;
}

static const MeAu brows[] = { ME_AU1, ME_AU2, ME_AU4, ME_N_AUS };
static const MeAu eyes[] = { ME_AU5, ME_AU7, ME_N_AUS };
static const MeAu midface[] = { ME_AU6, ME_AU9, ME_AU10, ME_N_AUS };

static double
upper_face (const Item *truth)
{
  return MAX (strongest (truth, brows), MAX (strongest (truth, eyes), strongest (truth, midface)));
}

static double
mouth (const Item *truth)
{
  double most = 0;

  for (int au = 0; au < ME_N_AUS; au++)
    most = MAX (most, truth->strength[au]);
  return most > upper_face (truth) ? most : 0;
}

static gboolean
is_any (const Item *truth G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
is_of_brows (const Item *truth)
{
  return !mouth (truth) && strongest (truth, brows) >= upper_face (truth);
}

static gboolean
is_of_eyes (const Item *truth)
{
  return !mouth (truth) && !is_of_brows (truth) && strongest (truth, eyes) >= upper_face (truth);
}

static gboolean
is_of_midface (const Item *truth)
{
  return !mouth (truth) && !is_of_brows (truth) && !is_of_eyes (truth);
}

static gboolean
is_of_mouth (const Item *truth)
{
  return mouth (truth) > 0;
}

static gboolean
is_without_mouth (const Item *truth)
{
  return !mouth (truth);
}

static gboolean
is_small (const Item *truth)
{
  return truth->intensity < 2.8;
}

static gboolean
is_large (const Item *truth)
{
  return truth->intensity >= 2.8;
}

/* One side moves less than a third as much as the other. */
static gboolean
is_one_sided (const Item *truth)
{
  double left = 0, right = 0;

  for (int au = 0; au < ME_N_AUS; au++) {
    left = MAX (left, truth->left[au]);
    right = MAX (right, truth->right[au]);
  }
  return MIN (left, right) < MAX (left, right) / 3;
}

static const Sort sorts[] = {
  { "all", is_any },
  { "without the mouth", is_without_mouth },
  { "brows", is_of_brows },
  { "eyes", is_of_eyes },
  { "midface", is_of_midface },
  { "mouth", is_of_mouth },
  { "below 2.8 % IPD", is_small },
  { "2.8 % IPD and more", is_large },
  { "one-sided", is_one_sided },
};

/* A candidate of all clips. */
typedef struct
{
  double confidence;
  Clip *clip;
  Item *item;
} Candidate;

static int
more_confident (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;

  return (x->confidence < y->confidence) - (x->confidence > y->confidence);
}

/* Micro-expressions alone; what no report is paired with is missed. */
static void
keep_micro (GArray *items)
{
  for (guint i = items->len; i > 0; i--) {
    Item *item = &g_array_index (items, Item, i - 1);

    item->match = -1;
    if (item->kind != ME_KIND_MICRO)
      g_array_remove_index (items, i - 1);
  }
}

/* The truth that a candidate overlaps most and nobody else has found, or NULL. */
static Item *
truth_of (const Candidate *candidate)
{
  GArray *truths = candidate->clip->truths;
  Item *best = NULL;
  double most = 0.5;

  for (guint i = 0; i < truths->len; i++) {
    Item *truth = &g_array_index (truths, Item, i);
    double overlap = item_overlap (truth, candidate->item);

    if (truth->match < 0 && overlap >= most) {
      most = overlap;
      best = truth;
    }
  }
  return best;
}

typedef struct
{
  guint all[G_N_ELEMENTS (sorts)], found[G_N_ELEMENTS (sorts)];
  double minutes;
} Tally;

static void
count (guint counts[G_N_ELEMENTS (sorts)], const Item *truth)
{
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    counts[i] += sorts[i].has (truth) ? 1 : 0;
}

static GArray *
collect (GPtrArray *plays, Tally *tally)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < plays->len; i++) {
    Clip *clip = &((Play *)g_ptr_array_index (plays, i))->clip;

    keep_micro (clip->truths);
    keep_micro (clip->reports);
    tally->minutes += clip->duration / 60;
    for (guint k = 0; k < clip->truths->len; k++)
      count (tally->all, item_at (clip->truths, k));
    for (guint k = 0; k < clip->reports->len; k++) {
      Item *item = &g_array_index (clip->reports, Item, k);
      Candidate candidate = { item->confidence, clip, item };

      g_array_append_val (candidates, candidate);
    }
  }
  g_array_sort (candidates, more_confident);
  return candidates;
}

static void
print_row (const Tally *tally, double rate, double confidence)
{
  g_print ("%11.1f %10.2f", rate, confidence);
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    g_print (" %8.2f", ratio_of (tally->found[i], tally->all[i]));
  g_print ("\n");
}

/* Goes through the candidates from the most confident, and prints what was found whenever so many
 * false ones a minute came with it. */
static void
print_froc (GPtrArray *plays)
{
  Tally tally = { .minutes = 0 };
  g_autoptr (GArray) candidates = collect (plays, &tally);
  guint n_false = 0, row = 0;
  double confidence = 1;

  g_print ("%.1f minutes\n\nmovements:\n", tally.minutes);
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    g_print ("  %c %-20s %4u\n", 'a' + (char)i, sorts[i].name, tally.all[i]);
  g_print ("\nfalse a minute confidence");
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    g_print ("        %c", 'a' + (char)i);
  g_print ("\n");
  for (guint i = 0; i < candidates->len; i++) {
    const Candidate *candidate = &g_array_index (candidates, Candidate, i);
    Item *truth = truth_of (candidate);

    if (truth) {
      truth->match = (int)i;
      candidate->item->match = 0;
      count (tally.found, truth);
    } else {
      n_false++;
    }
    while (row < G_N_ELEMENTS (rates) && n_false > rates[row] * tally.minutes)
      print_row (&tally, rates[row++], confidence);
    confidence = candidate->confidence;
  }
  print_row (&tally, n_false / MAX (tally.minutes, 1e-9), confidence);
}

/* Each clip has movements of its own. */
static Play *
new_play (const char *path, guint seed)
{
  const char *records = options.replay ? options.replay : options.record;
  g_autofree char *name = g_path_get_basename (path);
  Play *play = g_new0 (Play, 1);

  play->tier = options.plain ? NULL : &talk;
  play->seed = seed + g_str_hash (name);
  play->source = g_strdup (path);
  play->replay = options.replay != NULL;
  play->fields = options.fields;
  play->microexpr = options.microexpr;
  play->sensitivity = 1;
  if (records) {
    g_autofree char *file = g_strdup_printf ("%s-%u.rec", name, seed);

    play->recording = g_build_filename (records, file, NULL);
  }
  return play;
}

static void
free_play (gpointer data)
{
  play_clear (data);
  g_free (data);
}

static void
play_one (gpointer data, gpointer unused G_GNUC_UNUSED)
{
  play_clip (data);
}

/* A line for each candidate: clip, 1 true or 0 false, evidence. */
static void
write_evidence (GPtrArray *plays, FILE *file)
{
  for (guint i = 0; i < plays->len; i++) {
    const Play *play = g_ptr_array_index (plays, i);
    g_autofree char *name = g_path_get_basename (play->source);

    for (guint k = 0; k < play->clip.reports->len; k++) {
      const Item *item = item_at (play->clip.reports, k);

      fprintf (file, "%s %d", name, item->match >= 0);
      for (int e = 0; e < ME_N_EVIDENCE; e++)
        fprintf (file, " %.4f", item->evidence[e]);
      fprintf (file, "\n");
    }
  }
}

static gboolean
play_all (GPtrArray *plays)
{
  GThreadPool *pool = g_thread_pool_new (play_one, NULL, options.jobs, FALSE, NULL);
  gboolean ok = TRUE;

  for (guint i = 0; i < plays->len; i++)
    g_thread_pool_push (pool, g_ptr_array_index (plays, i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  for (guint i = 0; i < plays->len; i++) {
    const Play *play = g_ptr_array_index (plays, i);

    if (play->error)
      g_printerr ("%s: %s\n", play->source, play->error);
    ok = ok && !play->error;
  }
  return ok;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context =
      g_option_context_new ("CLIP... - how well microexpr finds what was put on people who talk");
  g_autoptr (GPtrArray) plays = g_ptr_array_new_with_free_func (free_play);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) seeds = NULL;
  FILE *evidence = NULL;
  gboolean ok;

  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C"); /* the settings in pipelines */
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  if (argc < 2) {
    g_printerr ("usage: talk CLIP...\n");
    return 2;
  }
  if (options.evidence && !(evidence = fopen (options.evidence, "w"))) {
    g_printerr ("%s cannot be written.\n", options.evidence);
    return 2;
  }
  talk.quantizer = options.quantizer;
  seeds = g_strsplit (options.seeds ? options.seeds : "1", ",", -1);
  for (char **seed = seeds; *seed; seed++)
    for (int i = 1; i < argc; i++)
      g_ptr_array_add (plays, new_play (argv[i], (guint)g_ascii_strtoull (*seed, NULL, 10)));
  ok = play_all (plays);
  print_froc (plays);
  if (evidence) {
    write_evidence (plays, evidence);
    fclose (evidence);
  }
  return ok ? 0 : 1;
}
