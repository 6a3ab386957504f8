/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How well microexpr finds what microexprtestsrc makes: plays the tiers of accuracy-tiers.c and
 * prints one table. Judges nothing. */
#include <gst/gst.h>
#include <locale.h>

#include "accuracy-item.h"
#include "accuracy-tiers.h"

#define DEFAULT_DURATION_S 60
#define DEFAULT_N_SEEDS 3
#define FACES_VARIABLE "MICROEXPR_FACES"

/* The command line. */
static struct
{
  char *tiers, *seeds, *faces, *microexpr;
  double duration, min_confidence;
  gboolean tuning, list;
  int jobs;
} options = { .duration = DEFAULT_DURATION_S, .min_confidence = -1, .jobs = 1 };

static const GOptionEntry entries[] = {
  { "tier", 't', 0, G_OPTION_ARG_STRING, &options.tiers,
      "Tiers, comma-separated, or all (default: default)", "NAMES" },
  { "seeds", 's', 0, G_OPTION_ARG_STRING, &options.seeds,
      "Seeds, comma-separated (default: the first three for reporting, 101,102,103)", "LIST" },
  { "tuning", 0, 0, G_OPTION_ARG_NONE, &options.tuning,
      "Seeds and faces for tuning (1,2,3 unless --seeds) instead of those for reporting", NULL },
  { "duration", 'd', 0, G_OPTION_ARG_DOUBLE, &options.duration,
      "Seconds of video for each seed (default: 60)", "S" },
  { "faces", 'f', 0, G_OPTION_ARG_FILENAME, &options.faces,
      "Folder with NNN_neutral.jpg and .tem of the London Set; one face a seed in turn (default: "
      "the environment variable " FACES_VARIABLE ", else the built-in face)",
      "FOLDER" },
  { "microexpr", 'm', 0, G_OPTION_ARG_STRING, &options.microexpr,
      "Further properties of microexpr, like \"sensitivity=1.2\"", "PROPERTIES" },
  { "min-confidence", 'c', 0, G_OPTION_ARG_DOUBLE, &options.min_confidence,
      "Least confidence of events that count (default: that of microexpr)", "P" },
  { "jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs, "Clips that play at once (default: 1)", "N" },
  { "list", 'l', 0, G_OPTION_ARG_NONE, &options.list,
      "Print every true and reported event: = found, - missed, + false", NULL },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

/* One clip to play. */
typedef struct
{
  const Tier *tier;
  guint seed;
  char *face; /* path; NULL: built in */
  Clip clip;
  GstClockTime newest_ns; /* stream time of the newest frame that entered microexpr */
  char *error;            /* NULL: played to the end */
} Play;

/* Runs where the message is posted, in the streaming thread. */
static GstBusSyncReply
take_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  Play *play = user_data;
  const GstStructure *s = gst_message_get_structure (message);

  (void)bus;
  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ELEMENT)
    return GST_BUS_PASS;
  if (gst_structure_has_name (s, "microexpr-truth")) {
    Item truth = item_read (s);

    GST_OBJECT_LOCK (bus); /* a codec's threads may part source and analysis */
    g_array_append_val (play->clip.truths, truth);
    GST_OBJECT_UNLOCK (bus);
  } else if (gst_structure_has_name (s, "microexpr-event")) {
    Item report = item_read (s);

    report.latency = play->newest_ns / 1e9 - report.offset;
    g_array_append_val (play->clip.reports, report);
  }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

static GstPadProbeReturn
note_frame (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Play *play = user_data;
  GstEvent *event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;

  if (event) {
    gst_event_parse_segment (event, &segment);
    play->newest_ns = gst_segment_to_stream_time (
        segment, GST_FORMAT_TIME, GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info)));
    gst_event_unref (event);
  }
  return GST_PAD_PROBE_OK;
}

static GstElement *
build_pipeline (const Play *play, GError **error)
{
  const Tier *tier = play->tier;
  g_autofree char *codec =
      tier->quantizer
          ? g_strdup_printf (
                "! x264enc pass=qual quantizer=%d ! avdec_h264 max-threads=1", tier->quantizer)
          : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("microexprtestsrc name=source pattern=%s seed=%u "
                                           "num-buffers=%.0f ! video/x-raw,format=I420,width=%d,"
                                           "height=%d,framerate=%d/1 %s ! microexpr "
                                           "name=microexpr kinds=micro+macro+blink "
                                           "min-confidence=0 %s ! fakesink",
      tier->pattern, play->seed, options.duration * tier->fps, tier->width, tier->height, tier->fps,
      codec, options.microexpr ? options.microexpr : "");
  GstElement *pipeline = gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  g_autoptr (GstElement) source = NULL;

  if (!pipeline)
    return NULL;
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  if (play->face)
    g_object_set (source, "face", play->face, NULL);
  if (tier->ipd_px > 0)
    g_object_set (source, "ipd", tier->ipd_px, NULL);
  return pipeline;
}

static void
watch_analysis (GstElement *pipeline, Play *play)
{
  g_autoptr (GstElement) microexpr = gst_bin_get_by_name (GST_BIN (pipeline), "microexpr");
  g_autoptr (GstPad) pad = gst_element_get_static_pad (microexpr, "sink");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, note_frame, play, NULL);
  gst_bus_set_sync_handler (bus, take_message, play, NULL);
}

static void
play_clip (gpointer data, gpointer unused)
{
  Play *play = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = build_pipeline (play, &error);
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  (void)unused;
  if (!pipeline) {
    play->error = g_strdup (error->message);
    return;
  }
  watch_analysis (pipeline, play);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message =
      gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  play->clip.duration = options.duration;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &error, NULL);
    play->error = g_strdup (error->message);
  }
}

/* The threshold that counts: the option's, else the element's own. */
static double
min_confidence (void)
{
  g_autoptr (GstElement) microexpr = NULL;
  double value = options.min_confidence;

  if (value < 0) {
    microexpr = gst_element_factory_make ("microexpr", NULL);
    g_object_get (microexpr, "min-confidence", &value, NULL);
  }
  return value;
}

static void
print_item (char mark, const Item *item)
{
  g_print ("  %c %8.3f %8.3f  %-5s %5.2f %%", mark, item->onset, item->offset,
      me_kind_name (item->kind), item->intensity);
  for (MeAu au = 0; au < ME_N_AUS; au++) {
    if (item->strength[au] > 0)
      g_print (" %s %.2f (L %.2f R %.2f)", me_au_name (au), item->strength[au], item->left[au],
          item->right[au]);
  }
  g_print (" %s", item->emotion);
  if (item->confidence > 0)
    g_print ("  confidence %.2f snr %.1f latency %.0f ms", item->confidence, item->snr,
        1000 * item->latency);
  g_print ("\n");
}

/* Truths and reports in the order of their onsets; `=` is followed by what was reported. */
static void
print_list (const Play *play)
{
  const GArray *truths = play->clip.truths, *reports = play->clip.reports;
  guint i = 0, j = 0;

  g_print (
      "%s, seed %u, %s\n", play->tier->name, play->seed, play->face ? play->face : "built-in face");
  while (i < truths->len || j < reports->len) {
    const Item *truth = i < truths->len ? &g_array_index (truths, Item, i) : NULL;
    const Item *report = j < reports->len ? &g_array_index (reports, Item, j) : NULL;

    if (truth && (!report || truth->onset <= report->onset)) {
      print_item (truth->match < 0 ? '-' : '=', truth);
      if (truth->match >= 0)
        print_item (' ', &g_array_index (reports, Item, (guint)truth->match));
      i++;
    } else {
      if (report->match < 0)
        print_item ('+', report);
      j++;
    }
  }
}

static void
print_head (void)
{
  g_print ("%-10s %-5s %4s %4s %4s %6s %6s %6s %7s %7s %7s %7s %7s\n", "tier", "kind", "TP", "FP",
      "FN", "prec", "recall", "F1", "false/m", "onset", "offset", "lat50", "lat95");
}

/* Errors and latencies in ms. */
static void
print_kind (const char *tier, MeKind kind, const KindScore *score, double duration)
{
  g_print ("%-10s %-5s %4u %4u %4u %6.3f %6.3f %6.3f %7.2f %7.0f %7.0f %7.0f %7.0f\n", tier,
      me_kind_name (kind), score->found, score->wrong, score->missed, precision_of (score),
      recall_of (score), f1_of (score->found, score->wrong, score->missed),
      score->wrong * 60 / duration, 1000 * median_size (score->onset_errors),
      1000 * median_size (score->offset_errors), 1000 * quantile (score->latencies, 0.5),
      1000 * quantile (score->latencies, 0.95));
}

static void
print_content (const Tier *tier, const Score *score)
{
  double n = MAX (1, score->n_paired);

  g_print ("%-10s found micro: AU F1 %.3f, side %.3f, emotion %.3f, strength ratio %.2f; must "
           "reach F1 %.2f; %.0f s\n",
      "", f1_of (score->units_found, score->units_wrong, score->units_missed),
      score->sides_right / n, score->emotions_right / n, quantile (score->strength_ratios, 0.5),
      tier->target, score->duration);
}

static void
print_calibration (const Score *score)
{
  g_print ("%-10s confidence of micro, reported/observed (events):", "");
  for (guint i = 0; i < N_BINS; i++) {
    double n = score->bin_reports[i];

    if (n > 0)
      g_print (" %.2f/%.2f (%.0f)", score->bin_confidence[i] / n, score->bin_true[i] / n, n);
    else
      g_print (" -");
  }
  g_print ("\n");
}

/* Calibration counts every report, the other figures those above the threshold. */
static gboolean
report_tier (const Tier *tier, Play *plays, guint n_plays, double threshold)
{
  Score all, counted;
  gboolean ok = TRUE;

  score_init (&all);
  score_init (&counted);
  for (guint i = 0; i < n_plays; i++) {
    Play *play = &plays[i];

    if (play->error) {
      g_printerr ("%s, seed %u: %s\n", tier->name, play->seed, play->error);
      ok = FALSE;
      continue;
    }
    clip_match (&play->clip, 0);
    score_add (&all, &play->clip);
    clip_match (&play->clip, threshold);
    score_add (&counted, &play->clip);
    if (options.list)
      print_list (play);
  }
  if (options.list)
    print_head ();
  for (guint i = 0; i < N_KINDS && counted.duration > 0; i++)
    print_kind (i ? "" : tier->name, scored_kinds[i], &counted.kinds[i], counted.duration);
  print_content (tier, &counted);
  print_calibration (&all);
  score_clear (&all);
  score_clear (&counted);
  return ok;
}

/* The path of the face for the n-th seed; NULL: built in. */
static char *
face_for (guint n)
{
  const Split *split = options.tuning ? &tuning_split : &reporting_split;
  const char *folder = options.faces ? options.faces : g_getenv (FACES_VARIABLE);
  g_autofree char *name = NULL;

  if (!folder || !*folder)
    return NULL;
  name =
      g_strconcat (split->faces[n % g_strv_length ((char **)split->faces)], "_neutral.jpg", NULL);
  return g_build_filename (folder, name, NULL);
}

/* The seeds of the command line, else the first of the split. Of guint. */
static GArray *
choose_seeds (void)
{
  const Split *split = options.tuning ? &tuning_split : &reporting_split;
  GArray *seeds = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv) words = g_strsplit (options.seeds ? options.seeds : "", ",", -1);

  for (char **word = words; *word; word++) {
    guint seed = (guint)g_ascii_strtoull (*word, NULL, 10);

    g_array_append_val (seeds, seed);
  }
  for (guint i = 0; !options.seeds && i < DEFAULT_N_SEEDS; i++) {
    guint seed = split->first_seed + i;

    g_array_append_val (seeds, seed);
  }
  return seeds;
}

static gboolean
run_tier (const Tier *tier, const GArray *seeds, double threshold)
{
  Play *plays = g_new0 (Play, seeds->len);
  GThreadPool *pool = g_thread_pool_new (play_clip, NULL, options.jobs, FALSE, NULL);
  gboolean ok;

  for (guint i = 0; i < seeds->len; i++) {
    guint seed = g_array_index (seeds, guint, i);

    plays[i] = (Play){ .tier = tier, .seed = seed, .face = face_for (seed) };
    clip_init (&plays[i].clip);
    g_thread_pool_push (pool, &plays[i], NULL);
  }
  g_thread_pool_free (pool, FALSE, TRUE);
  ok = report_tier (tier, plays, seeds->len, threshold);
  for (guint i = 0; i < seeds->len; i++) {
    clip_clear (&plays[i].clip);
    g_free (plays[i].face);
    g_free (plays[i].error);
  }
  g_free (plays);
  return ok;
}

static gboolean
is_chosen (const Tier *tier)
{
  g_auto (GStrv) names = g_strsplit (options.tiers ? options.tiers : "default", ",", -1);

  return g_strv_contains ((const char *const *)names, tier->name) ||
         g_strv_contains ((const char *const *)names, tier->pattern) ||
         g_strv_contains ((const char *const *)names, "all");
}

static GOptionContext *
new_context (void)
{
  GOptionContext *context = g_option_context_new ("- how well microexpr finds what is there");
  GString *names = g_string_new ("Tiers:");

  for (guint i = 0; i < n_tiers; i++)
    g_string_append_printf (names, " %s", tiers[i].name);
  g_string_append (names, "\nErrors of onset and offset are medians, latencies run from the offset "
                          "to the message; all in ms of stream time.");
  g_option_context_set_description (context, names->str);
  g_string_free (names, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  return context;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = new_context ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) seeds = NULL;
  gboolean ok = TRUE;
  guint n_played = 0;
  double threshold;

  setlocale (LC_ALL, "");
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  if (!gst_registry_check_feature_version (gst_registry_get (), "microexpr", 0, 1, 0)) {
    g_printerr ("The element microexpr was not found: set GST_PLUGIN_PATH to the plugin.\n");
    return 2;
  }
  g_print ("Synthetic movements on real photographs, %s seeds and faces; published F1 on real data "
           "sets is 0.2 to 0.5.\n",
      options.tuning ? tuning_split.name : reporting_split.name);
  seeds = choose_seeds ();
  threshold = min_confidence ();
  if (!options.list)
    print_head ();
  for (guint i = 0; i < n_tiers; i++) {
    if (is_chosen (&tiers[i])) {
      ok = run_tier (&tiers[i], seeds, threshold) && ok;
      n_played++;
    }
  }
  if (n_played == 0)
    g_printerr ("There is no tier \"%s\".\n", options.tiers);
  return ok && n_played ? 0 : 1;
}
