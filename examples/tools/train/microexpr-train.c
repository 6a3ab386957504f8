/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes a page that trains people to recognize micro-expressions: microexpr-train --help. */
#include <locale.h>
#include <stdlib.h>

#include "key.h"
#include "page.h"
#include "photos.h"
#include "report.h"

#define ENOUGH 0.9 /* share of showings that microexpr must read as intended */
#define EXIT_DISAGREES 2

/* The content of the page. NULL and `error` set: failed. */
static TrainBank *
make_bank (const TrainSettings *settings, AppProgress *progress, GError **error)
{
  TrainFaces *faces = settings->photos ? train_faces_new_from_photos (settings->photos, error)
                                       : train_faces_new (settings->n_faces, error);
  gboolean usable =
      faces && (!settings->photos || train_photos_check (faces->paths, progress, error));
  TrainBank *bank =
      usable ? train_bank_render (faces, settings->contempt, settings->seed, progress, error)
             : NULL;

  if (bank && !train_bank_read (bank, settings->check, progress, error))
    g_clear_pointer (&bank, train_bank_free);
  train_faces_free (faces);
  return bank;
}

static gboolean
write_page (const TrainSettings *settings, const TrainBank *bank, GError **error)
{
  char *data = train_report_write (bank, settings);
  gsize size = 0;
  gboolean good = train_page_write (settings->output, data, bank, &size, error);

  if (good)
    g_print ("%s: %u items on %u faces, %.1f MB\n", settings->output, bank->items->len,
        bank->n_faces, (double)size / 1e6);
  g_free (data);
  return good;
}

/* Returns the exit status. */
static int
train (const TrainSettings *settings, AppProgress *progress, GError **error)
{
  TrainBank *bank = make_bank (settings, progress, error);
  int status = EXIT_FAILURE;

  if (!bank)
    return EXIT_FAILURE;
  if (settings->check)
    train_key_print (bank);
  if (write_page (settings, bank, error)) {
    TrainAgreement all = train_key_count (bank);

    status = settings->check && all.agree < ENOUGH * all.of ? EXIT_DISAGREES : EXIT_SUCCESS;
  }
  train_bank_free (bank);
  return status;
}

int
main (int argc, char **argv)
{
  TrainSettings settings;
  GError *error = NULL;
  int status = EXIT_FAILURE;

  setlocale (LC_ALL, "");
  if (train_settings_parse (&settings, &argc, &argv, &error)) {
    AppProgress *progress = app_progress_new ();

    status = train (&settings, progress, &error);
    app_progress_free (progress);
  }
  if (error) {
    g_printerr ("microexpr-train: %s\n", error->message);
    g_error_free (error);
  }
  train_settings_clear (&settings);
  return status;
}
