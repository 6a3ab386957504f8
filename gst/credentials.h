/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* URIs without the user name, password and secrets they may hold, fit for logs and reports. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text that is not a URI is copied unchanged. NULL gives NULL. Transfer full. */
char *gst_microexpr_strip_credentials (const char *text);

G_END_DECLS
