/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Decides what of a picture is covered. A face that the metas do not list cannot be covered, so the
 * whole picture is, where the metas may miss one: at the beginning, after a gap or a cut, while a
 * face is lost, and before one that a lookahead has seen coming. */
#include "anonymizer.h"

#include <string.h>

#include "gstmicroexprmeta.h"
#include "cover.h"

#define SEARCH_NS ((gint64)(2 * GST_SECOND)) /* by default microexpr finds a face sooner */
#define GAP_NS ((gint64)GST_SECOND)          /* between frames: somebody may have come */
#define NO_TIME G_MININT64
#define CUT_LEVELS 28 /* mean difference of the luma of two frames, of 255 */

void
gst_microexpr_anonymizer_init (GstMicroexprAnonymizer *anonymizer)
{
  memset (anonymizer, 0, sizeof *anonymizer);
  anonymizer->luma = gst_microexpr_luma_new ();
  gst_microexpr_anonymizer_reset (anonymizer);
}

void
gst_microexpr_anonymizer_clear (GstMicroexprAnonymizer *anonymizer)
{
  g_clear_pointer (&anonymizer->luma, gst_microexpr_luma_free);
}

static void
start_search (GstMicroexprAnonymizer *anonymizer)
{
  anonymizer->searching = TRUE;
  anonymizer->search_ns = NO_TIME;
}

void
gst_microexpr_anonymizer_reset (GstMicroexprAnonymizer *anonymizer)
{
  memset (anonymizer->faces, 0, sizeof anonymizer->faces);
  anonymizer->now_ns = NO_TIME;
  start_search (anonymizer);
  anonymizer->has_picture = FALSE;
}

void
gst_microexpr_anonymizer_set_info (GstMicroexprAnonymizer *anonymizer, const GstVideoInfo *info)
{
  gst_microexpr_anonymizer_reset (anonymizer);
  anonymizer->succeeded = FALSE;
  gst_microexpr_luma_set_info (anonymizer->luma, info);
}

/* The slot of a face, else a free one, else the one that was not seen for the longest time. */
static GstMicroexprCoveredFace *
slot_of (GstMicroexprAnonymizer *anonymizer, guint id)
{
  GstMicroexprCoveredFace *best = &anonymizer->faces[0];

  for (guint i = 0; i < ME_MAX_FACES; i++) {
    GstMicroexprCoveredFace *face = &anonymizer->faces[i];
    if (face->used && face->id == id)
      return face;
    if (best->used && (!face->used || face->seen_ns < best->seen_ns))
      best = face;
  }
  return best;
}

static void
read_face (GstMicroexprAnonymizer *anonymizer, const GstStructure *s)
{
  GstMicroexprCoveredFace *face;
  guint id = 0;

  gst_structure_get_uint (s, "id", &id);
  face = slot_of (anonymizer, id);
  face->used = face->seen = TRUE;
  face->id = id;
  face->seen_ns = anonymizer->now_ns;
  face->n_masks = gst_microexpr_masks_of_face (s, face->masks);
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

/* Returns whether there are any. */
static gboolean
read_faces (GstMicroexprAnonymizer *anonymizer, const GstStructure *meta)
{
  const GValue *list = get_list (meta, "faces");

  for (guint i = 0; i < ME_MAX_FACES; i++)
    anonymizer->faces[i].seen = FALSE;
  for (guint i = 0; list && i < gst_value_list_get_size (list); i++)
    read_face (anonymizer, gst_value_get_structure (gst_value_list_get_value (list, i)));
  return list != NULL;
}

/* Forgets those lost for longer than SEARCH_NS. Returns whether any other is lost: it may still be
 * there. */
static gboolean
forget_lost_faces (GstMicroexprAnonymizer *anonymizer)
{
  gboolean lost = FALSE;

  for (guint i = 0; i < ME_MAX_FACES; i++) {
    GstMicroexprCoveredFace *face = &anonymizer->faces[i];
    if (!face->used || face->seen)
      continue;
    face->used = anonymizer->now_ns - face->seen_ns <= SEARCH_NS;
    lost |= face->used;
  }
  return lost;
}

/* Compares the picture with the one before it. */
static gboolean
is_cut (GstMicroexprAnonymizer *anonymizer, GstBuffer *buffer)
{
  MeFrame frame = { 0 };
  MeThumbnail before = anonymizer->picture;
  gboolean known = anonymizer->has_picture;

  if (!gst_microexpr_luma_map (anonymizer->luma, buffer, &frame))
    return FALSE;
  me_thumbnail_make (&anonymizer->picture, &frame);
  gst_microexpr_luma_unmap (anonymizer->luma);
  anonymizer->has_picture = TRUE;
  return known && me_thumbnail_difference (&before, &anonymizer->picture) > CUT_LEVELS;
}

/* TRUE until a face is found, for SEARCH_NS at most. */
static gboolean
continue_search (GstMicroexprAnonymizer *anonymizer, gboolean found)
{
  if (anonymizer->search_ns == NO_TIME)
    anonymizer->search_ns = anonymizer->now_ns;
  if (found || anonymizer->now_ns - anonymizer->search_ns > SEARCH_NS)
    anonymizer->searching = FALSE;
  return anonymizer->searching;
}

static void
advance (GstMicroexprAnonymizer *anonymizer, GstClockTime stream_time)
{
  gint64 before_ns = anonymizer->now_ns;

  if (!GST_CLOCK_TIME_IS_VALID (stream_time))
    return;
  if (before_ns == NO_TIME || (gint64)stream_time < before_ns)
    gst_microexpr_anonymizer_reset (anonymizer);
  else if ((gint64)stream_time - before_ns > GAP_NS)
    start_search (anonymizer);
  anonymizer->now_ns = (gint64)stream_time;
}

/* Whether microexpr has analysed this very picture: it was not skipped, and has not been scaled or
 * cropped since. */
static gboolean
is_analysed (const GstStructure *meta, const GstVideoInfo *info)
{
  guint width = 0, height = 0;

  if (!meta || gst_structure_has_field (meta, "unseen"))
    return FALSE;
  return !gst_structure_get (
             meta, "width", G_TYPE_UINT, &width, "height", G_TYPE_UINT, &height, NULL) ||
         (width == (guint)GST_VIDEO_INFO_WIDTH (info) &&
             height == (guint)GST_VIDEO_INFO_HEIGHT (info));
}

/* Returns whether there may be a face in this frame that the metas do not list. */
static gboolean
update_faces (GstMicroexprAnonymizer *anonymizer, GstBuffer *buffer, const GstVideoInfo *info,
    GstClockTime stream_time)
{
  const GstStructure *meta = gst_microexpr_meta_get_structure (buffer);
  gboolean found, lost;

  advance (anonymizer, stream_time);
  if (is_cut (anonymizer, buffer))
    start_search (anonymizer);
  if (!is_analysed (meta, info)) {
    start_search (anonymizer);
    return TRUE;
  }
  found = read_faces (anonymizer, meta);
  if (anonymizer->now_ns == NO_TIME)
    return TRUE;
  lost = forget_lost_faces (anonymizer);
  return continue_search (anonymizer, found) || lost || get_list (meta, "coming");
}

/* A lost face is covered where it was last, one that is coming where it will be. */
static void
cover_faces (GstMicroexprAnonymizer *anonymizer, const GstStructure *meta, GstVideoFrame *frame,
    GstMicroexprAnonymize how)
{
  const GValue *coming = meta ? get_list (meta, "coming") : NULL;

  for (guint i = 0; i < ME_MAX_FACES; i++)
    for (guint k = 0; anonymizer->faces[i].used && k < anonymizer->faces[i].n_masks; k++)
      gst_microexpr_cover_draw (frame, &anonymizer->faces[i].masks[k], how);
  for (guint i = 0; coming && i < gst_value_list_get_size (coming); i++) {
    GstMicroexprMask masks[GST_MICROEXPR_MAX_MASKS];
    guint n = gst_microexpr_masks_of_face (
        gst_value_get_structure (gst_value_list_get_value (coming, i)), masks);
    for (guint k = 0; k < n; k++)
      gst_microexpr_cover_draw (frame, &masks[k], how);
  }
}

static gboolean
has_faces (const GstMicroexprAnonymizer *anonymizer, const GstStructure *meta)
{
  for (guint i = 0; i < ME_MAX_FACES; i++)
    if (anonymizer->faces[i].used)
      return TRUE;
  return meta && get_list (meta, "coming");
}

gboolean
gst_microexpr_anonymizer_apply (GstMicroexprAnonymizer *anonymizer, GstBuffer *buffer,
    const GstVideoInfo *info, GstClockTime stream_time, GstMicroexprAnonymize how,
    GstMicroexprFallback fallback)
{
  gboolean incomplete = update_faces (anonymizer, buffer, info, stream_time);
  gboolean all = incomplete && fallback == GST_MICROEXPR_FALLBACK_FRAME;
  const GstStructure *meta = gst_microexpr_meta_get_structure (buffer);
  gboolean needed = all || has_faces (anonymizer, meta);
  GstVideoFrame frame;

  if (!gst_video_frame_map (&frame, info, buffer,
          (needed ? GST_MAP_READWRITE : GST_MAP_READ) | GST_VIDEO_FRAME_MAP_FLAG_NO_REF))
    return FALSE;
  if (all)
    gst_microexpr_cover_draw (&frame, NULL, how);
  else if (needed)
    cover_faces (anonymizer, meta, &frame, how);
  gst_video_frame_unmap (&frame);
  anonymizer->succeeded = TRUE;
  return TRUE;
}
