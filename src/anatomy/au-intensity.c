/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The intensity letters of FACS, by displacement. The manual describes wrinkles, bulges and motion
 * for each letter, and draws a scale on which A, B and E are narrow, C and D wide; it has no
 * numbers. The bounds are a convention of this project, which no coder has checked
 * (docs/action-units.md). */
#include "microexpr.h"

#include "au-motion.h"

static const struct
{
  float from; /* share of a full contraction */
  char letter;
} scale[] = {
  { 0.90f, 'E' }, /* maximum */
  { 0.60f, 'D' }, /* severe or extreme */
  { 0.30f, 'C' }, /* marked or pronounced */
  { 0.15f, 'B' }, /* slight */
  { 0.00f, 'A' }, /* trace */
};

char
me_au_intensity (MeAu au, double strength)
{
  double share = strength / me_au_full_contraction (au);
  guint i = 0;

  if (au == ME_AU45 || au == ME_AU43) /* lids close, or they do not */
    return 0;
  while (share < scale[i].from && i < G_N_ELEMENTS (scale) - 1)
    i++;
  return scale[i].letter;
}
