/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Published results on the data sets, with their sources. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* F1 at an intersection over union of 0.5; 0: not given. */
typedef struct
{
  const char *layout;
  const char *method;
  gboolean learned; /* trained on the data set, leave one subject out */
  double macro, micro, overall;
  const char *citation;
} PublishedSpotting;

/* UF1 and UAR on three classes, or accuracy on five; leave one subject out unless the method says
 * otherwise. 0: not given. */
typedef struct
{
  const char *layout;
  const char *method;
  double uf1, uar, accuracy_five;
  const char *citation;
} PublishedRecognition;

/* F1 of spotting times F1 of recognition of what was found. */
typedef struct
{
  const char *layout;
  const char *method;
  double strs;
  const char *citation;
} PublishedStrs;

extern const PublishedSpotting published_spotting[];
extern const guint n_published_spotting;
extern const PublishedRecognition published_recognition[];
extern const guint n_published_recognition;
extern const PublishedStrs published_strs[];
extern const guint n_published_strs;

G_END_DECLS
