/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The coding sheet of a data set, of each layout that is one sheet: read, or refused with an error
 * that says where. */
#include "fuzz.h"

#include "coding.h"

#include <glib/gstdio.h>
#include <stdlib.h>

static char *path;

static void
remove_sheet (void)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
}

static void
make_place (void)
{
  g_autofree char *folder = g_dir_make_tmp ("microexpr-fuzz-XXXXXX", NULL);

  g_assert_nonnull (folder);
  path = g_build_filename (folder, "sheet.csv", NULL);
  atexit (remove_sheet);
}

static void
check (const Layout *layout)
{
  g_autoptr (GError) error = NULL;
  char *files[] = { path, NULL };
  g_autoptr (Coding) coding = coding_read (layout, files, &error);

  g_assert_true ((coding == NULL) == (error != NULL));
  g_assert_true (!error || g_utf8_validate (error->message, -1, NULL));
  for (guint i = 0; coding && i < coding->coded->len; i++) {
    const Coded *coded = g_ptr_array_index (coding->coded, i);
    g_assert_true (coded->onset > 0 && coded->offset > coded->onset);
    g_assert_true (coded->file && *coded->file);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (!path)
    make_place ();
  g_assert_true (g_file_set_contents_full (
      path, (const char *)data, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  for (guint i = 0; i < n_layouts; i++)
    check (&layouts[i]);
  return 0;
}
