/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Units of time in ns. 64 bits wide, because a product of 32-bit numbers wraps at 4.3 s. */
#pragma once

#include <glib.h>

#define ME_MSECOND G_GUINT64_CONSTANT (1000000)
#define ME_SECOND (1000 * ME_MSECOND)
