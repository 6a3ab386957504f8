/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The script of the test source: read, or refused with an error that says why. */
#include "fuzz.h"

#include "testsrc/script.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *script = g_strndup ((const char *)data, size);
  g_autoptr (GArray) specs = g_array_new (FALSE, FALSE, sizeof (GstMicroexprTestEventSpec));
  g_autoptr (GError) error = NULL;
  gboolean good = gst_microexpr_test_script_parse (script, specs, &error);

  g_assert_true (good == (error == NULL));
  return 0;
}
