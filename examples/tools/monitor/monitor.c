/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* microexpr-monitor: watches cameras, streams and recordings around the clock and writes every
 * facial event as a line of JSON. See docs/operating.md. */
#include "camera.h"
#include "live/server.h"
#include "options.h"
#include "recorder.h"
#include "screen.h"
#include "writer.h"

#include <errno.h>
#include <glib-unix.h>
#include <gst/gst.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define TICK_MS 100
#define TICKS_PER_DRAWING 10
#define PATIENCE_TICKS 50 /* time for pipelines to shut down */

enum
{
  EXIT_SOURCE_FAILED = 1,
  EXIT_CANNOT_START = 2,
  EXIT_EVENTS_LOST = 3,
};

typedef struct
{
  GMainLoop *loop;
  Writer *writer;
  GPtrArray *cameras;
  guint ticks, ticks_over; /* ticks_over: since the last source ended */
  gboolean stopping;
} Monitor;

static gboolean
all_over (const Monitor *monitor)
{
  gboolean failed;

  for (guint i = 0; i < monitor->cameras->len; i++)
    if (!camera_is_over (monitor->cameras->pdata[i], &failed))
      return FALSE;
  return TRUE;
}

static void
draw (const Monitor *monitor)
{
  ScreenRow *rows = g_newa (ScreenRow, monitor->cameras->len);

  for (guint i = 0; i < monitor->cameras->len; i++)
    camera_get_row (monitor->cameras->pdata[i], &rows[i]);
  screen_draw (rows, monitor->cameras->len);
}

static gboolean
tick (gpointer user_data)
{
  Monitor *monitor = user_data;

  for (guint i = 0; i < monitor->cameras->len; i++)
    camera_tick (monitor->cameras->pdata[i]);
  if (monitor->ticks++ % TICKS_PER_DRAWING == 0) {
    writer_tick (monitor->writer);
    draw (monitor);
  }
  if (all_over (monitor) && ((recorder_n_open () == 0 && camera_n_closing () == 0) ||
                                monitor->ticks_over++ > PATIENCE_TICKS))
    g_main_loop_quit (monitor->loop);
  return G_SOURCE_CONTINUE;
}

/* A second signal ends the program at once. */
static gboolean
stop (gpointer user_data)
{
  Monitor *monitor = user_data;

  if (monitor->stopping)
    g_main_loop_quit (monitor->loop);
  monitor->stopping = TRUE;
  for (guint i = 0; i < monitor->cameras->len; i++)
    camera_stop (monitor->cameras->pdata[i]);
  return G_SOURCE_CONTINUE;
}

static gboolean
reopen (gpointer user_data)
{
  writer_reopen (((Monitor *)user_data)->writer);
  return G_SOURCE_CONTINUE;
}

static void
run (Monitor *monitor)
{
  monitor->loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGINT, stop, monitor);
  g_unix_signal_add (SIGTERM, stop, monitor);
  g_unix_signal_add (SIGHUP, reopen, monitor);
  signal (SIGPIPE, SIG_IGN); /* the reader of the events may go away */
  g_timeout_add (TICK_MS, tick, monitor);
  g_main_loop_run (monitor->loop);
  g_main_loop_unref (monitor->loop);
}

/* The exit status, from sources that are over. */
static int
judge (const Monitor *monitor)
{
  gboolean failed, any = FALSE, impossible = FALSE;

  for (guint i = 0; i < monitor->cameras->len; i++) {
    camera_is_over (monitor->cameras->pdata[i], &failed);
    any |= failed;
    impossible |= camera_is_impossible (monitor->cameras->pdata[i]);
  }
  return impossible ? EXIT_CANNOT_START : any ? EXIT_SOURCE_FAILED : EXIT_SUCCESS;
}

static const char *
output_of (const Options *options)
{
  if (options->output)
    return options->output;
  return isatty (STDOUT_FILENO) ? NULL : "-";
}

/* They would run through the table. */
static gboolean
prints_events_on_terminal (const Options *options)
{
  return g_strcmp0 (options->output, "-") == 0 && isatty (STDOUT_FILENO);
}

static GPtrArray *
open_cameras (const Options *options, Writer *writer, LiveServer *live)
{
  GPtrArray *cameras = g_ptr_array_new_with_free_func ((GDestroyNotify)camera_free);
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; options->sources[i]; i++) {
    Camera *camera = camera_new (
        options->sources[i], names, options, writer, live ? live_server_get_feed (live, i) : NULL);

    g_ptr_array_add (cameras, camera);
    if (live)
      live_server_set_camera (live, i, camera, &camera_live_functions);
  }
  g_hash_table_unref (names);
  return cameras;
}

/* FALSE: it was asked for and cannot be served; printed why. */
static gboolean
open_live (const Options *options, LiveServer **live)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;

  if (!options->live.address)
    return TRUE;
  *live = live_server_new (&options->live, g_strv_length (options->sources), &error);
  if (!*live) {
    g_printerr ("microexpr-monitor: %s\n", error->message);
    return FALSE;
  }
  address = live_server_describe (*live);
  screen_log ("http", "serving %s", address);
  return TRUE;
}

static int
watch (const Options *options)
{
  g_autoptr (GError) error = NULL;
  Monitor monitor = { .writer = writer_new (output_of (options), &error) };
  LiveServer *live = NULL;
  int status;

  if (!monitor.writer) {
    g_printerr ("microexpr-monitor: %s\n", error->message);
    return EXIT_CANNOT_START;
  }
  if (options->record && g_mkdir_with_parents (options->record, 0750) != 0) {
    g_printerr ("microexpr-monitor: %s: %s\n", options->record, g_strerror (errno));
    writer_unref (monitor.writer);
    return EXIT_CANNOT_START;
  }
  screen_init (!options->no_table && !prints_events_on_terminal (options));
  if (!open_live (options, &live)) {
    writer_unref (monitor.writer);
    return EXIT_CANNOT_START;
  }
  monitor.cameras = open_cameras (options, monitor.writer, live);
  run (&monitor);
  status = judge (&monitor);
  draw (&monitor);
  screen_finish ();
  g_clear_pointer (&live, live_server_free);
  g_ptr_array_unref (monitor.cameras);
  if (!writer_finish (monitor.writer))
    status = EXIT_EVENTS_LOST;
  writer_unref (monitor.writer);
  return status;
}

int
main (int argc, char **argv)
{
  Options options;
  int status = options_read (&options, &argc, &argv) ? watch (&options) : EXIT_CANNOT_START;

  options_clear (&options);
  return status;
}
