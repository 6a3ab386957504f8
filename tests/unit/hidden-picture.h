/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A picture of which only those parts can be seen that were asked for: whoever reads more than
 * that finds something else than in the whole picture. */
#pragma once

#include "common/picture.h"

G_BEGIN_DECLS

typedef struct _HiddenPicture HiddenPicture;

HiddenPicture *hidden_picture_new (void);
void hidden_picture_free (HiddenPicture *picture);

/* The frame, hidden; valid until the next call, as long as `frame` is. `cover`: the luma of what
 * was not asked for. Its parts may be asked for by any thread. */
MeFrame hidden_picture_hide (HiddenPicture *picture, const MeFrame *frame, guint8 cover);

G_END_DECLS
