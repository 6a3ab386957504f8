/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The search for new faces, spread over the frames. The picture is divided into areas of similar
 * cost, each for one size of faces; a round through them takes a given time. An area that has not
 * changed since it was last searched is skipped for some rounds.
 *
 * What is searched depends only on the frames and their timestamps, not on the speed of processing.
 */
#pragma once

#include "face-finder.h"

G_BEGIN_DECLS

typedef struct _MeScan MeScan;

MeScan *me_scan_new (void);
void me_scan_free (MeScan *scan);

/* Whether the current plan was made for frames like this one and this smallest face. */
gboolean me_scan_fits (const MeScan *scan, const MeFrame *frame, double smallest_px);

/* Starts the rounds. Allocates when the frame size, its pixel aspect or smallest_px changed. Widths
 * of faces, square pixels, ME_SMALLEST_FACE_PX or more. smallest_px: the smallest to find.
 * coarse_px: the smallest that every round looks for. searched_px: the smallest that the caller has
 * just looked for in the whole frame. */
void me_scan_begin (
    MeScan *scan, const MeFrame *frame, double smallest_px, double coarse_px, double searched_px);

/* The next area to search in this frame, or NULL; valid until the next call. round_ns: duration of
 * a round while no face is known; it takes twice as long otherwise. known: heads being followed
 * (pixels of the frame); changes inside them are ignored. */
const MeSearchArea *me_scan_next (
    MeScan *scan, const MeFrame *frame, guint64 round_ns, const MeBox *known, guint n_known);

/* The area around a face that was seen at `box`, for faces of similar sizes. FALSE: outside the
 * frame.
 */
gboolean me_scan_around (const MeFrame *frame, const MeDetection *box, MeSearchArea *area);

/* Makes every area due, whether it has changed or not. */
void me_scan_again (MeScan *scan);

G_END_DECLS
