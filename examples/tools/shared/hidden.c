/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "hidden.h"

/* The forks that macOS packs into archives, and the thumbnails of network disks by Synology. */
static const char *const folders[] = { "__MACOSX", "@eaDir", NULL };

gboolean
app_is_hidden (const char *name)
{
  return name[0] == '.' || g_strv_contains (folders, name);
}
