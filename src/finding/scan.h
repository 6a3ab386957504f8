/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The search for new faces, spread over the frames. The picture is divided into areas that cost
 * alike, each for one size of faces; a round through them takes a given time. An area that still
 * shows what it showed when it was last searched is left out, for some rounds.
 *
 * What is searched depends on the frames and their times alone, never on how fast they come. */
#pragma once

#include "face-finder.h"

G_BEGIN_DECLS

typedef struct _MeScan MeScan;

MeScan *me_scan_new (void);
void me_scan_free (MeScan *scan);

/* Whether the rounds that began are for such a picture and faces of that width. */
gboolean me_scan_fits (const MeScan *scan, const MeFrame *frame, double smallest_px);

/* The rounds begin; faces of searched_px and larger were looked for in the whole frame just now.
 * Allocates when the picture has another size than before. smallest_px: width of the smallest face,
 * coarse_px: of the smallest that every round looks for (square pixels, ME_SMALLEST_FACE_PX
 * or more). */
void me_scan_begin (
    MeScan *scan, const MeFrame *frame, double smallest_px, double coarse_px, double searched_px);

/* The next area that is to be searched in this frame, NULL: no more. round_ns: time a round takes
 * while no face is known, else twice as long. known: heads that are followed (pixels of the frame),
 * where none is looked for. */
const MeSearchArea *me_scan_next (
    MeScan *scan, const MeFrame *frame, guint64 round_ns, const MeBox *known, guint n_known);

/* Around a face that was seen there, in sizes like its own. FALSE: that is outside the frame. */
gboolean me_scan_around (const MeFrame *frame, const MeDetection *box, MeSearchArea *area);

/* All is to be searched once more, whether it has changed or not. */
void me_scan_again (MeScan *scan);

G_END_DECLS
