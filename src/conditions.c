/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "conditions.h"

#include "common/duration.h"
#include "finding/noise.h"

#include <math.h>

#define POOR_FIT 0.25                  /* score of landmarks that fit no frontal face */
#define INTERVAL_NS (250 * ME_MSECOND) /* between two measurements of a face */

const MeWarning *
me_warnings_pop (MeWarnings *w)
{
  guint i;

  return me_ring_fetch (&w->pending, ME_MAX_WARNINGS, &i) ? &w->at[i] : NULL;
}

static void
add (MeWarnings *w, MeWarningReason reason, gboolean active, gint64 face, double value)
{
  w->at[me_ring_add (&w->pending, ME_MAX_WARNINGS)] =
      (MeWarning){ reason, active, face, value, me_warning_rule (reason)->limit };
}

static void
judge (MeConditions *conditions, MeWarnings *warnings, MeWarningReason reason, gint64 face,
    guint64 time_ns, double value)
{
  const MeWarningRule *rule = me_warning_rule (reason);
  MeCondition *c = &conditions->of[reason];
  gboolean poor = rule->above ? value > rule->limit : value < rule->limit;

  c->value = value;
  if (poor == c->active) {
    c->differs_ns = 0;
    return;
  }
  if (c->differs_ns == 0)
    c->differs_ns = MAX (time_ns, 1);
  if (time_ns - c->differs_ns < rule->hold_ns)
    return;
  c->active = poor;
  c->differs_ns = 0;
  add (warnings, reason, poor, face, value);
}

void
me_conditions_stream (MeConditions *c, MeWarnings *w, guint64 time_ns, double frame_rate,
    double faceless_s, guint n_left_out)
{
  if (frame_rate > 0)
    judge (c, w, ME_WARNING_FRAME_RATE, -1, time_ns, frame_rate);
  judge (c, w, ME_WARNING_NO_FACE, -1, time_ns, faceless_s);
  judge (c, w, ME_WARNING_MAX_FACES, -1, time_ns, n_left_out);
}

/* Squares of the crop in which the noise of single pixels averages out: those of the face, and
 * those around it. */
#define GRAIN_PX 4
#define GRAINS_LEFT (ME_CROP_FACE_LEFT / GRAIN_PX - 1)
#define GRAINS_TOP (ME_CROP_FACE_TOP / GRAIN_PX - 1)
#define GRAIN_COLUMNS (ME_CROP_FACE_RIGHT / GRAIN_PX + 1 - GRAINS_LEFT)
#define GRAIN_ROWS (ME_CROP_FACE_BOTTOM / GRAIN_PX + 1 - GRAINS_TOP)

static double
mean_luma (const MeCrop *crop)
{
  double sum = 0;

  for (int y = ME_CROP_FACE_TOP; y < ME_CROP_FACE_BOTTOM; y++)
    for (int x = ME_CROP_FACE_LEFT; x < ME_CROP_FACE_RIGHT; x++)
      sum += crop->full[y * ME_CROP_PX + x];
  return sum /
         ((ME_CROP_FACE_BOTTOM - ME_CROP_FACE_TOP) * (ME_CROP_FACE_RIGHT - ME_CROP_FACE_LEFT));
}

static double
grain (const MeCrop *crop, int x, int y)
{
  const float *p = crop->full + y * GRAIN_PX * ME_CROP_PX + x * GRAIN_PX;
  double sum = 0;

  for (int i = 0; i < GRAIN_PX * GRAIN_PX; i++)
    sum += p[i / GRAIN_PX * ME_CROP_PX + i % GRAIN_PX];
  return sum / (GRAIN_PX * GRAIN_PX);
}

/* Detail of the size of a grain, 1/15 of the IPD, against the contrast of the face: root mean
 * square of the Laplacian over the standard deviation, in percent. */
static double
sharpness (const MeCrop *crop, double mean)
{
  double g[GRAIN_ROWS][GRAIN_COLUMNS], laplacian = 0, variance = 1;

  for (int y = 0; y < GRAIN_ROWS; y++)
    for (int x = 0; x < GRAIN_COLUMNS; x++)
      g[y][x] = grain (crop, GRAINS_LEFT + x, GRAINS_TOP + y);
  for (int y = 1; y < GRAIN_ROWS - 1; y++) {
    for (int x = 1; x < GRAIN_COLUMNS - 1; x++) {
      double p = g[y][x], l = 4 * p - g[y][x - 1] - g[y][x + 1] - g[y - 1][x] - g[y + 1][x];
      laplacian += l * l;
      variance += (p - mean) * (p - mean);
    }
  }
  return 100 * sqrt (laplacian / variance);
}

/* Noise hides motion where it is large against the contrast of the skin: the same camera may do for
 * one face and not for another. In percent of the standard deviation within a patch of the
 * reference. */
static double
noise_over_contrast (const MeTrack *t)
{
  return 100 * (double)me_crop_noise (&t->crop) / (double)t->fast.now.reference.contrast;
}

/* Turn of the head; at least how badly the landmarks fit, when they no longer fit a frontal face.
 */
static double
turn (const MeTrack *t)
{
  return t->fit < POOR_FIT ? MAX (t->turn, 1 - t->fit) : t->turn;
}

void
me_conditions_face (MeConditions *c, MeWarnings *w, const MeTrack *t, double speaking)
{
  guint64 time_ns = t->now.time_ns;
  double luma;

  if (c->measured_ns && time_ns - c->measured_ns < INTERVAL_NS)
    return;
  c->measured_ns = time_ns;
  luma = mean_luma (&t->crop);
  judge (c, w, ME_WARNING_FACE_SMALL, t->id, time_ns, me_track_ipd_px (t));
  judge (c, w, ME_WARNING_DARK, t->id, time_ns, luma);
  judge (c, w, ME_WARNING_BLURRED, t->id, time_ns, sharpness (&t->crop, luma));
  judge (c, w, ME_WARNING_TURNED_AWAY, t->id, time_ns, turn (t));
  judge (c, w, ME_WARNING_NOISY, t->id, time_ns, noise_over_contrast (t));
  judge (c, w, ME_WARNING_SPEAKING, t->id, time_ns, speaking);
}

void
me_conditions_clear (MeConditions *c, MeWarnings *w, gint64 face)
{
  for (int reason = 0; reason < ME_N_WARNINGS; reason++) {
    if (c->of[reason].active)
      add (w, reason, FALSE, face, c->of[reason].value);
    c->of[reason] = (MeCondition){ .active = FALSE };
  }
}

void
me_conditions_rewind (MeConditions *c)
{
  c->measured_ns = 0;
  for (int reason = 0; reason < ME_N_WARNINGS; reason++)
    c->of[reason].differs_ns = 0;
}
