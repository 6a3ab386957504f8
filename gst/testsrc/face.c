/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The photograph that the test source animates: pixels and landmarks, built in or from files. */
#include "face.h"

#include "anatomy/landmarks.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "finding/landmarker.h"
#include "testsrc/testface-resources.h"

#define RESOURCES "/org/freedesktop/gstreamer/microexpr/"
#define MIN_FACE_PX 80 /* smallest face to find in a photo without landmarks */
#define MIN_IPD_PX 20  /* smallest face that can be animated */
#define MAX_TEMPLATE_POINTS 512
#define REACH 5.0f     /* IPD: all landmarks lie this close to the middle between the eyes */
#define LID_STEP 0.01f /* IPD: least step to the right from one landmark of a lid to the next */

/* An embedded text. (transfer full) */
static char *
embedded_text (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (
      gst_microexpr_test_face_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The rows of a text, without comments and blank lines. The strings lie in `text`, which is
 * modified. (transfer container) */
static GPtrArray *
split_rows (char *text)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (char *row = text, *next; row; row = next) {
    next = strchr (row, '\n');
    if (next)
      *next++ = '\0';
    g_strstrip (row);
    if (*row && *row != '#')
      g_ptr_array_add (rows, row);
  }
  return rows;
}

/* "x y", separated by white space. */
static gboolean
parse_point (const char *row, MePoint *point)
{
  char *end, *last;

  point->x = (float)g_ascii_strtod (row, &end);
  point->y = (float)g_ascii_strtod (end, &last);
  return end != row && last != end && isfinite (point->x) && isfinite (point->y);
}

static gboolean
parse_points (GPtrArray *rows, guint first, guint n, MePoint *points)
{
  if (rows->len < first + n)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    if (!parse_point (g_ptr_array_index (rows, first + i), &points[i]))
      return FALSE;
  }
  return TRUE;
}

/* In the iBUG scheme or that of landmarks.h. */
static gboolean
parse_landmarks (char *text, MePoint landmarks[ME_N_LANDMARKS])
{
  g_autoptr (GPtrArray) rows = split_rows (text);
  MePoint ibug[ME_N_IBUG];

  if (rows->len < ME_N_IBUG)
    return parse_points (rows, 0, ME_N_LANDMARKS, landmarks);
  if (!parse_points (rows, 0, ME_N_IBUG, ibug))
    return FALSE;
  me_landmarks_from_ibug (ibug, landmarks);
  return TRUE;
}

/* "point:weight point:weight ..." applied to the points of a template; NAN when malformed. */
static MePoint
weighted_mean (const char *pairs, const MePoint *points, guint n_points)
{
  MePoint mean = { 0, 0 };

  while (*pairs) {
    char *end;
    guint64 point = g_ascii_strtoull (pairs, &end, 10);
    float weight;

    if (end == pairs || *end != ':' || point >= n_points)
      return (MePoint){ NAN, NAN };
    weight = (float)g_ascii_strtod (end + 1, &end);
    mean.x += weight * points[point].x;
    mean.y += weight * points[point].y;
    pairs = end + strspn (end, " ");
  }
  return mean;
}

/* A Psychomorph template: the number of points, then one "x y" per row; the rest is ignored. */
static gboolean
parse_template (char *text, MePoint landmarks[ME_N_LANDMARKS])
{
  g_autofree char *table = embedded_text ("landmarks-from-template.txt");
  g_autoptr (GPtrArray) means = split_rows (table);
  g_autoptr (GPtrArray) rows = split_rows (text);
  MePoint points[MAX_TEMPLATE_POINTS];
  guint64 n = rows->len ? g_ascii_strtoull (g_ptr_array_index (rows, 0), NULL, 10) : 0;

  if (n > MAX_TEMPLATE_POINTS || !parse_points (rows, 1, (guint)n, points))
    return FALSE;
  for (guint i = 0; i < ME_N_LANDMARKS; i++) {
    const char *pairs = strchr (g_ptr_array_index (means, i), ' ') + 1;

    landmarks[i] = weighted_mean (pairs, points, (guint)n);
    if (isnan (landmarks[i].x))
      return FALSE;
  }
  return TRUE;
}

/* Files of landmarks next to a photo. */
static const struct
{
  const char *suffix;
  gboolean (*parse) (char *text, MePoint landmarks[ME_N_LANDMARKS]);
} landmark_files[] = {
  { ".txt", parse_landmarks },
  { ".tem", parse_template },
};

/* The luma of a photo, one byte per pixel. (transfer full) */
static guint8 *
photo_to_luma (const GdkPixbuf *photo)
{
  int width = gdk_pixbuf_get_width (photo), height = gdk_pixbuf_get_height (photo);
  int channels = gdk_pixbuf_get_n_channels (photo), stride = gdk_pixbuf_get_rowstride (photo);
  const guint8 *pixels = gdk_pixbuf_read_pixels (photo);
  guint8 *luma = g_malloc ((gsize)width * height);

  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      const guint8 *rgb = pixels + (gsize)y * stride + x * channels;

      luma[(gsize)y * width + x] = (guint8)((77 * rgb[0] + 150 * rgb[1] + 29 * rgb[2]) >> 8);
    }
  }
  return luma;
}

static gboolean
find_landmarks (const char *path, GstMicroexprTestFace *face, GError **error)
{
  MeLandmarker *landmarker = me_landmarker_new (NULL, error);
  MeFaceFinder *finder = landmarker ? me_face_finder_new (error) : NULL;
  g_autofree guint8 *luma = photo_to_luma (face->photo);
  int width = gdk_pixbuf_get_width (face->photo);
  MeFrame frame = { .luma = luma, .width = width, .stride = (gsize)width, .pixel_aspect = 1 };
  MeDetection found;
  float score;
  gboolean ok;

  if (!finder) {
    me_landmarker_free (landmarker);
    return FALSE;
  }
  frame.height = gdk_pixbuf_get_height (face->photo);
  ok = me_face_finder_detect (finder, &frame, MIN_FACE_PX, &found, 1) == 1 &&
       me_landmarker_find (landmarker, &frame, &found, face->landmarks, &score);
  if (!ok)
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
        "no frontal face of at least %d px found in \"%s\"", MIN_FACE_PX, path);
  me_landmarker_free (landmarker);
  me_face_finder_free (finder);
  return ok;
}

/* A file next to the photo takes precedence over the face finder. */
static gboolean
load_landmarks (const char *path, GstMicroexprTestFace *face, GError **error)
{
  const char *dot = strrchr (path, '.');
  gsize stem = dot ? (gsize)(dot - path) : strlen (path);

  for (guint i = 0; i < G_N_ELEMENTS (landmark_files); i++) {
    g_autofree char *file = g_strdup_printf ("%.*s%s", (int)stem, path, landmark_files[i].suffix);
    g_autofree char *text = NULL;

    if (!g_file_get_contents (file, &text, NULL, NULL))
      continue;
    if (landmark_files[i].parse (text, face->landmarks))
      return TRUE;
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "\"%s\" holds no %s landmarks", file,
        landmark_files[i].suffix);
    return FALSE;
  }
  return find_landmarks (path, face, error);
}

static gboolean
load_built_in (GstMicroexprTestFace *face, GError **error)
{
  g_autofree char *text = embedded_text ("face-landmarks.txt");
  g_autoptr (GInputStream) jpeg = g_resource_open_stream (gst_microexpr_test_face_get_resource (),
      RESOURCES "face.jpg", G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (jpeg)
    face->photo = gdk_pixbuf_new_from_stream (jpeg, NULL, error);
  return face->photo && parse_landmarks (text, face->landmarks);
}

/* Whether the landmarks of both lids run from the left corner of the eye to the right one. */
static gboolean
lids_in_order (const GstMicroexprTestFace *face, MeSide side)
{
  static const guint8 lids[][4] = {
    { ME_EYE_CORNER_1, ME_EYE_UPPER_LID_1, ME_EYE_UPPER_LID_2, ME_EYE_CORNER_2 },
    { ME_EYE_CORNER_1, ME_EYE_LOWER_LID_1, ME_EYE_LOWER_LID_2, ME_EYE_CORNER_2 },
  };
  const MePoint *eye = me_eye_landmarks (face->landmarks, side);
  float step = LID_STEP * gst_microexpr_test_face_ipd (face);

  for (guint lid = 0; lid < G_N_ELEMENTS (lids); lid++)
    for (int i = 0; i < 3; i++)
      if (!(eye[lids[lid][i + 1]].x - eye[lids[lid][i]].x > step))
        return FALSE;
  return TRUE;
}

/* Whether the eyes lie in the photo and the rest of the face around them: files may be wrong. */
static gboolean
plausible (const GstMicroexprTestFace *face)
{
  MePoint right = me_eye_center (face->landmarks, ME_RIGHT);
  MePoint left = me_eye_center (face->landmarks, ME_LEFT);
  MePoint middle = { (right.x + left.x) / 2, (right.y + left.y) / 2 };
  float reach = REACH * gst_microexpr_test_face_ipd (face);

  for (int i = 0; i < ME_N_LANDMARKS; i++)
    if (!(hypotf (face->landmarks[i].x - middle.x, face->landmarks[i].y - middle.y) < reach))
      return FALSE;
  return lids_in_order (face, ME_RIGHT) && lids_in_order (face, ME_LEFT) &&
         MIN (MIN (right.x, right.y), MIN (left.x, left.y)) >= 0 &&
         MAX (right.x, left.x) < (float)gdk_pixbuf_get_width (face->photo) &&
         MAX (right.y, left.y) < (float)gdk_pixbuf_get_height (face->photo);
}

static gboolean
load_file (const char *path, GstMicroexprTestFace *face, GError **error)
{
  face->photo = gdk_pixbuf_new_from_file (path, error);
  if (!face->photo) {
    g_prefix_error (error, "cannot read the photograph \"%s\": ", path);
    return FALSE;
  }
  if (!load_landmarks (path, face, error))
    return FALSE;
  if (!(gst_microexpr_test_face_ipd (face) >= MIN_IPD_PX)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
        "the eyes in \"%s\" are %.0f px apart, %d px are needed", path,
        gst_microexpr_test_face_ipd (face), MIN_IPD_PX);
    return FALSE;
  }
  if (!plausible (face)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
        "the landmarks beside \"%s\" do not fit a face in it", path);
    return FALSE;
  }
  return TRUE;
}

GstMicroexprTestFace *
gst_microexpr_test_face_load (const char *path, GError **error)
{
  GstMicroexprTestFace *face = g_new0 (GstMicroexprTestFace, 1);
  gboolean ok = path && *path ? load_file (path, face, error) : load_built_in (face, error);

  if (ok)
    return face;
  gst_microexpr_test_face_free (face);
  return NULL;
}

void
gst_microexpr_test_face_free (GstMicroexprTestFace *face)
{
  if (!face)
    return;
  g_clear_object (&face->photo);
  g_free (face);
}

float
gst_microexpr_test_face_ipd (const GstMicroexprTestFace *face)
{
  MePoint right = me_eye_center (face->landmarks, ME_RIGHT);
  MePoint left = me_eye_center (face->landmarks, ME_LEFT);

  return hypotf (left.x - right.x, left.y - right.y);
}
