/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The streams on which accuracy is measured, and which seeds, faces and clips serve tuning and
 * which reporting. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *pattern; /* of microexprtestsrc; NULL: movements are put on the clips of the split */
  int width, height, fps;
  double ipd_px;     /* 0: the pattern's */
  int quantizer;     /* of H.264; 0: not coded */
  double duration_s; /* of video a seed; 0: to the end */
  guint n_seeds;     /* of a report */
  double target;     /* micro F1 that the tier must reach; 0: none, no movement is made */
  double most_false; /* micro events a minute; 0: not limited */
  gboolean acted;    /* the face acts the recorded curves of the split */
} Tier;

extern const Tier tiers[];
extern const guint n_tiers;

/* Whoever changes constants looks at tuning results only; reports come from the others. */
typedef struct
{
  const char *name;
  guint first_seed;
  const char *const *faces; /* photographs of the London Set by number; NULL-terminated */
  const char *const *clips; /* real clips of talking people; NULL-terminated */
  const char *curves;       /* recorded blend shapes of another face */
} Split;

extern const Split tuning_split;    /* seeds from 1 on */
extern const Split reporting_split; /* seeds from 101 on */

/* A real clip as it is, without labels: how many micro-expressions may be reported. */
typedef struct
{
  const char *file;
  double from_s, to_s; /* of interest; to_s 0: to the end */
  const char *shows;
  double most_a_minute;
} RealClip;

extern const RealClip real_clips[];
extern const guint n_real_clips;

G_END_DECLS
