/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* No password of a camera's address may reach messages, logs or files. */
#include <gst/check/gstcheck.h>

#include "credentials.h"

static const struct
{
  const char *text, *stripped;
} cases[] = {
  { "camera 3", "camera 3" },
  { "mail me@example.org", "mail me@example.org" },
  { "", "" },
  { "rtsp://host/stream", "rtsp://host/stream" },
  { "rtsp://host:554/stream@2x?a=b", "rtsp://host:554/stream@2x?a=b" },
  { "rtsp://[fe80::1]:554/a@b", "rtsp://[fe80::1]:554/a@b" },
  { "rtsp://user@host/", "rtsp://host/" },
  { "rtsp://user:pass@host:554/a", "rtsp://host:554/a" },
  { "rtsp://user:p@ss@host/a", "rtsp://host/a" },
  { "rtsp://user:p/ss@host/a", "rtsp://host/a" },
  { "rtsp://user:p#s?s@host/a", "rtsp://host/a" },
  { "rtsp://host/?user=admin&password=geheim&channel=1",
      "rtsp://host/?user=***&password=***&channel=1" },
  { "rtsp://host/user=admin_password=x_channel=1", "rtsp://host/user=***" },
  { "https://host/a.m3u8?token=abc#t=3", "https://host/a.m3u8?token=***#t=3" },
};

GST_START_TEST (test_credentials_are_removed_and_nothing_else)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    char *stripped = gst_microexpr_strip_credentials (cases[i].text);
    fail_unless_equals_string (stripped, cases[i].stripped);
    g_free (stripped);
  }
  fail_unless (gst_microexpr_strip_credentials (NULL) == NULL);
}
GST_END_TEST

static Suite *
credentials_suite (void)
{
  Suite *suite = suite_create ("credentials");
  TCase *tcase = tcase_create ("general");

  suite_add_tcase (suite, tcase);
  tcase_add_test (tcase, test_credentials_are_removed_and_nothing_else);
  return suite;
}

GST_CHECK_MAIN (credentials)
