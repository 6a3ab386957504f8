/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What microexpr reported of each recording, kept on disk: a run that was stopped goes on where it
 * was, and nothing is analysed twice by the same plugin with the same settings. */
#pragma once

#include "play.h"

G_BEGIN_DECLS

/* Reports of [recording][settings]; GArray of Item. */
typedef struct
{
  GArray ***reports;
  guint n_recordings, n_settings;
} Results;

/* Plays what is not in `folder` yet, n_jobs recordings at once; says on standard error how far it
 * is. NULL when a recording cannot be played: the others have been, and are kept. */
Results *results_get (const GPtrArray *recordings, const Settings *settings, guint n_settings,
    const char *folder, guint n_jobs, GError **error);
void results_free (Results *results);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Results, results_free)

G_END_DECLS
