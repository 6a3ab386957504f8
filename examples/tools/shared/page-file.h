/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pages in one file, put together from pieces that are linked in as resources. Style and script are
 * allowed by their hashes, and nothing else: no page that was tampered with runs another script,
 * and none requests anything from a network. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The resources of these paths, one behind the other. paths: NULL-terminated. (transfer full) */
char *app_page_load (const char *const *paths);
/* The same as one script: later ones use earlier ones. */
char *app_page_load_scripts (const char *const *paths);

/* The content of the policy. more: directives of this page, such as "img-src data:"; "": none. */
void app_page_append_policy (GString *out, const char *more, const char *style, const char *script);
void app_page_append_style (GString *out, const char *style);
void app_page_append_script (GString *out, const char *script);
void app_page_append_escaped (GString *out, const char *text);
/* JSON, as the element `data`. No tag can begin inside. */
void app_page_append_data (GString *out, const char *json);
/* A script that is none: the browser does not look into it until the page does. */
void app_page_append_bytes (GString *out, const char *id, gconstpointer data, gsize size);

/* A mark in the HTML, and what goes there. page: of app_page_fill(). */
typedef struct
{
  const char *mark;
  void (*append) (GString *out, gconstpointer page);
} AppPagePlace;

/* The HTML of that resource with its places filled. Each stands there once, in their order. Free
 * with g_string_free(). */
GString *app_page_fill (
    const char *html, const AppPagePlace *places, guint n_places, gconstpointer page);

G_END_DECLS
