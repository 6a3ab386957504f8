/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names that programs pass over when they search a folder. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether an entry of a folder is none of the user's own files: its name begins with a dot, such as
 * the `._photo.jpg` that macOS writes beside every file on a foreign disk, or systems keep copies
 * and thumbnails in it. */
gboolean app_is_hidden (const char *name);

G_END_DECLS
