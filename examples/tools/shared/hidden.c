/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "hidden.h"

/* Resource forks in archives made by macOS, and thumbnails on Synology network disks. */
static const char *const folders[] = { "__MACOSX", "@eaDir", NULL };

gboolean
app_is_hidden (const char *name)
{
  return name[0] == '.' || g_strv_contains (folders, name);
}
