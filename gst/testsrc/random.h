/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Random numbers as a pure function of seed, purpose and index: what is drawn for one moment does
 * not depend on what was drawn before, so seeking changes no pixel. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a number is for. Append new ones, so that the others draw the same as before. */
typedef enum
{
  GST_MICROEXPR_TEST_STREAM_EXPRESSIONS,
  GST_MICROEXPR_TEST_STREAM_BLINKS,
  GST_MICROEXPR_TEST_STREAM_HEAD,
  GST_MICROEXPR_TEST_STREAM_NODS,
  GST_MICROEXPR_TEST_STREAM_LIGHT,
  GST_MICROEXPR_TEST_STREAM_EXPOSURE,
  GST_MICROEXPR_TEST_STREAM_GAZE,
  GST_MICROEXPR_TEST_STREAM_SPEECH,
  GST_MICROEXPR_TEST_STREAM_NOISE,
  GST_MICROEXPR_TEST_STREAM_FIELDS,
} GstMicroexprTestStream;

/* The mixing function of splitmix64 (Steele, Lea & Flood 2014). */
static inline guint64
gst_microexpr_test_mix (guint64 x)
{
  x += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

static inline guint64
gst_microexpr_test_hash (guint seed, GstMicroexprTestStream stream, guint64 index)
{
  return gst_microexpr_test_mix (
      gst_microexpr_test_mix (((guint64)seed << 8) + (guint64)stream) + index);
}

/* 0 <= x < 1 */
static inline double
gst_microexpr_test_uniform (guint seed, GstMicroexprTestStream stream, guint64 index)
{
  return (gst_microexpr_test_hash (seed, stream, index) >> 11) * 0x1p-53;
}

/* A sequence of numbers, for when their count is not known in advance. */
typedef struct
{
  guint seed;
  GstMicroexprTestStream stream;
  guint64 index;
} GstMicroexprTestRandom;

static inline double
gst_microexpr_test_random_range (GstMicroexprTestRandom *random, double low, double high)
{
  return low +
         (high - low) * gst_microexpr_test_uniform (random->seed, random->stream, random->index++);
}

G_END_DECLS
