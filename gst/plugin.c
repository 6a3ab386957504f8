/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The plugin: registers the elements. */
#include "config.h"

#include "microexpr/gstmicroexpr.h"
#include "extract/gstmicroexprextract.h"
#include "overlay/gstmicroexproverlay.h"
#include "testsrc/gstmicroexprtestsrc.h"

static gboolean
plugin_init (GstPlugin *plugin)
{
  return GST_ELEMENT_REGISTER (microexpr, plugin) &&
         GST_ELEMENT_REGISTER (microexproverlay, plugin) &&
         GST_ELEMENT_REGISTER (microexprextract, plugin) &&
         GST_ELEMENT_REGISTER (microexprtestsrc, plugin);
}

GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, microexpr,
    "Finds facial micro-expressions in video", plugin_init, VERSION, GST_LICENSE, GST_PACKAGE_NAME,
    GST_PACKAGE_ORIGIN)
