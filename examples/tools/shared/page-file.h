/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pages in one file, assembled from resources linked into the program. A page's content security
 * policy allows its own style and script, by hash, and nothing else: injected scripts do not run,
 * and the page makes no network requests. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Text with the characters that HTML interprets escaped. */
void app_page_append_escaped (GString *out, const char *text);
/* JSON as the script element `data`, escaped so that no tag begins inside. */
void app_page_append_data (GString *out, const char *json);
/* A JSON resource likewise, as the script element `id`. */
void app_page_append_resource (GString *out, const char *id, const char *path);
/* Base64 in a script element of a type that browsers do not run. */
void app_page_append_bytes (GString *out, const char *id, gconstpointer data, gsize size);

/* What every page has: the first member of a program's own page structure. */
typedef struct
{
  const char *policy;   /* its own directives, such as "img-src data:" */
  const char *data;     /* JSON */
  char *style, *script; /* owned */
} AppPage;

/* Loads style and script: NULL-terminated resource paths; later scripts use earlier ones. */
void app_page_load (AppPage *page, const char *const *styles, const char *const *scripts);
void app_page_clear (AppPage *page);

/* A mark in the HTML, and the function that appends what replaces it. page: of app_page_fill(). */
typedef struct
{
  const char *mark;
  void (*append) (GString *out, gconstpointer page);
} AppPagePlace;

/* For AppPagePlace; page: a structure that begins with an AppPage. */
void app_page_put_policy (GString *out, gconstpointer page);
void app_page_put_style (GString *out, gconstpointer page);
void app_page_put_script (GString *out, gconstpointer page);
void app_page_put_data (GString *out, gconstpointer page);

/* The HTML resource with its marks replaced. Every mark occurs once, in the order of places. Free
 * with g_string_free(). */
GString *app_page_fill (
    const char *html, const AppPagePlace *places, guint n_places, gconstpointer page);

/* FALSE and `error` set: no page can be written there. To be asked before minutes go into one.
 * path: value of --output. */
gboolean app_page_check_output (const char *path, GError **error);

G_END_DECLS
