/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A copy of the recording that browsers play: the same frames at the same times, upright, with its
 * sound. */
#pragma once

#include "shared/progress.h"
#include "settings.h"

G_BEGIN_DECLS

/* FALSE and `error` set when there is none; no file is left over. After Ctrl-C it is as long as it
 * got. */
gboolean review_transcode (const char *recording, const char *copy, ReviewTranscode format,
    AppProgress *progress, GError **error);

/* Whether browsers are likely to play it: media types of container and video; NULL: not known. */
gboolean review_transcode_is_playable (const char *container, const char *codec);

G_END_DECLS
