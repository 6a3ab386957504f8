/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page. Pictures follow the script, so that the page appears before they are read. */
#include "page.h"

#include "shared/page-file.h"

#define RESOURCES "/microexpr-train/"
#define SHARED "/microexpr-shared/"

static const char *const styles[] = { SHARED "base.css", RESOURCES "style.css", NULL };
static const char *const scripts[] = { SHARED "dom.js", SHARED "theme.js", SHARED "arrow.js",
  SHARED "wilson.js", RESOURCES "en.js", RESOURCES "de.js", RESOURCES "tr.js", SHARED "language.js",
  RESOURCES "random.js", RESOURCES "course.js", RESOURCES "bank.js", RESOURCES "display.js",
  RESOURCES "presenter.js", RESOURCES "staircase.js", RESOURCES "plan.js",
  RESOURCES "statistics.js", RESOURCES "store.js", RESOURCES "learners.js", RESOURCES "export.js",
  RESOURCES "arrows.js", RESOURCES "trial.js", RESOURCES "lessons.js", RESOURCES "results.js",
  RESOURCES "mistakes.js", RESOURCES "evidence.js", RESOURCES "class.js", RESOURCES "key.js",
  RESOURCES "home.js", RESOURCES "train.js", NULL };

typedef struct
{
  AppPage page;
  const TrainBank *bank;
} Page;

static void
append_picture (GString *out, const char *kind, guint n, GBytes *jpeg)
{
  char *id = g_strdup_printf ("%s-%u", kind, n);

  app_page_append_bytes (out, id, g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg));
  g_free (id);
}

static void
append_pictures (GString *out, gconstpointer page)
{
  const TrainBank *bank = ((const Page *)page)->bank;

  for (guint i = 0; i < bank->neutrals->len; i++)
    append_picture (out, "face", i, bank->neutrals->pdata[i]);
  for (guint i = 0; i < bank->items->len; i++) {
    GBytes *jpeg = g_array_index (bank->items, TrainBankItem, i).sprite->jpeg;

    if (jpeg)
      append_picture (out, "item", i, jpeg);
  }
}

static const AppPagePlace places[] = {
  { "@policy@", app_page_put_policy },
  { "<link rel=\"stylesheet\" href=\"style.css\">", app_page_put_style },
  { "<!-- data -->", app_page_put_data },
  { "<!-- script -->", app_page_put_script },
  { "<!-- pictures -->", append_pictures },
};

gboolean
train_page_write (
    const char *path, const char *data, const TrainBank *bank, gsize *size, GError **error)
{
  Page page = { .page.policy = "img-src data:", .page.data = data, .bank = bank };
  GString *text;
  gboolean good;

  app_page_load (&page.page, styles, scripts);
  text = app_page_fill (RESOURCES "index.html", places, G_N_ELEMENTS (places), &page);
  good = g_file_set_contents (path, text->str, (gssize)text->len, error);
  *size = text->len;
  g_string_free (text, TRUE);
  app_page_clear (&page.page);
  return good;
}
