/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Directory entries that programs skip when they search a folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether an entry is not the user's own: its name begins with a dot, such as the `._photo.jpg`
 * that macOS writes beside every file on a foreign disk, or it is a folder in which systems keep
 * copies and thumbnails. */
gboolean app_is_hidden (const char *name);

G_END_DECLS
