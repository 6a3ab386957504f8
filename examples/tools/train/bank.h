/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All items, rendered, and what microexpr finds in them. */
#pragma once

#include "faces.h"
#include "items.h"
#include "shared/moments.h"
#include "shared/progress.h"
#include "sprite.h"

G_BEGIN_DECLS

/* The durations that items are shown to microexpr for, longest first. */
#define TRAIN_N_DURATIONS 3
extern const double train_durations_s[TRAIN_N_DURATIONS];
/* frames/s of these showings */
#define TRAIN_CHECK_RATE 100

typedef struct
{
  TrainItem item;
  TrainSprite *sprite;
  guint n_found; /* 0: not shown to microexpr */
  struct
  {
    const char *emotion; /* interned; NULL: no event */
    double confidence;
  } found[TRAIN_N_DURATIONS];
  AppMoment *before,
      *apex; /* the face before the longest showing and at its apex; NULL: not seen */
} TrainBankItem;

typedef struct
{
  guint n_faces;
  gboolean built_in, contempt;
  GPtrArray *neutrals; /* of GBytes: JPEG of each face at rest */
  GArray *items;       /* of TrainBankItem, face by face */
} TrainBank;

/* NULL and `error` set: a face cannot be rendered, or Ctrl-C (G_IO_ERROR_CANCELLED). Free with
 * train_bank_free(). */
TrainBank *train_bank_render (const TrainFaces *faces, gboolean contempt, guint32 seed,
    AppProgress *progress, GError **error);
void train_bank_free (TrainBank *bank);

/* Shows items to microexpr. all: every item for every duration; otherwise only those of the
 * lessons, once, since the page draws their motion. FALSE and `error` as above. */
gboolean train_bank_read (TrainBank *bank, gboolean all, AppProgress *progress, GError **error);

/* Whether the item, shown for the n-th duration, was read as intended. */
gboolean train_bank_item_agrees (const TrainBankItem *item, guint n);

G_END_DECLS
