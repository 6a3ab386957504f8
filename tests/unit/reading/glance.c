/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Eyes that look up are not lids that rise, and hide nothing of the rest of the face. */
#include "reading/glance.h"

#include "reading/reading.h"
#include "unit/face.h"

/* What patches see of eyes that look up (down if negative) and aside, % IPD. */
static void
add_glance (float percent, MePoint motion[ME_N_POINTS])
{
  static const float follows[ME_N_FEATURES] = { [ME_FEATURE_UPPER_LID] = 1,
    [ME_FEATURE_LOWER_LID] = 0.8f,
    [ME_FEATURE_EYE_CORNER] = 0.6f,
    [ME_FEATURE_INFRAORBITAL] = 0.4f };

  for (int i = 0; i < ME_N_POINTS; i++) {
    motion[i].x += 0.3f * percent * follows[me_facial_points[i].feature];
    motion[i].y -= percent * follows[me_facial_points[i].feature];
  }
}

/* A spot in a region with a unit of both sides and a glance of so many % IPD. */
static void
read_spot (MeKind kind, MeRegion region, MeAu au, float percent, float glance, MeEvent *event)
{
  MeUnitModel *model = g_new0 (MeUnitModel, 1);
  MeTrack *track = g_new0 (MeTrack, 1);
  MeSpot spot = { .kind = kind,
    .region = region,
    .offset_ns = 300000000,
    .ratio = 4,
    .symmetry = 0.95f,
    .unrest = 0.1f,
    .noise = 0.1f };

  plain_points (track->points);
  me_unit_model_init (model, track->points);
  for (int i = 0; i < ME_N_POINTS; i++) {
    for (int side = 0; side < 2; side++) {
      spot.motion[i].x += percent * model->motion[2 * au + side][i].x;
      spot.motion[i].y += percent * model->motion[2 * au + side][i].y;
    }
    spot.point_noise[i] = 0.05f;
  }
  add_glance (glance, spot.motion);
  me_read_spot (&spot, track, model, &(MeConfig){ .emotions = TRUE }, event);
  g_free (track);
  g_free (model);
}

static void
test_a_glance_is_no_event (void)
{
  static const MeRegion regions[] = { ME_REGION_FACE, ME_REGION_EYES };
  MeEvent event;

  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    for (float percent = -4; percent <= 4; percent += 8) {
      read_spot (ME_KIND_MICRO, regions[i], ME_AU5, 0, percent, &event);
      g_assert_cmpfloat (event.confidence, ==, 0);
      read_spot (ME_KIND_MACRO, regions[i], ME_AU5, 0, percent, &event);
      g_assert_cmpfloat (event.confidence, <, 0.2);
      g_assert_cmpfloat (event.strength[ME_AU5], ==, 0);
    }
}

static void
test_units_of_the_eyes_are_no_glance (void)
{
  static const MeAu units[] = { ME_AU5, ME_AU6, ME_AU7 };
  MeEvent event;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    read_spot (ME_KIND_MICRO, ME_REGION_EYES, units[i], 3, 0, &event);
    g_assert_cmpfloat (event.confidence, >, 0.5);
    g_assert_cmpfloat (event.strength[units[i]], >, 1);
  }
}

static void
test_looking_down_hides_no_smile (void)
{
  MeEvent event;

  read_spot (ME_KIND_MACRO, ME_REGION_FACE, ME_AU12, 3, -6, &event);
  g_assert_cmpint (event.emotion, ==, ME_HAPPINESS);
  g_assert_cmpfloat (event.strength[ME_AU5], ==, 0);
  read_spot (ME_KIND_MICRO, ME_REGION_MOUTH, ME_AU12, 3, -6, &event);
  g_assert_cmpint (event.emotion, ==, ME_HAPPINESS);
  g_assert_cmpfloat (event.confidence, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/glance/a-glance-is-no-event", test_a_glance_is_no_event);
  g_test_add_func ("/glance/units-of-the-eyes-are-no-glance", test_units_of_the_eyes_are_no_glance);
  g_test_add_func ("/glance/looking-down-hides-no-smile", test_looking_down_hides_no_smile);
  return g_test_run ();
}
