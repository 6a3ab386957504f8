/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The public names of kinds, action units, emotions and stages: one table each. */
#include "microexpr.h"

static const struct
{
  const char *name;
  gboolean sided;
} units[ME_N_AUS] = {
  [ME_AU1] = { "AU1", TRUE },
  [ME_AU2] = { "AU2", TRUE },
  [ME_AU4] = { "AU4", TRUE },
  [ME_AU5] = { "AU5", TRUE },
  [ME_AU6] = { "AU6", TRUE },
  [ME_AU7] = { "AU7", TRUE },
  [ME_AU9] = { "AU9", TRUE },
  [ME_AU10] = { "AU10", TRUE },
  [ME_AU12] = { "AU12", TRUE },
  [ME_AU14] = { "AU14", TRUE },
  [ME_AU15] = { "AU15", TRUE },
  [ME_AU17] = { "AU17", FALSE },
  [ME_AU20] = { "AU20", TRUE },
  [ME_AU23] = { "AU23", FALSE },
  [ME_AU24] = { "AU24", FALSE },
  [ME_AU25] = { "AU25", FALSE },
  [ME_AU26] = { "AU26", FALSE },
  [ME_AU18] = { "AU18", FALSE },
  [ME_AU22] = { "AU22", FALSE },
  [ME_AU28] = { "AU28", FALSE },
  [ME_AU45] = { "AU45", TRUE },
  [ME_AU43] = { "AU43", TRUE },
  [ME_AU27] = { "AU27", FALSE },
};

static const char *const emotions[] = {
  [ME_HAPPINESS] = "happiness",
  [ME_SADNESS] = "sadness",
  [ME_ANGER] = "anger",
  [ME_FEAR] = "fear",
  [ME_DISGUST] = "disgust",
  [ME_SURPRISE] = "surprise",
  [ME_EMOTION_OTHER] = "other",
  [ME_EMOTION_NONE] = NULL,
  [ME_EMOTION_CONTEMPT] = "contempt",
};

static const char *const contexts[] = {
  [ME_CONTEXT_NONE] = NULL,
  [ME_CONTEXT_CONVERSATIONAL] = "conversational",
};

static const char *const stages[ME_N_STAGES] = {
  [ME_STAGE_DETECT] = "detect",
  [ME_STAGE_LANDMARKS] = "landmarks",
  [ME_STAGE_CROP] = "crop",
  [ME_STAGE_ALIGN] = "align",
  [ME_STAGE_MOTION] = "motion",
  [ME_STAGE_SPOT] = "spot",
};

const char *
me_kind_name (MeKind kind)
{
  return kind == ME_KIND_MICRO ? "micro" : kind == ME_KIND_MACRO ? "macro" : "blink";
}

const char *
me_au_name (MeAu au)
{
  return units[au].name;
}

gboolean
me_au_is_sided (MeAu au)
{
  return units[au].sided;
}

const char *
me_emotion_name (MeEmotion emotion)
{
  return emotions[emotion];
}

const char *
me_context_name (MeContext context)
{
  return contexts[context];
}

const char *
me_stage_name (MeStage stage)
{
  return stages[stage];
}
