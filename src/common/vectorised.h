/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* ME_VECTORISED functions are compiled twice, for the baseline processor and for AVX2; the loader
 * picks one. So a generic Debian build is fast on processors that have AVX2. */
#pragma once

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__linux__) &&       \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define ME_VECTORISED __attribute__ ((target_clones ("avx2", "default")))
#else
#define ME_VECTORISED
#endif

/* A part of one: compiled with it, for the same processor. */
#define ME_INLINE static inline __attribute__ ((always_inline))
