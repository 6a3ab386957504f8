/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plays one clip through microexpr, or replays a recording of it. */
#pragma once

#include <gst/gst.h>

#include "accuracy-score.h"
#include "accuracy-tiers.h"

G_BEGIN_DECLS

/* One clip to play. The first fields are given, clip and error come of it. */
typedef struct
{
  const Tier *tier; /* NULL: a real clip as it is */
  guint seed;
  double duration_s;     /* of a drawn clip; 0: to the end of its curves */
  char *source;          /* path of the photograph, or of the clip; NULL: the built-in face */
  char *curves;          /* path of what the face acts; NULL: random expressions */
  const char *script;    /* what it shows instead, as the test source takes it; or NULL */
  char *recording;       /* path of its recording; NULL: the element analyzes */
  gboolean replay;       /* of the recording, instead of making it */
  const char *fields;    /* of the test source; NULL: those of the analysis */
  const char *microexpr; /* further properties, or NULL */
  double sensitivity;
  /* Also gets each frame, in the streaming thread; or NULL. */
  void (*watch) (gpointer watcher, const MeFrame *frame);
  gpointer watcher;

  Clip clip;
  char *error; /* NULL: played to the end */
} Play;

void play_clip (Play *play);
void play_clear (Play *play);

G_END_DECLS
