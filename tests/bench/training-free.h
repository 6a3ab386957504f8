/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The offline training-free spotter of the Micro-Expression Grand Challenges, for comparison only:
 * optical flow against the first frame of a window, and rules on its curves (He 2021, doi
 * 10.1145/3474085.3479225; Zhao 2022; Qin 2023). docs/spotting.md lists its steps and constants. */
#pragma once

#include "accuracy-score.h"

G_BEGIN_DECLS

typedef struct _TrainingFree TrainingFree;

/* time_scale: by which all its durations are multiplied; 1: as published. NULL and `error`: no
 * landmark model. Free with training_free_free(). */
TrainingFree *training_free_new (double time_scale, GError **error);
void training_free_free (TrainingFree *tf);

/* Frames of a constant rate. Windows are measured as they fill; only their curves are kept. */
void training_free_add (TrainingFree *tf, const MeFrame *frame);

/* The stream ended. */
void training_free_finish (TrainingFree *tf);

/* Replaces the reports of `clip` by what the whole clip shows, micro up to 0.5 s and macro, with
 * all thresholds in px multiplied by `factor`. It knows no blinks: their truths are dropped. */
void training_free_report (const TrainingFree *tf, double factor, Clip *clip);

G_END_DECLS
