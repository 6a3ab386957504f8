/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "allocations.h"

#include <errno.h>
#include <stdlib.h>

/* What glibc calls its own. */
void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *memory, size_t size);
void *__libc_memalign (size_t alignment, size_t size);

/* With the model of a program's own variables: the first use of others would allocate. */
static _Thread_local guint64 n_allocations __attribute__ ((tls_model ("initial-exec")));

guint64
allocations_so_far (void)
{
  return n_allocations;
}

void *
malloc (size_t size)
{
  n_allocations++;
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  n_allocations++;
  return __libc_calloc (n, size);
}

void *
realloc (void *memory, size_t size)
{
  n_allocations++;
  return __libc_realloc (memory, size);
}

void *
memalign (size_t alignment, size_t size)
{
  n_allocations++;
  return __libc_memalign (alignment, size);
}

void *
aligned_alloc (size_t alignment, size_t size)
{
  return memalign (alignment, size);
}

int
posix_memalign (void **memory, size_t alignment, size_t size)
{
  *memory = memalign (alignment, size);
  return *memory ? 0 : ENOMEM;
}
