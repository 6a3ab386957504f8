/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Faces and events as GstAnalyticsRelationMeta: object detection, tracking and classification, and
 * landmarks with GStreamer 1.30. Only built with GStreamer 1.24 or newer. */
#include "analytics.h"

#include <gst/analytics/analytics.h>
#include <math.h>

#include "event-label.h"
#include "gstmicroexprmeta.h"
#include "structure-list.h"

/* Consumers look for one or the other: overlays for RELATE_TO, converters for CONTAIN. */
#define RELATION (GST_ANALYTICS_REL_TYPE_RELATE_TO | GST_ANALYTICS_REL_TYPE_CONTAIN)

#if GST_CHECK_VERSION(1, 29, 2) /* on the way to 1.30 */

#define N_COORDINATES 2

/* With face-data=landmarks: their group, in the order of that field. */
static void
add_landmarks (
    GstAnalyticsRelationMeta *meta, const GstAnalyticsODMtd *detection, const GstStructure *face)
{
  const GValue *landmarks = gst_structure_get_value (face, "landmarks");
  guint n = landmarks ? gst_value_array_get_size (landmarks) : 0;
  g_autofree gint *positions = NULL;
  g_autofree char *tag = NULL;
  GstAnalyticsGroupMtd group;

  if (n == 0)
    return;
  positions = g_new (gint, n);
  tag = g_strdup_printf ("face-%u-kp", n / N_COORDINATES);
  for (guint i = 0; i < n; i++)
    positions[i] = (gint)lround (g_value_get_double (gst_value_array_get_value (landmarks, i)));
  if (gst_analytics_relation_meta_add_keypoints_group (meta, tag,
          GST_ANALYTICS_KEYPOINT_DIMENSIONS_2D, n, positions, n / N_COORDINATES, NULL, NULL, 0,
          NULL, &group))
    gst_analytics_relation_meta_set_relation (meta, RELATION, detection->id, group.id);
}

static gboolean
is_group_with (GstAnalyticsRelationMeta *meta, guint group, guint member)
{
  GstAnalyticsGroupMtd mtd;

  return gst_analytics_relation_meta_get_group_mtd (meta, group, &mtd) &&
         gst_analytics_relation_meta_get_relation (meta, group, member) ==
             GST_ANALYTICS_REL_TYPE_CONTAIN;
}

static void
tag_class (GstAnalyticsClsMtd *class, const GstStructure *event)
{
  gst_analytics_mtd_set_semantic_tag (class, gst_structure_has_field (event, "emotion")
                                                 ? "facial-expression/emotion"
                                                 : "facial-expression/action-units");
}

#else

static void
add_landmarks (
    GstAnalyticsRelationMeta *meta, const GstAnalyticsODMtd *detection, const GstStructure *face)
{
  (void)meta;
  (void)detection;
  (void)face;
}

static gboolean
is_group_with (GstAnalyticsRelationMeta *meta, guint group, guint member)
{
  (void)meta;
  (void)group;
  (void)member;
  return FALSE;
}

static void
tag_class (GstAnalyticsClsMtd *class, const GstStructure *event)
{
  (void)class;
  (void)event;
}

#endif

static void
add_tracking (
    GstAnalyticsRelationMeta *meta, const GstAnalyticsODMtd *detection, guint id, GstClockTime time)
{
  GstAnalyticsTrackingMtd tracking;

  if (!gst_analytics_relation_meta_add_tracking_mtd (meta, id, GST_CLOCK_TIME_NONE, &tracking))
    return;
  gst_analytics_tracking_mtd_update_last_seen (&tracking, time);
  gst_analytics_relation_meta_set_relation (meta, RELATION, detection->id, tracking.id);
}

static void
add_event (
    GstAnalyticsRelationMeta *meta, const GstAnalyticsODMtd *detection, const GstStructure *event)
{
  char *label = gst_microexpr_event_class (event);
  GstAnalyticsClsMtd class;
  double confidence = 0;

  gst_structure_get_double (event, "confidence", &confidence);
  if (gst_analytics_relation_meta_add_one_cls_mtd (
          meta, (float)confidence, g_quark_from_string (label), &class)) {
    gst_analytics_relation_meta_set_relation (meta, RELATION, detection->id, class.id);
    tag_class (&class, event);
  }
  g_free (label);
}

static void
add_face (GstAnalyticsRelationMeta *meta, const GstStructure *face, const GValue *events,
    GstClockTime time)
{
  guint id = 0, x = 0, y = 0, width = 0, height = 0, event_face;
  GstAnalyticsODMtd detection;
  double quality = 0;

  gst_structure_get (face, "id", G_TYPE_UINT, &id, "x", G_TYPE_UINT, &x, "y", G_TYPE_UINT, &y,
      "width", G_TYPE_UINT, &width, "height", G_TYPE_UINT, &height, "quality", G_TYPE_DOUBLE,
      &quality, NULL);
  if (!gst_analytics_relation_meta_add_od_mtd (meta, g_quark_from_static_string ("face"), (gint)x,
          (gint)y, (gint)width, (gint)height, (float)quality, &detection))
    return;
  add_tracking (meta, &detection, id, time);
  add_landmarks (meta, &detection, face);
  for (guint i = 0; i < gst_microexpr_list_size (events); i++) {
    const GstStructure *event = gst_microexpr_list_get (events, i);

    if (gst_structure_get_uint (event, "face", &event_face) && event_face == id &&
        !gst_microexpr_event_is_candidate (event))
      add_event (meta, &detection, event);
  }
}

/* --- those of another microexpr upstream --- */

/* The tracking of one of these faces, as add_tracking() makes it. */
static gboolean
tracks_one_of (GstAnalyticsMtd *mtd, const GValue *faces)
{
  GstClockTime first, last;
  gboolean lost;
  guint64 id;

  return gst_analytics_mtd_get_mtd_type (mtd) == gst_analytics_tracking_mtd_get_mtd_type () &&
         gst_analytics_tracking_mtd_get_info (mtd, &id, &first, &last, &lost) &&
         gst_microexpr_list_has_face (faces, id);
}

/* What add_face() has related to a detection, or a keypoint of such a group. Nobody else sets both
 * relations at once. */
static gboolean
belongs (GstAnalyticsRelationMeta *meta, guint to, guint which)
{
  return gst_analytics_relation_meta_get_relation (meta, to, which) == RELATION ||
         is_group_with (meta, to, which);
}

/* Marks the detections of these faces, and what belongs to them; it follows them. Returns how
 * many. */
static guint
mark_faces (GstAnalyticsRelationMeta *meta, const GValue *faces, gboolean *marked, guint n)
{
  GstAnalyticsMtd mtd;
  guint n_marked = 0;

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < n; k++)
      if (gst_analytics_relation_meta_get_relation (meta, i, k) == RELATION &&
          gst_analytics_relation_meta_get_mtd (meta, k, GST_ANALYTICS_MTD_TYPE_ANY, &mtd) &&
          tracks_one_of (&mtd, faces))
        marked[i] = TRUE;
  for (guint i = 0; i < n; i++)
    for (guint k = 0; marked[i] && k < n; k++)
      marked[k] = marked[k] || belongs (meta, i, k);
  for (guint i = 0; i < n; i++)
    n_marked += marked[i] ? 1 : 0;
  return n_marked;
}

/* The meta without the faces of another microexpr upstream, whose numbers mean nothing beside ours;
 * NULL: there is none any more. The library removes no single entry, so beside what others have
 * found those faces stay. */
static GstAnalyticsRelationMeta *
without_faces (GstBuffer *buffer, GstAnalyticsRelationMeta *meta, const GValue *faces)
{
  guint n = (guint)gst_analytics_relation_get_length (meta);
  g_autofree gboolean *marked = g_new0 (gboolean, n);

  if (n == 0 || mark_faces (meta, faces, marked, n) < n)
    return meta;
  gst_buffer_remove_meta (buffer, (GstMeta *)meta);
  return NULL;
}

/* The faces that another microexpr has attached; NULL: none has. */
static const GValue *
faces_from_upstream (GstBuffer *buffer)
{
  const GstStructure *s = gst_microexpr_meta_get_structure (buffer);
  const GValue *faces = s ? gst_structure_get_value (s, "faces") : NULL;

  return faces && GST_VALUE_HOLDS_LIST (faces) ? faces : NULL;
}

void
gst_microexpr_analytics_attach (
    GstBuffer *buffer, const GValue *events, const GValue *faces, GstClockTime time)
{
  guint n_faces = gst_microexpr_list_size (faces);
  GstAnalyticsRelationMeta *meta = gst_buffer_get_analytics_relation_meta (buffer);
  const GValue *before = faces_from_upstream (buffer);

  if (meta && before)
    meta = without_faces (buffer, meta, before);
  if (n_faces == 0)
    return;
  if (!meta)
    meta = gst_buffer_add_analytics_relation_meta (buffer);
  for (guint i = 0; i < n_faces; i++)
    add_face (meta, gst_microexpr_list_get (faces, i), events, time);
}
