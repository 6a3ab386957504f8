/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The live page: HTML that holds nothing of any camera. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* peers: origins of other monitors, which it may ask; NULL-terminated. policy: its content security
 * policy, to send with it; both for g_free(). */
char *live_page_print (char **peers, char **policy);

G_END_DECLS
