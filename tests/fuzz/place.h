/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A folder for what is only read from files; removed with all that is in it when the process ends.
 */
#pragma once

#include <glib.h>

/* Where the file of that name is in the folder. With g_free(). */
char *place_file (const char *name);

/* Writes the bytes there. */
void place_write (const char *path, gconstpointer data, gsize size);
