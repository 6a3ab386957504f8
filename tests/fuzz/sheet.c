/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The coding sheet of a data set, of each layout that is one sheet: read, or refused with an error
 * that says where. */
#include "fuzz.h"

#include "evaluate/coding.h"
#include "place.h"

static void
check (const Layout *layout, char *path)
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
  g_autofree char *path = place_file ("sheet.csv");

  place_write (path, data, size);
  for (guint i = 0; i < n_layouts; i++)
    check (&layouts[i], path);
  return 0;
}
