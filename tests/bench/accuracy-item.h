/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a message of the elements to an event that can be scored. */
#pragma once

#include <gst/gst.h>

#include "accuracy-score.h"

G_BEGIN_DECLS

/* s: microexpr-event or microexpr-truth. Latency is left at 0. */
Item item_read (const GstStructure *s);

G_END_DECLS
