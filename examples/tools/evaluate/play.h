/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plays a recording through microexpr. */
#pragma once

#include "recordings.h"

G_BEGIN_DECLS

/* What microexpr is set to; everything else is left at its default. */
typedef struct
{
  double sensitivity;
  guint64 max_duration_ns;
} Settings;

/* "sensitivity=1 max-duration=500000000": as on a command line, and as the name of a folder. */
char *settings_describe (const Settings *settings);

/* Plays it once through one microexpr for each of the settings. reports[i]: messages
 * microexpr-event of all kinds and confidences, GstStructure, their times counted from the first
 * frame. Sets n_frames and frame_rate of the recording. FALSE and `error`, which names the file,
 * when it cannot be played; the reports then hold nothing. */
gboolean play_recording (Recording *recording, const Settings *settings, guint n_settings,
    GPtrArray **reports, GError **error);

G_END_DECLS
