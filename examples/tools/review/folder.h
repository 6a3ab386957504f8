/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A folder of recordings: which files those are, and what the index page says of each. */
#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* Paths of the recordings in a folder, by name; not those in folders inside it, and not the copies
 * that this program makes. NULL-terminated, for g_strfreev(). NULL and `error` set: the folder
 * cannot be read, or has none. */
char **review_folder_list (const char *path, GError **error);

/* A page for each, in `folder`; names that differ only in what follows the dot are kept apart.
 * For g_strfreev(). */
char **review_folder_name_pages (const char *folder, char *const *recordings);

/* What the index page says: built up recording by recording. */
typedef struct _ReviewIndex ReviewIndex;

/* folder: path of the recordings; index: path of the page. Neither is kept. */
ReviewIndex *review_index_new (const char *folder, const char *index);
/* Frees it. FALSE and `error` set: the page could not be written. */
gboolean review_index_write (ReviewIndex *index, GError **error);

/* A recording with a page, settings->output; problem: what it says of one that is not whole, or
 * NULL. */
void review_index_add (ReviewIndex *index, const ReviewSettings *settings,
    const ReviewAnalysis *analysis, const char *problem);
/* A recording without a page. */
void review_index_add_failed (
    ReviewIndex *index, const ReviewSettings *settings, const char *problem);

G_END_DECLS
