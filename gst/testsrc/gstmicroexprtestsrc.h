/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* microexprtestsrc: a photographic face that makes facial expressions of known time, action units
 * and strength. */
#pragma once

#include <gst/base/gstpushsrc.h>

G_BEGIN_DECLS

#define GST_TYPE_MICROEXPR_TEST_SRC (gst_microexpr_test_src_get_type ())
G_DECLARE_FINAL_TYPE (
    GstMicroexprTestSrc, gst_microexpr_test_src, GST, MICROEXPR_TEST_SRC, GstPushSrc)

GST_ELEMENT_REGISTER_DECLARE (microexprtestsrc)

G_END_DECLS
