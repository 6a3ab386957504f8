/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where faces are, in each frame. */
#pragma once

#include "analyzer-state.h"

G_BEGIN_DECLS

/* Looks for new and lost faces, and checks one of those that are followed. */
void me_face_search (MeAnalyzer *analyzer, const MeFrame *frame);

G_END_DECLS
