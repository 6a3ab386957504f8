/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page of --page: its data in an HTML file that draws itself. */
#include "page-data.h"
#include "shared/page-file.h"

#define RESOURCES "/microexpr-evaluate/"
#define SHARED "/microexpr-shared/"

static const char *const styles[] = { SHARED "base.css", RESOURCES "style.css", NULL };
static const char *const scripts[] = { SHARED "dom.js", SHARED "theme.js", SHARED "wilson.js",
  RESOURCES "charts.js", RESOURCES "figures.js", RESOURCES "evaluate.js", NULL };

static const AppPagePlace places[] = {
  { "@policy@", app_page_put_policy },
  { "<link rel=\"stylesheet\" href=\"style.css\">", app_page_put_style },
  { "<!-- data -->", app_page_put_data },
  { "<!-- script -->", app_page_put_script },
};

gboolean
report_write_page (
    const Report *report, const Results *results, PageFlags show, const char *path, GError **error)
{
  g_autofree char *data = page_data (report, results, show);
  AppPage page = { .policy = "img-src data:", .data = data };
  GString *text;
  gboolean good;

  app_page_load (&page, styles, scripts);
  text = app_page_fill (RESOURCES "index.html", places, G_N_ELEMENTS (places), &page);
  good = g_file_set_contents (path, text->str, (gssize)text->len, error);
  g_string_free (text, TRUE);
  app_page_clear (&page);
  return good;
}
