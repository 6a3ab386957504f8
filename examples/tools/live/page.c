/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "page.h"

#include "shared/page-file.h"

#define RESOURCES "/microexpr-live/"
#define SHARED "/microexpr-shared/"

static const char *const styles[] = { SHARED "base.css", RESOURCES "style.css", NULL };
static const char *const scripts[] = { SHARED "dom.js", SHARED "theme.js", RESOURCES "en.js",
  RESOURCES "de.js", RESOURCES "tr.js", SHARED "language.js", RESOURCES "words.js",
  RESOURCES "connection.js", RESOURCES "monitors.js", RESOURCES "pictures.js",
  RESOURCES "timeline.js", RESOURCES "cameras.js", RESOURCES "feed.js", RESOURCES "recording.js",
  RESOURCES "live.js", NULL };

static const AppPagePlace places[] = {
  { "<link rel=\"stylesheet\" href=\"style.css\">", app_page_put_style },
  { "<!-- script -->", app_page_put_script },
};

char *
live_page_print (char **peers, char **policy)
{
  g_autofree char *others = g_strjoinv (" ", peers);
  g_autofree char *own = g_strdup_printf ("connect-src 'self' %s; img-src blob: data:; "
                                          "media-src blob:; frame-ancestors 'none'",
      others);
  AppPage page = { .policy = own };
  GString *text = g_string_new (NULL);

  app_page_load (&page, styles, scripts);
  app_page_put_policy (text, &page);
  *policy = g_string_free (text, FALSE);
  text = app_page_fill (RESOURCES "index.html", places, G_N_ELEMENTS (places), &page);
  app_page_clear (&page);
  return g_string_free (text, FALSE);
}
