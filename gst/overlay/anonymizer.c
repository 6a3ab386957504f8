/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Decides what of a picture is covered. A face that is not in the metas cannot be covered; what can
 * be done is to distrust the metas where they are known to be late: at the beginning, after a break
 * or a cut, while a face is lost, and before one that a lookahead has seen coming. */
#include "anonymizer.h"

#include <math.h>
#include <string.h>

#include "gstmicroexprmeta.h"
#include "anatomy/landmarks.h"

#define DISTRUST_NS ((gint64)(2 * GST_SECOND)) /* longer than between two searches for faces */
#define HOLE_NS ((gint64)GST_SECOND)           /* between frames: somebody may have come */
#define UNKNOWN G_MININT64                     /* time */
#define CUT_LEVELS 28 /* mean difference of the luma of two frames, of 255 */

/* The box ends at the brows and the chin: hair, ears and jaw are outside. In sizes of the box. */
#define BOX_HALF_WIDTH 0.70
#define BOX_HALF_HEIGHT 0.82
#define BOX_UP 0.06
/* Landmarks end there too. In extents of the landmarks. */
#define LANDMARKS_HALF_WIDTH 0.78
#define LANDMARKS_ABOVE 0.65
#define LANDMARKS_BELOW 0.18
#define LANDMARKS_MARGIN 1.12

void
gst_microexpr_cover_init (GstMicroexprCover *cover)
{
  memset (cover, 0, sizeof *cover);
  cover->luma = gst_microexpr_luma_new ();
  gst_microexpr_cover_reset (cover);
}

void
gst_microexpr_cover_clear (GstMicroexprCover *cover)
{
  g_clear_pointer (&cover->luma, gst_microexpr_luma_free);
}

void
gst_microexpr_cover_reset (GstMicroexprCover *cover)
{
  memset (cover->faces, 0, sizeof cover->faces);
  cover->now_ns = UNKNOWN;
  cover->unsure = TRUE;
  cover->unsure_ns = UNKNOWN;
  cover->has_picture = FALSE;
}

void
gst_microexpr_cover_set_info (GstMicroexprCover *cover, const GstVideoInfo *info)
{
  gst_microexpr_cover_reset (cover);
  cover->able = FALSE;
  gst_microexpr_luma_set_info (cover->luma, info);
}

/* The slot of a face, else a free one, else the one that was not seen for the longest time. */
static GstMicroexprCoveredFace *
slot_of (GstMicroexprCover *cover, guint id)
{
  GstMicroexprCoveredFace *best = &cover->faces[0];

  for (guint i = 0; i < GST_MICROEXPR_COVER_FACES; i++) {
    GstMicroexprCoveredFace *face = &cover->faces[i];
    if (face->used && face->id == id)
      return face;
    if (best->used && (!face->used || face->seen_ns < best->seen_ns))
      best = face;
  }
  return best;
}

/* FALSE: there is no box. */
static gboolean
ellipse_of_box (const GstStructure *s, GstMicroexprEllipse *ellipse)
{
  guint x, y, width, height;

  if (!gst_structure_get (s, "x", G_TYPE_UINT, &x, "y", G_TYPE_UINT, &y, "width", G_TYPE_UINT,
          &width, "height", G_TYPE_UINT, &height, NULL))
    return FALSE;
  *ellipse = (GstMicroexprEllipse){ x + width / 2., y + (0.5 - BOX_UP) * height,
    MAX (BOX_HALF_WIDTH * width, 1), MAX (BOX_HALF_HEIGHT * height, 1), 0 };
  return TRUE;
}

static double
coordinate (const GValue *landmarks, guint i)
{
  const GValue *value = gst_value_array_get_value (landmarks, i);

  return G_VALUE_HOLDS_DOUBLE (value) ? g_value_get_double (value) : 0;
}

/* From the person's right eye to the left one, radians. */
static double
roll_of (const GValue *landmarks)
{
  double x = 0, y = 0;

  for (guint i = 0; i < 6; i++) {
    guint right = ME_LANDMARK_RIGHT_EYE + i, left = ME_LANDMARK_LEFT_EYE + i;
    x += coordinate (landmarks, 2 * left) - coordinate (landmarks, 2 * right);
    y += coordinate (landmarks, 2 * left + 1) - coordinate (landmarks, 2 * right + 1);
  }
  return atan2 (y, x);
}

/* FALSE: there are no landmarks. */
static gboolean
ellipse_of_landmarks (const GstStructure *s, GstMicroexprEllipse *ellipse)
{
  const GValue *landmarks = gst_structure_get_value (s, "landmarks");
  guint n =
      landmarks && GST_VALUE_HOLDS_ARRAY (landmarks) ? gst_value_array_get_size (landmarks) / 2 : 0;
  double angle = n == ME_N_LANDMARKS ? roll_of (landmarks) : 0, cs = cos (angle), sn = sin (angle);
  double left = G_MAXDOUBLE, right = -G_MAXDOUBLE, top = G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  if (n < 3)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    double x = coordinate (landmarks, 2 * i), y = coordinate (landmarks, 2 * i + 1);
    double along = x * cs + y * sn, across = y * cs - x * sn;
    left = MIN (left, along);
    right = MAX (right, along);
    top = MIN (top, across);
    bottom = MAX (bottom, across);
  }
  double height = bottom - top, width = right - left;
  top -= LANDMARKS_ABOVE * height;
  bottom += LANDMARKS_BELOW * height;
  double u = (left + right) / 2, v = (top + bottom) / 2;
  double b = MAX ((bottom - top) / 2 * LANDMARKS_MARGIN, 1);
  double a = MAX (LANDMARKS_HALF_WIDTH * width * LANDMARKS_MARGIN, 0.7 * b);
  *ellipse = (GstMicroexprEllipse){ u * cs - v * sn, u * sn + v * cs, a, b, angle };
  return isfinite (a) && isfinite (b) && isfinite (ellipse->x) && isfinite (ellipse->y);
}

static guint
ellipses_of (const GstStructure *s, GstMicroexprEllipse ellipses[2])
{
  guint n = 0;

  n += ellipse_of_box (s, &ellipses[n]);
  n += ellipse_of_landmarks (s, &ellipses[n]);
  return n;
}

static void
take_face (GstMicroexprCover *cover, const GstStructure *s)
{
  GstMicroexprCoveredFace *face;
  guint id = 0;

  gst_structure_get_uint (s, "id", &id);
  face = slot_of (cover, id);
  face->used = face->seen = TRUE;
  face->id = id;
  face->seen_ns = cover->now_ns;
  face->n_ellipses = ellipses_of (s, face->ellipses);
}

/* A list of structures in the meta, or NULL when it is empty. */
static const GValue *
get_list (const GstStructure *meta, const char *field)
{
  const GValue *list = gst_structure_get_value (meta, field);

  if (!list || !GST_VALUE_HOLDS_LIST (list) || gst_value_list_get_size (list) == 0)
    return NULL;
  for (guint i = 0; i < gst_value_list_get_size (list); i++)
    if (!GST_VALUE_HOLDS_STRUCTURE (gst_value_list_get_value (list, i)))
      return NULL;
  return list;
}

/* TRUE: there is one at least. */
static gboolean
take_faces (GstMicroexprCover *cover, const GstStructure *meta)
{
  const GValue *list = get_list (meta, "faces");

  for (guint i = 0; i < GST_MICROEXPR_COVER_FACES; i++)
    cover->faces[i].seen = FALSE;
  for (guint i = 0; list && i < gst_value_list_get_size (list); i++)
    take_face (cover, gst_value_get_structure (gst_value_list_get_value (list, i)));
  return list != NULL;
}

/* Of faces that were lost only a while ago one may still be there. */
static gboolean
forget_lost_faces (GstMicroexprCover *cover)
{
  gboolean lost = FALSE;

  for (guint i = 0; i < GST_MICROEXPR_COVER_FACES; i++) {
    GstMicroexprCoveredFace *face = &cover->faces[i];
    if (!face->used || face->seen)
      continue;
    face->used = cover->now_ns - face->seen_ns <= DISTRUST_NS;
    lost |= face->used;
  }
  return lost;
}

/* Another picture than the one before it? */
static gboolean
is_cut (GstMicroexprCover *cover, GstBuffer *buffer)
{
  MeFrame frame = { 0 };
  MeThumbnail before = cover->picture;
  gboolean known = cover->has_picture;

  if (!gst_microexpr_luma_map (cover->luma, buffer, &frame))
    return FALSE;
  me_thumbnail_take (&cover->picture, &frame);
  gst_microexpr_luma_unmap (cover->luma);
  cover->has_picture = TRUE;
  return known && me_thumbnail_difference (&before, &cover->picture) > CUT_LEVELS;
}

/* From the next frame on nobody is known for certain. */
static void
doubt (GstMicroexprCover *cover)
{
  cover->unsure = TRUE;
  cover->unsure_ns = UNKNOWN;
}

/* Nobody found yet, for a while. */
static gboolean
is_unsure (GstMicroexprCover *cover, gboolean found)
{
  if (cover->unsure_ns == UNKNOWN)
    cover->unsure_ns = cover->now_ns;
  if (found || cover->now_ns - cover->unsure_ns > DISTRUST_NS)
    cover->unsure = FALSE;
  return cover->unsure;
}

static void
advance (GstMicroexprCover *cover, GstClockTime stream_time)
{
  gint64 before_ns = cover->now_ns;

  if (!GST_CLOCK_TIME_IS_VALID (stream_time))
    return;
  if (before_ns == UNKNOWN || (gint64)stream_time < before_ns)
    gst_microexpr_cover_reset (cover);
  else if ((gint64)stream_time - before_ns > HOLE_NS)
    doubt (cover);
  cover->now_ns = (gint64)stream_time;
}

/* Has somebody looked at this very picture? Not when it was passed over, nor when it was scaled or
 * cut out of another since. */
static gboolean
is_looked_at (const GstStructure *meta, const GstVideoInfo *info)
{
  guint width = 0, height = 0;

  if (!meta || gst_structure_has_field (meta, "unseen"))
    return FALSE;
  return !gst_structure_get (
             meta, "width", G_TYPE_UINT, &width, "height", G_TYPE_UINT, &height, NULL) ||
         (width == (guint)GST_VIDEO_INFO_WIDTH (info) &&
             height == (guint)GST_VIDEO_INFO_HEIGHT (info));
}

/* TRUE: whoever is in this frame may not be known. */
static gboolean
update (
    GstMicroexprCover *cover, GstBuffer *buffer, const GstVideoInfo *info, GstClockTime stream_time)
{
  const GstStructure *meta = gst_microexpr_meta_get_structure (buffer);
  gboolean found, lost;

  advance (cover, stream_time);
  if (is_cut (cover, buffer))
    doubt (cover);
  if (!is_looked_at (meta, info)) {
    doubt (cover);
    return TRUE;
  }
  found = take_faces (cover, meta);
  if (cover->now_ns == UNKNOWN)
    return TRUE;
  lost = forget_lost_faces (cover);
  return is_unsure (cover, found) || lost || get_list (meta, "coming");
}

/* Faces, those lost for a while where they were last, and those that are coming. */
static void
cover_faces (GstMicroexprCover *cover, const GstStructure *meta, GstVideoFrame *frame,
    GstMicroexprAnonymize how)
{
  const GValue *coming = meta ? get_list (meta, "coming") : NULL;

  for (guint i = 0; i < GST_MICROEXPR_COVER_FACES; i++)
    for (guint k = 0; cover->faces[i].used && k < cover->faces[i].n_ellipses; k++)
      gst_microexpr_mask_cover (frame, &cover->faces[i].ellipses[k], how);
  for (guint i = 0; coming && i < gst_value_list_get_size (coming); i++) {
    GstMicroexprEllipse ellipses[2];
    guint n =
        ellipses_of (gst_value_get_structure (gst_value_list_get_value (coming, i)), ellipses);
    for (guint k = 0; k < n; k++)
      gst_microexpr_mask_cover (frame, &ellipses[k], how);
  }
}

static gboolean
has_faces (const GstMicroexprCover *cover, const GstStructure *meta)
{
  for (guint i = 0; i < GST_MICROEXPR_COVER_FACES; i++)
    if (cover->faces[i].used)
      return TRUE;
  return meta && get_list (meta, "coming");
}

gboolean
gst_microexpr_cover_apply (GstMicroexprCover *cover, GstBuffer *buffer, const GstVideoInfo *info,
    GstClockTime stream_time, GstMicroexprAnonymize how, GstMicroexprFallback fallback)
{
  gboolean distrust = update (cover, buffer, info, stream_time);
  gboolean all = distrust && fallback == GST_MICROEXPR_FALLBACK_FRAME;
  const GstStructure *meta = gst_microexpr_meta_get_structure (buffer);
  gboolean needed = all || has_faces (cover, meta);
  GstVideoFrame frame;

  if (!gst_video_frame_map (&frame, info, buffer,
          (needed ? GST_MAP_READWRITE : GST_MAP_READ) | GST_VIDEO_FRAME_MAP_FLAG_NO_REF))
    return FALSE;
  if (all)
    gst_microexpr_mask_cover (&frame, NULL, how);
  else if (needed)
    cover_faces (cover, meta, &frame, how);
  gst_video_frame_unmap (&frame);
  cover->able = TRUE;
  return TRUE;
}
