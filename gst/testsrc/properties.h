/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The GObject properties of the element microexprtestsrc and their values. Not locked here: the
 * element guards its own with the object lock and works with a copy from start to stop. */
#pragma once

#include <gst/gst.h>

#include "settings.h"

G_BEGIN_DECLS

/* Strings are owned; NULL or "": not set. */
typedef struct
{
  char *face;   /* path */
  char *fields; /* name of a built-in set, or path */
  char *script;
  char *curves; /* path */
  guint seed;
  GstMicroexprTestPattern pattern;
  double settings[GST_MICROEXPR_TEST_N_SETTINGS];
  guint32 chosen; /* bit n: setting n was set by the user and survives a change of pattern */
} GstMicroexprTestProperties;

void gst_microexpr_test_properties_init (GstMicroexprTestProperties *properties);
void gst_microexpr_test_properties_clear (GstMicroexprTestProperties *properties);

/* Makes `to`, initialised, the same as `from`. */
void gst_microexpr_test_properties_copy (
    GstMicroexprTestProperties *to, const GstMicroexprTestProperties *from);

/* The property that the element answers itself, since the base class holds its value: a boolean. */
#define GST_MICROEXPR_TEST_PROP_IS_LIVE 1

/* Installs all properties. */
void gst_microexpr_test_properties_install (GObjectClass *klass);

/* FALSE: not a property of these. */
gboolean gst_microexpr_test_properties_set (
    GstMicroexprTestProperties *properties, guint id, const GValue *value);
gboolean gst_microexpr_test_properties_get (
    const GstMicroexprTestProperties *properties, guint id, GValue *value);

G_END_DECLS
