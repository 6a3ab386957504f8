/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Functions marked so are compiled twice, for any processor and for AVX2, and the loader takes the
 * right one: a generic Debian build is fast where it can be. */
#pragma once

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__linux__) &&       \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define ME_VECTORISED __attribute__ ((target_clones ("avx2", "default")))
#else
#define ME_VECTORISED
#endif
