/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A copy of the recording that browsers can play: the same frames at the same times, upright, with
 * sound. */
#pragma once

#include "shared/progress.h"
#include "settings.h"

G_BEGIN_DECLS

/* FALSE and `error` set: failed, and left no file. Ctrl-C ends the copy there. */
gboolean review_transcode (const char *recording, const char *copy, ReviewTranscode format,
    AppProgress *progress, GError **error);

/* Whether browsers are likely to play these media types of container and video; NULL: unknown. */
gboolean review_transcode_is_playable (const char *container, const char *codec);

G_END_DECLS
