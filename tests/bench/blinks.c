/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How well microexpr finds the blinks of people who talk and move: plays the clips of
 * tests/blinks.txt or tests/blinks-public.txt, in which they were marked by eye, and prints what it
 * finds of them. Judges nothing. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "accuracy-play.h"
#include "calibration.h"

#define FOLDER_VARIABLE "MICROEXPR_CLIPS"

static struct
{
  char *clips, *microexpr, *record, *replay;
  gboolean tuning, list;
} options;

static const GOptionEntry entries[] = {
  { "clips", 'c', 0, G_OPTION_ARG_FILENAME, &options.clips,
      "Folder of the clips (default: the environment variable " FOLDER_VARIABLE ")", "FOLDER" },
  { "tuning", 0, 0, G_OPTION_ARG_NONE, &options.tuning,
      "Clips for tuning instead of those for reporting", NULL },
  { "microexpr", 'm', 0, G_OPTION_ARG_STRING, &options.microexpr, "Further properties of microexpr",
      "PROPERTIES" },
  { "record", 0, 0, G_OPTION_ARG_FILENAME, &options.record,
      "Also write what the front end sees into recordings here", "FOLDER" },
  { "replay", 0, 0, G_OPTION_ARG_FILENAME, &options.replay,
      "Spot in the recordings of this folder, without a picture", "FOLDER" },
  { "list", 'l', 0, G_OPTION_ARG_NONE, &options.list,
      "Print every true and reported blink: = found, - missed, + false", NULL },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

/* A stretch of a clip in which every blink is marked. Times in s. */
typedef struct
{
  char *file;
  double from, to;
  GArray *blinks; /* Item */
  GArray *whole;  /* gboolean, of each blink: the lids meet */
} Stretch;

static void
free_stretch (gpointer data)
{
  Stretch *stretch = data;

  g_free (stretch->file);
  g_array_unref (stretch->blinks);
  g_array_unref (stretch->whole);
  g_free (stretch);
}

static Stretch *
new_stretch (const char *file, double from, double to)
{
  Stretch *stretch = g_new0 (Stretch, 1);

  stretch->file = g_strdup (file);
  stretch->from = from;
  stretch->to = to;
  stretch->blinks = g_array_new (FALSE, FALSE, sizeof (Item));
  stretch->whole = g_array_new (FALSE, FALSE, sizeof (gboolean));
  return stretch;
}

/* Reads a line of the truth. chosen: the stretch that blinks belong to, NULL while they are not
 * wanted. FALSE: it is no such line. */
static gboolean
read_line (const char *line, GPtrArray *stretches, Stretch **chosen)
{
  const char *use = options.tuning ? "tuning" : "reporting";
  char word[64], other[64];
  double a, b, c;

  if (*line == '#' || *line == '\0')
    return TRUE;
  if (sscanf (line, "clip %63s %63s %lf %lf", word, other, &a, &b) == 4) {
    *chosen = NULL;
    if (g_str_equal (other, use)) {
      *chosen = new_stretch (word, a, b);
      g_ptr_array_add (stretches, *chosen);
    }
    return g_str_equal (other, "tuning") || g_str_equal (other, "reporting");
  }
  if (sscanf (line, "blink %lf %lf %lf %63s", &a, &b, &c, word) != 4)
    return FALSE;
  if (*chosen) {
    Item item = { .kind = ME_KIND_BLINK, .onset = a, .apex = b, .offset = c, .match = -1 };
    gboolean whole = g_str_equal (word, "whole");

    g_array_append_val ((*chosen)->blinks, item);
    g_array_append_val ((*chosen)->whole, whole);
  }
  return a <= b && b <= c;
}

/* The chosen stretches of a file; NULL and a message: it cannot be read. */
static GPtrArray *
read_truth (const char *path)
{
  GPtrArray *stretches = g_ptr_array_new_with_free_func (free_stretch);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  Stretch *chosen = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error)) {
    g_printerr ("%s\n", error->message);
    g_ptr_array_unref (stretches);
    return NULL;
  }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    if (!read_line (lines[i], stretches, &chosen)) {
      g_printerr ("%s:%u: neither a clip nor a blink\n", path, i + 1);
      g_ptr_array_unref (stretches);
      return NULL;
    }
  }
  return stretches;
}

/* Sums over the stretches. */
typedef struct
{
  guint found, wrong, missed;
  double seconds;
  GArray *onset_errors, *offset_errors; /* s */
  GArray *closures;                     /* 0..1, reported of blinks whose lids meet */
  double true_s, reported_s;            /* lids on their way or shut, of the found */
  Calibration calibration;
} Sums;

static void
append (GArray *values, double value)
{
  g_array_append_val (values, value);
}

static double
closure_of (const Item *report)
{
  return 2 * report->confidence - 1;
}

static void
count_report (Sums *sums, const Clip *clip, const Stretch *stretch, const Item *report)
{
  const Item *truth;

  sums->wrong += report->match < 0;
  calibration_add (&sums->calibration, report);
  if (report->match < 0)
    return;
  truth = item_at (clip->truths, (guint)report->match);
  sums->found++;
  append (sums->onset_errors, report->onset - truth->onset);
  append (sums->offset_errors, report->offset - truth->offset);
  sums->true_s += truth->offset - truth->onset;
  sums->reported_s += report->offset - report->onset;
  if (g_array_index (stretch->whole, gboolean, (guint)report->match))
    append (sums->closures, closure_of (report));
}

static void
print_item (char mark, const Item *item)
{
  g_print ("  %c %7.3f %7.3f %7.3f", mark, item->onset, item->apex, item->offset);
  if (item->confidence > 0)
    g_print (" closure %.2f", closure_of (item));
  g_print ("\n");
}

static void
print_stretch (const Stretch *stretch, const Clip *clip)
{
  g_print ("%s\n", stretch->file);
  for (guint i = 0; i < clip->truths->len; i++) {
    const Item *truth = item_at (clip->truths, i);

    print_item (truth->match < 0 ? '-' : '=', truth);
    if (truth->match >= 0)
      print_item (' ', item_at (clip->reports, (guint)truth->match));
  }
  for (guint i = 0; i < clip->reports->len; i++) {
    if (item_at (clip->reports, i)->match < 0)
      print_item ('+', item_at (clip->reports, i));
  }
}

/* Pairs the blinks that were reported within the stretch, and counts them. */
static void
score (Sums *sums, Clip *clip, const Stretch *stretch)
{
  double end = MIN (stretch->to, clip->duration);

  for (guint i = clip->reports->len; i > 0; i--) {
    const Item *item = item_at (clip->reports, i - 1);

    if (item->kind != ME_KIND_BLINK || item->apex < stretch->from || item->apex > end)
      g_array_remove_index (clip->reports, i - 1);
  }
  g_array_set_size (clip->truths, 0);
  g_array_append_vals (clip->truths, stretch->blinks->data, stretch->blinks->len);
  clip_pair (clip);
  sums->seconds += end - stretch->from;
  for (guint i = 0; i < clip->truths->len; i++)
    sums->missed += item_at (clip->truths, i)->match < 0;
  for (guint i = 0; i < clip->reports->len; i++)
    count_report (sums, clip, stretch, item_at (clip->reports, i));
  if (options.list)
    print_stretch (stretch, clip);
}

static gboolean
play_stretch (Sums *sums, const char *folder, const Stretch *stretch)
{
  const char *records = options.replay ? options.replay : options.record;
  Play play = { .source = g_build_filename (folder, stretch->file, NULL),
    .replay = options.replay != NULL,
    .microexpr = options.microexpr,
    .sensitivity = 1 };
  gboolean ok;

  if (records) {
    g_autofree char *name = g_strconcat (stretch->file, ".rec", NULL);

    play.recording = g_build_filename (records, name, NULL);
  }
  play_clip (&play);
  ok = play.error == NULL;
  if (ok)
    score (sums, &play.clip, stretch);
  else
    g_printerr ("%s: %s\n", stretch->file, play.error);
  play_clear (&play);
  return ok;
}

/* Errors: medians of their size. */
static void
print_sums (Sums *s)
{
  g_print ("%s, %.0f s: %u blinks, found %u, false %u; recall %.3f, precision %.3f\n",
      options.tuning ? "tuning" : "reporting", s->seconds, s->found + s->missed, s->found, s->wrong,
      ratio_of (s->found, s->found + s->missed), ratio_of (s->found, s->found + s->wrong));
  g_print ("of the found: onset %.0f ms, offset %.0f ms, duration %.2f of the true one; closure of "
           "lids that meet, median %.2f, lower tenth %.2f\n",
      1000 * median_size (s->onset_errors), 1000 * median_size (s->offset_errors),
      s->true_s > 0 ? s->reported_s / s->true_s : 0, quantile (s->closures, 0.5),
      quantile (s->closures, 0.1));
  calibration_print_head ();
  calibration_print ("blink", &s->calibration);
}

static gboolean
run (const GPtrArray *stretches, const char *folder)
{
  Sums sums = { .onset_errors = g_array_new (FALSE, FALSE, sizeof (double)),
    .offset_errors = g_array_new (FALSE, FALSE, sizeof (double)),
    .closures = g_array_new (FALSE, FALSE, sizeof (double)) };
  gboolean ok = TRUE;

  for (guint i = 0; i < stretches->len; i++)
    ok = play_stretch (&sums, folder, g_ptr_array_index (stretches, i)) && ok;
  print_sums (&sums);
  g_array_unref (sums.onset_errors);
  g_array_unref (sums.offset_errors);
  g_array_unref (sums.closures);
  return ok;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (
      "TRUTH - how well microexpr finds the blinks marked in tests/blinks.txt or "
      "tests/blinks-public.txt");
  g_autoptr (GPtrArray) stretches = NULL;
  g_autoptr (GError) error = NULL;
  const char *folder;

  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C"); /* the numbers of the truth */
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  folder = options.clips ? options.clips : g_getenv (FOLDER_VARIABLE);
  if (argc != 2 || !folder) {
    g_printerr ("usage: blinks --clips FOLDER tests/blinks.txt\n");
    return 2;
  }
  stretches = read_truth (argv[1]);
  return !stretches ? 2 : run (stretches, folder) ? 0 : 1;
}
