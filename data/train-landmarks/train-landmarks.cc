/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Trains the landmark models that are built into the plugin, and prints their accuracy.
 *
 *   train-landmarks -o landmarks.bin -l lids.bin FOLDER...
 *
 * The folders hold photographs with files of points, see photos.h; every fourth person of each
 * folder is held out for the table. The same seed gives the same models on the same processor.
 * docs/landmarks.md describes the method and its results. */
#include "attempts.h"
#include "check.h"
#include "lids.h"
#include "model-file.h"
#include "report.h"

#include <cstdio>
#include <stdexcept>

namespace {

constexpr size_t UNSEEN_EVERY = 4;

/* Coarse to fine: first position and tilt of the face, then each landmark by itself. */
constexpr Plan plans[] = {
  { 40, 0.094f, -24, 0.2 },
  { 40, 0.088f, -24, 0.2 },
  { 56, 0.078f, 20, 0.1 },
  { 80, 0.056f, 10, 0.05 },
  { 0, 0.044f, 8, 0.05 },
  { 0, 0.038f, 6, 0.05 },
};

struct Options
{
  char *output = NULL, *lids = NULL, *table = NULL, *dlib = NULL;
  char **folders = NULL;
  int each = 120, unseen_each = 20;
  gint64 seed = 1;
};

Options
parse (int argc, char **argv)
{
  Options o;
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &o.output, "Where to write the model of the face",
        "FILE" },
    { "lids", 'l', 0, G_OPTION_ARG_FILENAME, &o.lids, "Where to write the model of the lids",
        "FILE" },
    { "table", 't', 0, G_OPTION_ARG_FILENAME, &o.table,
        "How landmarks follow from templates [data/landmarks-from-template.txt]", "FILE" },
    { "each", 'n', 0, G_OPTION_ARG_INT, &o.each, "Pictures rendered of each person [120]", "N" },
    { "unseen-each", 'u', 0, G_OPTION_ARG_INT, &o.unseen_each,
        "Pictures rendered of each unseen person [20]", "N" },
    { "seed", 's', 0, G_OPTION_ARG_INT64, &o.seed, "Of all random numbers [1]", "N" },
    { "compare", 'c', 0, G_OPTION_ARG_FILENAME, &o.dlib,
        "dlib's 68-point model, to compare on the same pictures", "FILE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.folders, NULL, "FOLDER..." },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  GOptionContext *context = g_option_context_new (NULL);
  GError *error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, "Trains the landmark models on photographs with points.");
  if (!g_option_context_parse (context, &argc, &argv, &error))
    throw std::runtime_error (error->message);
  g_option_context_free (context);
  if (!o.folders || (!o.output && !o.lids))
    throw std::runtime_error ("needs -o or -l FILE and a folder of photographs; see --help");
  return o;
}

void
load (const Options &o, std::vector<Photo> &seen, std::vector<Photo> &unseen)
{
  for (char **folder = o.folders; *folder; folder++) {
    std::vector<Photo> photos =
        load_photos (*folder, o.table ? o.table : "data/landmarks-from-template.txt");
    for (size_t i = 0; i < photos.size (); i++)
      (i % UNSEEN_EVERY == UNSEEN_EVERY - 1 ? unseen : seen).push_back (std::move (photos[i]));
  }
  if (seen.size () < 5 || unseen.empty ())
    throw std::runtime_error ("too few photographs with points: at least eight are needed");
  printf ("%zu people to learn from, %zu unseen:", seen.size (), unseen.size ());
  for (const Photo &photo : unseen)
    printf (" %s", photo.name.c_str ());
  printf ("\n");
}

Cascade
train (const Options &o, const std::vector<Photo> &seen, BoxHabit &habit)
{
  Random random ((guint64)o.seed);
  Cascade c;

  set_mean (c, seen);
  habit = measure_boxes (c, seen, (guint64)o.seed + 1);
  c.box_x = (float)habit.x;
  c.box_y = (float)habit.y;
  c.box_width = (float)(1 / habit.side);
  printf ("boxes: x %.3f +- %.3f, y %.3f +- %.3f, side %.3f +- %.3f\n", habit.x, habit.x_spread,
      habit.y, habit.y_spread, habit.side, habit.side_spread);
  std::vector<Sample> pictures = render_all (seen, (size_t)o.each, Variety (), (guint64)o.seed);
  std::vector<Attempt> attempts = start_faces (c, pictures, habit, random);
  std::vector<Sample> strange = make_strangers (seen, pictures.size () / 2, random);
  std::vector<Attempt> strangers = start_strangers (c, strange, random);
  for (const Plan &plan : plans) {
    add_stage (c, attempts, plan);
    advance (c, c.stages.size () - 1, strangers);
    printf ("stage %zu\n", c.stages.size ());
    fflush (stdout);
  }
  learn_check (c, attempts, strangers);
  return c;
}

/* `packed` must outlive the model. */
MeLandmarkModel
write (const std::vector<uint8_t> &packed, const char *file)
{
  MeLandmarkModel model;
  GError *error = NULL;

  if (!me_landmark_model_read (&model, packed.data (), packed.size (), &error) ||
      !g_file_set_contents (file, (const char *)packed.data (), (gssize)packed.size (), &error))
    throw std::runtime_error (error->message);
  printf ("%s: %zu bytes\n", file, packed.size ());
  return model;
}

void
make_face_model (const Options &o, const std::vector<Photo> &seen, const std::vector<Photo> &unseen)
{
  BoxHabit habit;
  Cascade cascade = train (o, seen, habit);
  std::vector<uint8_t> packed = pack_model (cascade);
  MeLandmarkModel model = write (packed, o.output);

  report (model, cascade, unseen, (size_t)o.unseen_each, habit, (guint64)o.seed + 1000, o.dlib);
}

void
make_lid_model (const Options &o, const std::vector<Photo> &seen, const std::vector<Photo> &unseen)
{
  std::vector<uint8_t> packed = pack_model (train_lids (seen, (size_t)o.each, (guint64)o.seed));
  MeLandmarkModel model = write (packed, o.lids);

  report_lids (model, unseen, (size_t)o.unseen_each, (guint64)o.seed + 2000);
}

void
run (int argc, char **argv)
{
  Options o = parse (argc, argv);
  std::vector<Photo> seen, unseen;

  load (o, seen, unseen);
  if (o.output)
    make_face_model (o, seen, unseen);
  if (o.lids)
    make_lid_model (o, seen, unseen);
}

} // namespace

int
main (int argc, char **argv)
{
  try {
    run (argc, argv);
  } catch (const std::exception &problem) {
    fprintf (stderr, "train-landmarks: %s\n", problem.what ());
    return 1;
  }
  return 0;
}
