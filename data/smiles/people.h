/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* People of whom there are two photographs, NNN_neutral.jpg and NNN_smiling.jpg, as in the Face
 * Research Lab London Set. */
#pragma once

#include "morph.h"

G_BEGIN_DECLS

typedef struct _People People;

/* The folder is not read yet. NULL and `error`: what finds faces and landmarks cannot be loaded.
 * With people_free(). */
People *people_new (const char *folder, GError **error);
void people_free (People *people);

/* Names of those that have both photographs, in order. (transfer full) */
GPtrArray *people_list (const People *people);

/* From the neutral photograph to the smiling one. NULL: one is missing, or no face is found in it.
 * With morph_free(). */
Morph *people_load (const People *people, const char *name);

G_END_DECLS
