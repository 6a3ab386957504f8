/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A landmark model: its file, and the fit by its stages.
 *
 * The file is used in place. It is little-endian: a header, then the arrays in the order of the
 * structures, each aligned to 8 bytes. The check is there when the model moves all landmarks. */
#include "landmark-model.h"

#include "microexpr.h"
#include "models.h"
#include "common/vectorised.h"

#include <math.h>
#include <string.h>

#define MAGIC "MELM0002"
#define STEPS 4096.0f /* quantisation of a feature, which is 0..1 */
#define MOST 1e3f     /* magnitude of any number in the file */

/* ---- the file ---- */

typedef struct
{
  char magic[8];
  guint32 n_landmarks, n_stages;
  float box_x, box_y, box_width, check_bias;
  guint32 first, end;
} Header;

typedef struct
{
  guint8 size_px, n_inputs, reserved[2];
  float spacing;
} StageHeader;

typedef struct
{
  const guint8 *data;
  gsize size, at;
} Reader;

/* The next n bytes, or NULL when fewer are left. */
static const void *
next_bytes (Reader *r, gsize n)
{
  const guint8 *here = r->data + r->at;
  gsize padded = (n + 7) & ~(gsize)7;

  if (padded > r->size - r->at)
    return NULL;
  r->at += padded;
  return here;
}

static gboolean
read_floats (Reader *r, gsize n, const float **floats)
{
  *floats = next_bytes (r, n * sizeof (float));
  for (gsize i = 0; *floats && i < n; i++)
    if (!(fabsf ((*floats)[i]) < MOST))
      return FALSE;
  return *floats != NULL;
}

static gboolean
read_stage (MeLandmarkStage *stage, guint n_moved, Reader *r)
{
  const StageHeader *header = next_bytes (r, sizeof (StageHeader));
  gsize n;

  if (!header || header->size_px > ME_LANDMARK_PATCH_PX || header->size_px == 1 ||
      header->n_inputs < 1 || header->n_inputs > ME_N_LANDMARKS ||
      !(header->spacing > 0 && header->spacing < 1))
    return FALSE;
  stage->size_px = header->size_px;
  stage->n_inputs = header->n_inputs;
  stage->spacing = header->spacing;
  n = (gsize)n_moved * header->n_inputs;
  if (!(stage->inputs = next_bytes (r, n)))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (stage->inputs[i] >= ME_N_LANDMARKS)
      return FALSE;
  return read_floats (r, 2 * n, &stage->scale) && read_floats (r, 2 * n_moved, &stage->bias) &&
         (stage->weights = next_bytes (r, 2 * n * ME_LANDMARK_DESCRIPTOR)) != NULL;
}

static gboolean
moves_all (const MeLandmarkModel *model)
{
  return model->end - model->first == ME_N_LANDMARKS;
}

static gboolean
read_model (MeLandmarkModel *model, Reader *r)
{
  const Header *header = next_bytes (r, sizeof (Header));
  const float *mean;

  if (!header || memcmp (header->magic, MAGIC, sizeof header->magic) != 0 ||
      header->n_landmarks != ME_N_LANDMARKS || header->n_stages < 1 ||
      header->n_stages > ME_LANDMARK_STAGES || header->first >= header->end ||
      header->end > ME_N_LANDMARKS || !read_floats (r, 2 * ME_N_LANDMARKS, &mean))
    return FALSE;
  for (int i = 0; i < ME_N_LANDMARKS; i++)
    model->mean[i] = (MePoint){ mean[2 * i], mean[2 * i + 1] };
  model->box_x = header->box_x;
  model->box_y = header->box_y;
  model->box_width = header->box_width;
  model->check_bias = header->check_bias;
  model->first = header->first;
  model->end = header->end;
  model->n_stages = header->n_stages;
  model->check_weights = NULL;
  for (guint i = 0; i < model->n_stages; i++)
    if (!read_stage (&model->stages[i], model->end - model->first, r))
      return FALSE;
  return model->stages[0].size_px > 0 && model->box_width > 1 / MOST && model->box_width < MOST &&
         fabsf (model->box_x) < MOST && fabsf (model->box_y) < MOST &&
         fabsf (model->check_bias) < MOST &&
         (!moves_all (model) || read_floats (r, ME_N_LANDMARK_FEATURES, &model->check_weights));
}

gboolean
me_landmark_model_read (MeLandmarkModel *model, const guint8 *data, gsize size, GError **error)
{
  Reader reader = { data, size, 0 };

  if (G_BYTE_ORDER == G_LITTLE_ENDIAN && data && ((gsize)data & 7) == 0 &&
      read_model (model, &reader))
    return TRUE;
  g_set_error (error, ME_ERROR, ME_ERROR_MODEL_DAMAGED,
      "Not a landmark model of %d landmarks for this version and processor", ME_N_LANDMARKS);
  return FALSE;
}

static gpointer
read_embedded (gpointer name)
{
  MeLandmarkModel *model = g_new0 (MeLandmarkModel, 1);
  gsize size;
  const guint8 *data = me_model_bytes (name, &size);

  if (!me_landmark_model_read (model, data, size, NULL))
    g_clear_pointer (&model, g_free);
  return model;
}

const MeLandmarkModel *
me_landmark_model_embedded (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, read_embedded, "landmarks.bin");
}

const MeLandmarkModel *
me_lid_model_embedded (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, read_embedded, "lids.bin");
}

/* ---- fitting ---- */

struct _MeLandmarkFitter
{
  const MeLandmarkModel *model;
  MeCropper *cropper;
  MeLandmarkRoom room;
  MeSimilarity pose; /* of the maps in the room */
  float features[ME_N_LANDMARK_FEATURES];
  gint16 steps[ME_N_LANDMARK_FEATURES]; /* the features in units of 1 / STEPS */
};

MeLandmarkFitter *
me_landmark_fitter_new (const MeLandmarkModel *model)
{
  MeLandmarkFitter *fitter = g_new0 (MeLandmarkFitter, 1);

  fitter->model = model;
  fitter->cropper = me_cropper_new ();
  return fitter;
}

void
me_landmark_fitter_free (MeLandmarkFitter *fitter)
{
  if (!fitter)
    return;
  me_cropper_free (fitter->cropper);
  g_free (fitter);
}

void
me_landmark_start (
    const MeLandmarkModel *model, float x, float y, float width, MePoint shape[ME_N_LANDMARKS])
{
  float side = width / model->box_width; /* of the patch, px */

  for (int i = 0; i < ME_N_LANDMARKS; i++) {
    shape[i].x = x + model->box_x * width + (model->mean[i].x - 0.5f) * side;
    shape[i].y = y + model->box_y * width + (model->mean[i].y - 0.5f) * side;
  }
}

void
me_landmark_restart (const MeLandmarkModel *model, MePoint shape[ME_N_LANDMARKS])
{
  MeSimilarity pose = me_landmark_pose (model->mean, shape, 1);

  for (int i = 0; i < ME_N_LANDMARKS; i++)
    shape[i] = me_similarity_apply (&pose, model->mean[i]);
}

/* Processors multiply and add pairs of 16 bits at once: compilers use that for arrays of them. */
static inline gint32
dot (const gint8 *weights, const gint16 *steps)
{
  gint16 wide[ME_LANDMARK_DESCRIPTOR];
  gint32 sum = 0;

  for (int i = 0; i < ME_LANDMARK_DESCRIPTOR; i++)
    wide[i] = weights[i];
  for (int i = 0; i < ME_LANDMARK_DESCRIPTOR; i++)
    sum += wide[i] * steps[i];
  return sum;
}

/* How far the stage moves a landmark in x or y, in sides of the patch. output: 2 * landmark, + 1
 * for y, counted from the first that it moves. */
static inline float
regress (const MeLandmarkStage *stage, guint output, const gint16 *steps)
{
  const guint8 *inputs = stage->inputs + output / 2 * stage->n_inputs;
  const gint8 *weights = stage->weights + (gsize)output * stage->n_inputs * ME_LANDMARK_DESCRIPTOR;
  const float *scale = stage->scale + (gsize)output * stage->n_inputs;
  float sum = 0;

  for (int i = 0; i < stage->n_inputs; i++)
    sum += scale[i] * (float)dot (weights + i * ME_LANDMARK_DESCRIPTOR,
                          steps + inputs[i] * ME_LANDMARK_DESCRIPTOR);
  return stage->bias[output] + sum / STEPS;
}

/* Describes the landmarks whose bits are set, in steps. */
static void
describe (MeLandmarkFitter *f, const MeSimilarity *pose, const MePoint shape[ME_N_LANDMARKS],
    guint64 which, float spacing)
{
  me_landmark_describe (&f->room, pose, shape, which, spacing, f->features);
  for (int landmark = 0; landmark < ME_N_LANDMARKS; landmark++) {
    const float *features = f->features + landmark * ME_LANDMARK_DESCRIPTOR;
    gint16 *steps = f->steps + landmark * ME_LANDMARK_DESCRIPTOR;
    for (int i = 0; (which >> landmark & 1) && i < ME_LANDMARK_DESCRIPTOR; i++)
      steps[i] = (gint16)(features[i] * STEPS + 0.5f);
  }
}

/* Moves the landmarks from the first on. */
ME_VECTORISED static void
run_stage (const MeLandmarkStage *stage, const gint16 *steps, const MeSimilarity *pose, float side,
    MePoint *first, guint n)
{
  for (guint i = 0; i < n; i++) {
    float x = side * regress (stage, 2 * i, steps), y = side * regress (stage, 2 * i + 1, steps);
    first[i].x += pose->a * x - pose->b * y;
    first[i].y += pose->b * x + pose->a * y;
  }
}

static gboolean
look (MeLandmarkFitter *f, const MeFrame *frame, guint n, const MePoint shape[ME_N_LANDMARKS])
{
  int size = f->model->stages[n].size_px;

  if (size > 0) {
    f->pose = me_landmark_pose (f->model->mean, shape, size);
    if (!me_landmark_look (&f->room, f->cropper, frame, &f->pose, size))
      return FALSE;
  }
  describe (f, &f->pose, shape, ME_ALL_LANDMARKS, f->model->stages[n].spacing);
  return TRUE;
}

/* FALSE only for a damaged model, or a shape that was not finite before. */
static gboolean
is_finite (const MePoint shape[ME_N_LANDMARKS])
{
  float sum = 0;

  for (int i = 0; i < ME_N_LANDMARKS; i++)
    sum += shape[i].x + shape[i].y;
  return isfinite (sum);
}

/* The score of the check, from the descriptors around the final shape. */
static float
check (MeLandmarkFitter *f, const MePoint shape[ME_N_LANDMARKS])
{
  const MeLandmarkModel *model = f->model;
  float sum = model->check_bias;

  me_landmark_describe (&f->room, &f->pose, shape, ME_ALL_LANDMARKS,
      model->stages[model->n_stages - 1].spacing, f->features);
  for (int i = 0; i < ME_N_LANDMARK_FEATURES; i++)
    sum += model->check_weights[i] * f->features[i];
  return 1 / (1 + expf (-sum));
}

gboolean
me_landmark_fit (
    MeLandmarkFitter *f, const MeFrame *frame, MePoint shape[ME_N_LANDMARKS], float *score)
{
  const MeLandmarkModel *model = f->model;

  if (!moves_all (model))
    return FALSE;
  for (guint n = 0; n < model->n_stages; n++) {
    if (!look (f, frame, n, shape))
      return FALSE;
    run_stage (
        &model->stages[n], f->steps, &f->pose, (float)f->room.maps.size_px, shape, ME_N_LANDMARKS);
    if (!is_finite (shape))
      return FALSE;
  }
  *score = check (f, shape);
  return isfinite (*score);
}

/* ---- in a crop ---- */

#define AROUND_PX 6 /* what the cells of a descriptor cover, and a pixel */

/* The landmarks whose descriptors a stage depends on, as bits. */
static guint64
inputs_of (const MeLandmarkModel *model, const MeLandmarkStage *stage)
{
  guint64 which = 0;

  for (guint i = 0; i < (model->end - model->first) * stage->n_inputs; i++)
    which |= G_GUINT64_CONSTANT (1) << stage->inputs[i];
  return which;
}

/* One patch, as large as the half crop, for all stages. */
static gboolean
fits_in_crop (const MeLandmarkModel *model)
{
  for (guint n = 1; n < model->n_stages; n++)
    if (model->stages[n].size_px > 0)
      return FALSE;
  return model->stages[0].size_px == ME_CROP_HALF_PX;
}

/* What the descriptors of these landmarks of the crop cover. */
static MeBox
area_of (const MePoint shape[ME_N_LANDMARKS], guint64 which)
{
  const float most = ME_CROP_HALF_PX - 2;
  float left = most, right = 0, top = most, bottom = 0;

  for (int i = 0; i < ME_N_LANDMARKS; i++) {
    if (!(which >> i & 1))
      continue;
    left = MIN (left, shape[i].x - AROUND_PX), right = MAX (right, shape[i].x + AROUND_PX);
    top = MIN (top, shape[i].y - AROUND_PX), bottom = MAX (bottom, shape[i].y + AROUND_PX);
  }
  left = MAX (left, 0), right = CLAMP (right, left, most);
  top = MAX (top, 0), bottom = CLAMP (bottom, top, most);
  return (MeBox){ (int)left, (int)top, (int)right - (int)left + 2, (int)bottom - (int)top + 2 };
}

gboolean
me_landmark_fit_in_crop (MeLandmarkFitter *f, const MeCrop *crop, MePoint shape[ME_N_LANDMARKS])
{
  static const MeSimilarity here = { 1, 0, 0, 0 };
  const MeLandmarkModel *model = f->model;
  guint64 seen = 0;
  MeBox area;

  if (!fits_in_crop (model) || !is_finite (shape))
    return FALSE;
  for (guint n = 0; n < model->n_stages; n++)
    seen |= inputs_of (model, &model->stages[n]);
  area = area_of (shape, seen);
  me_landmark_look_at (&f->room, crop->half, ME_CROP_HALF_PX, &area);
  for (guint n = 0; n < model->n_stages; n++) {
    const MeLandmarkStage *stage = &model->stages[n];
    describe (f, &here, shape, inputs_of (model, stage), stage->spacing);
    run_stage (
        stage, f->steps, &here, ME_CROP_HALF_PX, shape + model->first, model->end - model->first);
  }
  return is_finite (shape);
}
