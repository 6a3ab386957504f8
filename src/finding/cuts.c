/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changes are 1 - correlation (thumbnail.h). Of frames of people who talk, nod and turn, those that
 * changed by more than LEAST_JUMP did so 5 times as much as their neighbours at most; cuts 148
 * times and more, jumps of zoom by 12 % 55 times (docs/spotting.md). */
#include "cuts.h"

#include "common/duration.h"

#include <string.h>

#define LEAST_JUMP 0.08f           /* change that may be a cut, */
#define STANDS_OUT 7.0f            /* so many times as large as those around it */
#define STILL 0.004f               /* change of a picture in which nothing moves */
#define BIN_NS (200 * ME_MSECOND)  /* changes are compared with those of the newest two */
#define REST_NS (100 * ME_MSECOND) /* and two frames: at rest for so long after a cut */
/* And two frames. When the picture is as before sooner than that, it was a flash, not a cutaway. */
#define FLASH_NS (60 * ME_MSECOND)
#define BLENDED 2       /* frames that a cut may last: converters of frame rate blend */
#define CLEAR_JUMP 0.3f /* of two cuts, when the picture does not rest between them */
#define TICK_NS (80 * ME_MSECOND)
#define BLEND_CHANGE 0.12f   /* from end to end of what may be a dissolve, */
#define BLEND_SHARE 0.25f    /* with at least so much of either end in its middle, */
#define BLEND_SUM 1.02f      /* of the shares at most: motion has a larger one */
#define BLEND_RESIDUAL 0.12f /* and no more than so much of anything else */
#define BLEND_CLEAR 2        /* ticks without a blend: it is over */
#define LEAST_SAMPLES 9      /* of a thumbnail: fewer are not judged */

void
me_pictures_forget (MePictures *p)
{
  p->n_pictures = p->n_ticks = 0;
  p->ticked = FALSE;
}

static void
tick (MePictures *p)
{
  guint slot = p->n_ticks % G_N_ELEMENTS (p->ticks);

  p->ticks[slot] = p->now;
  p->ticks_ns[slot] = p->now_ns;
  p->n_ticks++;
}

void
me_pictures_add (MePictures *p, const MeFrame *frame, double frame_s)
{
  guint newest = (p->n_ticks - 1) % G_N_ELEMENTS (p->ticks);

  p->before = p->now;
  p->before_ns = p->now_ns;
  me_thumbnail_make (&p->now, frame);
  p->now_ns = frame->time_ns;
  p->gap = 1;
  if (p->n_pictures > 0 && frame_s > 0)
    p->gap = MAX (1, (float)((double)(p->now_ns - p->before_ns) / 1e9 / frame_s));
  p->n_pictures++;
  p->ticked = p->n_ticks == 0 || p->now_ns - p->ticks_ns[newest] >= TICK_NS;
  if (p->ticked)
    tick (p);
}

void
me_cut_watch_reset (MeCutWatch *w)
{
  memset (w, 0, sizeof *w);
}

/* ---- hard cuts ---- */

static void
note_step (MeCutWatch *w, float change, guint64 time_ns)
{
  w->n_steps++;
  if (time_ns - w->bin_ns >= BIN_NS) {
    w->loudest[1] = time_ns - w->bin_ns < 2 * BIN_NS ? w->loudest[0] : 0;
    w->loudest[0] = 0;
    w->bin_ns = time_ns;
  }
  w->loudest[0] = MAX (w->loudest[0], change);
}

/* Motion goes twice as far in twice the time, and changes the picture four times as much. */
static gboolean
stands_out (const MeCutWatch *w, const MePictures *p, float change)
{
  float usual = MAX (STILL, MAX (w->loudest[0], w->loudest[1]));

  return w->n_steps > 0 && change > LEAST_JUMP && change > STANDS_OUT * usual * p->gap * p->gap;
}

static void
suspect (MeCutWatch *w, const MePictures *p, float change)
{
  w->suspected = TRUE;
  w->good = p->before;
  w->good_ns = p->before_ns;
  w->jumped_ns = w->edge_ns = p->now_ns;
  w->n_edges = 1;
  w->n_quiet = 0;
  w->jump = w->edge = change;
}

static gboolean
confirm (MeCutWatch *w, guint64 *last_ns)
{
  *last_ns = w->dissolving ? MIN (w->good_ns, w->dissolve_ns) : w->good_ns;
  me_cut_watch_reset (w);
  w->n_steps = 1; /* the picture has come to rest */
  return TRUE;
}

static gboolean
dismiss (MeCutWatch *w, float change, guint64 time_ns)
{
  w->suspected = FALSE;
  note_step (w, MAX (change, w->jump), time_ns);
  return FALSE;
}

/* The picture jumped a while ago, and jumps again. */
static gboolean
jumps_again (MeCutWatch *w, const MePictures *p, float change, float total, guint64 *last_ns)
{
  gboolean long_enough = w->n_edges + w->n_quiet >= 2 && p->now_ns - w->jumped_ns >= FLASH_NS;

  if (total * STANDS_OUT < w->jump) /* the picture is as before */
    return long_enough ? confirm (w, last_ns) : dismiss (w, change, p->now_ns);
  if (w->n_quiet == 0 && w->n_edges < BLENDED) {
    w->n_edges++;
    w->edge_ns = p->now_ns;
    w->edge = MIN (w->edge, change);
    w->jump = MAX (w->jump, total);
    return FALSE;
  }
  if (w->n_quiet > 0 && long_enough && MIN (change, w->jump) > CLEAR_JUMP)
    return confirm (w, last_ns);
  return dismiss (w, change, p->now_ns);
}

static gboolean
judge (MeCutWatch *w, const MePictures *p, const MeBox *part, float change, guint64 *last_ns)
{
  float total = me_thumbnail_change (&w->good, &p->now, part);

  if (change * STANDS_OUT > w->edge)
    return jumps_again (w, p, change, total, last_ns);
  w->n_quiet++;
  if (w->n_quiet < 2 || p->now_ns - w->edge_ns < REST_NS)
    return FALSE;
  return total > w->jump / 2 ? confirm (w, last_ns) : dismiss (w, change, p->now_ns);
}

/* ---- dissolves ---- */

static const MeThumbnail *
tick_before (const MePictures *p, guint lag, guint64 *time_ns)
{
  guint slot = (p->n_ticks - 1 - lag) % G_N_ELEMENTS (p->ticks);

  if (time_ns)
    *time_ns = p->ticks_ns[slot];
  return &p->ticks[slot];
}

static gboolean
is_blend (const MePictures *p, const MeBox *part, guint lag, guint64 *from_ns)
{
  const MeThumbnail *from, *middle;
  MeBlend blend;

  if (p->n_ticks <= lag)
    return FALSE;
  from = tick_before (p, lag, from_ns);
  middle = tick_before (p, lag / 2, NULL);
  if (me_thumbnail_change (from, &p->now, part) < BLEND_CHANGE)
    return FALSE;
  blend = me_thumbnail_blend (from, middle, &p->now, part);
  return MIN (blend.from, blend.to) > BLEND_SHARE && blend.from + blend.to < BLEND_SUM &&
         blend.residual < BLEND_RESIDUAL;
}

static gboolean
look_for_dissolve (MeCutWatch *w, const MePictures *p, const MeBox *part, guint64 *last_ns)
{
  guint64 from_ns;

  if (is_blend (p, part, ME_CUT_LAG / 2, &from_ns) || is_blend (p, part, ME_CUT_LAG, &from_ns)) {
    w->dissolve_ns = w->dissolving ? MIN (w->dissolve_ns, from_ns) : from_ns;
    w->dissolving = TRUE;
    w->n_clear = 0;
    return FALSE;
  }
  if (!w->dissolving || ++w->n_clear < BLEND_CLEAR)
    return FALSE;
  *last_ns = w->dissolve_ns;
  me_cut_watch_reset (w);
  return TRUE;
}

gboolean
me_cut_watch_add (MeCutWatch *w, const MePictures *p, const MeBox *part, guint64 *last_ns)
{
  gboolean cut = FALSE;
  float change;

  if (p->n_pictures < 2)
    return FALSE;
  if (part->width * part->height < LEAST_SAMPLES) {
    me_cut_watch_reset (w); /* a cut that is suspected could never be judged */
    return FALSE;
  }
  change = me_thumbnail_change (&p->before, &p->now, part);
  if (w->suspected)
    cut = judge (w, p, part, change, last_ns);
  else if (stands_out (w, p, change))
    suspect (w, p, change);
  else
    note_step (w, change, p->now_ns);
  if (!cut && p->ticked)
    cut = look_for_dissolve (w, p, part, last_ns);
  return cut;
}
