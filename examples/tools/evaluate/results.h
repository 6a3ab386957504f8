/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reports of each recording, cached on disk: an interrupted run resumes, and nothing is
 * analyzed twice by the same plugin with the same settings. */
#pragma once

#include "play.h"

G_BEGIN_DECLS

/* Reports of [recording][settings]; GArray of Item. */
typedef struct
{
  GArray ***reports;
  guint n_recordings, n_settings;
} Results;

/* Plays what is not cached in `folder`, n_jobs recordings at once, with progress on standard error.
 * NULL when a recording cannot be played; results of the others are cached. */
Results *results_get (const GPtrArray *recordings, const Settings *settings, guint n_settings,
    const char *folder, guint n_jobs, GError **error);
void results_free (Results *results);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Results, results_free)

G_END_DECLS
