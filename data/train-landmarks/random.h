/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Random numbers that are reproducible from a seed. */
#pragma once

#include <random>

using Random = std::mt19937_64;

inline double
uniform (Random &random, double low, double high)
{
  return low + (high - low) * std::uniform_real_distribution<double> () (random);
}

inline double
normal (Random &random)
{
  return std::normal_distribution<double> () (random);
}

inline bool
chance (Random &random, double probability)
{
  return uniform (random, 0, 1) < probability;
}
