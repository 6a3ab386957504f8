/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The indices of a ring: an array of fixed size that holds what waits to be fetched. When it is
 * full, adding drops the oldest entry and counts it. */
#pragma once

#include <glib.h>

/* All 0: empty. The entries are the caller's; `size` below is the length of that array. */
typedef struct
{
  guint64 added, fetched; /* ever; those dropped count as fetched */
  guint64 dropped;        /* ever */
} MeRing;

/* The index to write the next entry to. */
static inline guint
me_ring_add (MeRing *ring, guint size)
{
  if (ring->added - ring->fetched == size) {
    ring->fetched++;
    ring->dropped++;
  }
  return (guint)(ring->added++ % size);
}

/* The index of the oldest entry. FALSE: the ring is empty. */
static inline gboolean
me_ring_peek (const MeRing *ring, guint size, guint *index)
{
  *index = (guint)(ring->fetched % size);
  return ring->fetched != ring->added;
}

/* The same; it is no longer waiting from now on. */
static inline gboolean
me_ring_fetch (MeRing *ring, guint size, guint *index)
{
  gboolean found = me_ring_peek (ring, size, index);

  ring->fetched += found;
  return found;
}
