/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The recent past of each face. */
#include "moments.h"

#define KEEP_NS (15 * GST_SECOND)
#define NEAR_NS (100 * GST_MSECOND)

struct _AppMoments
{
  GQueue queue; /* of AppMoment, oldest first */
};

static AppMoment *
copy_moment (const AppMoment *moment)
{
  AppMoment *copy = g_new (AppMoment, 1);

  *copy = *moment;
  return copy;
}

AppMoments *
app_moments_new (void)
{
  AppMoments *moments = g_new0 (AppMoments, 1);

  g_queue_init (&moments->queue);
  return moments;
}

void
app_moments_free (AppMoments *moments)
{
  g_queue_clear_full (&moments->queue, g_free);
  g_free (moments);
}

static gboolean
read_landmarks (AppMoment *moment, const GstStructure *face)
{
  const GValue *array = gst_structure_get_value (face, "landmarks");

  if (!array || gst_value_array_get_size (array) != 2 * APP_N_LANDMARKS)
    return FALSE;
  for (guint i = 0; i < 2 * APP_N_LANDMARKS; i++)
    moment->landmarks[i / 2][i % 2] = g_value_get_double (gst_value_array_get_value (array, i));
  return TRUE;
}

static void
read_movements (AppMoment *moment, const GstStructure *face)
{
  const GValue *list = gst_structure_get_value (face, "regions");
  guint n = list ? gst_value_list_get_size (list) : 0;

  moment->n_movements = MIN (n, APP_MAX_MOVEMENTS);
  for (guint i = 0; i < moment->n_movements; i++) {
    const GstStructure *region = gst_value_get_structure (gst_value_list_get_value (list, i));
    AppMovement *m = &moment->movements[i];

    m->name = g_intern_string (gst_structure_get_string (region, "name"));
    m->side = g_intern_string (gst_structure_get_string (region, "side"));
    gst_structure_get (region, "x", G_TYPE_DOUBLE, &m->x, "y", G_TYPE_DOUBLE, &m->y, "dx",
        G_TYPE_DOUBLE, &m->dx, "dy", G_TYPE_DOUBLE, &m->dy, NULL);
  }
}

gboolean
app_moment_read (AppMoment *moment, guint64 time_ns, const GstStructure *face)
{
  moment->time_ns = time_ns;
  moment->face = 0;
  gst_structure_get_uint (face, "id", &moment->face);
  read_movements (moment, face);
  return read_landmarks (moment, face);
}

void
app_movement_since (const AppMovement *movement, const AppMoment *before, double *dx, double *dy)
{
  *dx = movement->dx;
  *dy = movement->dy;
  for (guint i = 0; i < before->n_movements; i++) {
    const AppMovement *m = &before->movements[i];

    if (m->name == movement->name && m->side == movement->side) {
      *dx -= m->dx;
      *dy -= m->dy;
    }
  }
}

void
app_moments_push (AppMoments *moments, const AppMoment *moment)
{
  AppMoment *oldest;

  g_queue_push_tail (&moments->queue, copy_moment (moment));
  while (
      (oldest = g_queue_peek_head (&moments->queue)) && oldest->time_ns + KEEP_NS < moment->time_ns)
    g_free (g_queue_pop_head (&moments->queue));
}

static guint64
distance (const AppMoment *moment, guint64 time_ns)
{
  return moment->time_ns > time_ns ? moment->time_ns - time_ns : time_ns - moment->time_ns;
}

AppMoment *
app_moments_find (const AppMoments *moments, guint face, guint64 time_ns)
{
  const AppMoment *nearest = NULL;

  for (const GList *l = moments->queue.tail; l; l = l->prev) {
    const AppMoment *moment = l->data;

    if (moment->face == face &&
        (!nearest || distance (moment, time_ns) < distance (nearest, time_ns)))
      nearest = moment;
  }
  return nearest && distance (nearest, time_ns) <= NEAR_NS ? copy_moment (nearest) : NULL;
}
