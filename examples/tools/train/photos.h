/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether photographs show what the trainer needs: one face, at rest. */
#pragma once

#include "shared/progress.h"

G_BEGIN_DECLS

/* paths: strings. FALSE and `error` set, with a line for each photograph that cannot be used and
 * why; also when the user pressed Ctrl-C. What a photograph without a findable face is good for
 * depends on the landmarks beside it: microexprtestsrc decides. */
gboolean train_photos_check (const GPtrArray *paths, AppProgress *progress, GError **error);

G_END_DECLS
