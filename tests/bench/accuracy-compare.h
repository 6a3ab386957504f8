/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lets the offline training-free method see the clips that microexpr plays, in several variants. */
#pragma once

#include "accuracy-play.h"

G_BEGIN_DECLS

/* list: "F" or "F:T", comma-separated: thresholds times F, durations times T; 1: as published.
 * NULL: nothing is compared. Call once, first. FALSE: one of them is no such pair of positive
 * numbers. */
gboolean compare_init (const char *list);

guint compare_n_variants (void);
const char *compare_variant (guint variant);

/* Around a play: before it, after it, and when it is freed. */
void compare_watch (Play *play);
void compare_finish (Play *play);
void compare_unwatch (Play *play);

/* Replaces the reports of the play's clip by those of a variant. */
void compare_report (Play *play, guint variant);

G_END_DECLS
