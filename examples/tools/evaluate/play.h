/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plays a recording through microexpr. */
#pragma once

#include "recordings.h"

G_BEGIN_DECLS

/* Settings of microexpr; all others keep their defaults. */
typedef struct
{
  double sensitivity;
  guint64 max_duration_ns;
} Settings;

/* "sensitivity=1 max-duration=500000000": as on a command line, and as the name of a folder. */
char *settings_describe (const Settings *settings);

/* Plays the recording once through a microexpr for each of the settings. reports[i]: receives
 * microexpr-event structures of all kinds and confidences, with times from the first frame on. Sets
 * n_frames and frame_rate of the recording. FALSE and an `error` that names the file: it cannot be
 * played; reports are then empty. */
gboolean play_recording (Recording *recording, const Settings *settings, guint n_settings,
    GPtrArray **reports, GError **error);

G_END_DECLS
