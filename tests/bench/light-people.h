/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The people of the London Set: who serves tuning and who reporting, their skin as the photograph
 * shows it, and what info.csv says of them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SKIN_LIGHT,
  SKIN_INTERMEDIATE,
  SKIN_DARK,
  N_SKINS
} Skin;

typedef struct
{
  char *name, *photo;    /* owned; "001", path of the neutral photograph */
  char *ethnicity, *sex; /* owned; NULL: info.csv does not list the person */
  int age;               /* years; 0: not listed */
  double tone;           /* individual typology angle of the cheeks, degrees */
  Skin skin;
} Person;

/* "light", "intermediate", "dark"; static. */
const char *skin_name (Skin skin);

/* Those of the folder that serve tuning, or all others. Of Person, with g_ptr_array_unref(). NULL
 * and `error` when a photograph cannot be read. */
GPtrArray *people_load (const char *folder, gboolean tuning, GError **error);

G_END_DECLS
