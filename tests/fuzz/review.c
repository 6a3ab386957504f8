/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a recording brings into the page of microexpr-review: its name, the motion of its faces at
 * whatever times it has, and any text. No tag begins inside of it, links lead where they should,
 * and memory follows the number of frames. */
#include "fuzz.h"

#include "bytes.h"
#include "review/motion.h"
#include "shared/moments.h"
#include "shared/page-file.h"
#include "review/page.h"

#define MOST_FRAMES 64
#define MOST_BYTES (64 << 20) /* of a page that shows so many frames */

/* The rest of the bytes as text, without the NUL in it. */
static char *
take_text (Bytes *bytes, gsize most)
{
  gsize n = MIN (most, bytes->size);
  char *text = g_strndup ((const char *)bytes->data, n);

  bytes->data += n;
  bytes->size -= n;
  return text;
}

static void
check_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) data = g_string_new (NULL), escaped = g_string_new (NULL);
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), valid);
  g_autofree char *json = json_to_string (node, FALSE);

  app_page_append_escaped (escaped, text);
  g_assert_null (strpbrk (escaped->str, "<>\"'"));
  app_page_append_data (data, json);
  /* The element's own two tags. */
  g_assert_true (strchr (data->str + 1, '<') == g_strrstr (data->str, "</script>"));
}

static void
check_link (const char *name)
{
  g_autofree char *path = g_build_filename ("/recordings", name, NULL);
  g_autofree char *link = review_page_link ("/pages/page.html", path);
  g_autofree char *back = g_uri_unescape_string (link, NULL);
  g_autofree char *canonical = g_canonicalize_filename (path, NULL);
  g_autofree char *reached = NULL;

  g_assert_null (strpbrk (link, "<>\"'&?#: \\"));
  g_assert_nonnull (back);
  reached = g_canonicalize_filename (back, "/pages");
  g_assert_cmpstr (reached, ==, canonical);
}

static GstStructure *
make_face (Bytes *bytes)
{
  static const char *const names[] = { "inner-brow", "chin", "elsewhere" };
  GstStructure *face = gst_structure_new ("face", "id", G_TYPE_UINT, bytes_take_below (bytes, 3),
      "motion", G_TYPE_DOUBLE, bytes_take_double (bytes), "noise", G_TYPE_DOUBLE,
      bytes_take_double (bytes), NULL);
  GValue list = G_VALUE_INIT;

  g_value_init (&list, GST_TYPE_LIST);
  for (guint i = bytes_take_below (bytes, APP_MAX_MOVEMENTS + 4); i > 0 && bytes->size > 0; i--) {
    GValue value = G_VALUE_INIT;

    g_value_init (&value, GST_TYPE_STRUCTURE);
    g_value_take_boxed (&value,
        gst_structure_new ("region", "name", G_TYPE_STRING,
            names[bytes_take_below (bytes, G_N_ELEMENTS (names))], "dx", G_TYPE_DOUBLE,
            bytes_take_double (bytes), "dy", G_TYPE_DOUBLE, bytes_take_double (bytes), NULL));
    gst_value_list_append_and_take_value (&list, &value);
  }
  gst_structure_take_value (face, "regions", &list);
  return face;
}

/* Times grow, and may jump by any number of years: the review takes them as they are. */
static void
check_motion (Bytes *bytes)
{
  ReviewMotion *motion = review_motion_new (0);
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  guint64 time_ns = bytes_take_below (bytes, 2) ? bytes_take_uint64 (bytes) : 0;

  for (guint i = 0; i < MOST_FRAMES && bytes->size > 0; i++) {
    GstStructure *face = make_face (bytes);
    AppMoment moment;

    app_moment_read (&moment, time_ns, face);
    review_motion_push (motion, time_ns, 40 * GST_MSECOND, face);
    gst_structure_free (face);
    guint64 step = bytes_take_below (bytes, 4) ? 40 * GST_MSECOND : bytes_take_uint64 (bytes);
    if (time_ns > (guint64)G_MAXINT64 - MIN (step, G_MAXINT64))
      break;
    time_ns += MAX (step, 1);
  }
  review_motion_write (motion, json);
  root = json_builder_get_root (json);
  text = json_to_string (root, FALSE);
  g_assert_cmpuint (strlen (text), <, MOST_BYTES);
  review_motion_free (motion);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Bytes bytes = { data, size };
  g_autofree char *name = NULL;

  gst_init (NULL, NULL);
  name = take_text (&bytes, 64);
  check_text (name);
  check_link (name);
  check_motion (&bytes);
  return 0;
}
