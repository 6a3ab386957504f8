/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values taken from the bytes of a fuzzer, for targets whose input is no text: often those that
 * break arithmetic, else small ones. When the bytes are used up everything is 0. */
#pragma once

#include <glib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  const guint8 *data;
  gsize size;
} Bytes;

static inline guint8
bytes_take (Bytes *bytes)
{
  if (bytes->size == 0)
    return 0;
  bytes->size--;
  return *bytes->data++;
}

/* 0 to n - 1. */
static inline guint
bytes_take_below (Bytes *bytes, guint n)
{
  return bytes_take (bytes) % n;
}

/* Eight bytes as they are. */
static inline guint64
bytes_take_raw (Bytes *bytes)
{
  guint64 value = 0;

  for (guint i = 0; i < sizeof value; i++)
    value = value << 8 | bytes_take (bytes);
  return value;
}

static inline guint64
bytes_take_uint64 (Bytes *bytes)
{
  static const guint64 nasty[] = { 0, 1, G_MAXINT32, (guint64)G_MAXINT32 + 1, G_MAXUINT32,
    G_MAXINT64, (guint64)G_MAXINT64 + 1, G_MAXUINT64 - 15, G_MAXUINT64 };
  guint8 kind = bytes_take (bytes);

  if (kind < 32)
    return nasty[kind % G_N_ELEMENTS (nasty)];
  return kind < 40 ? bytes_take_raw (bytes) : 2 * (guint64)bytes_take (bytes);
}

static inline double
bytes_take_double (Bytes *bytes)
{
  static const double nasty[] = { 0, -0.0, NAN, INFINITY, -INFINITY, 1e308, -1e308, 1e-310, 999999,
    -999999, 4e9, 1e19 };
  guint8 kind = bytes_take (bytes);
  guint64 raw;
  double value;

  if (kind < 36)
    return nasty[kind % G_N_ELEMENTS (nasty)];
  if (kind >= 44)
    return 2.0 * bytes_take (bytes) - 10;
  raw = bytes_take_raw (bytes);
  memcpy (&value, &raw, sizeof value);
  return value;
}
