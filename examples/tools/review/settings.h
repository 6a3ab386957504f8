/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command line. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef enum
{
  REVIEW_VIDEO_LINK,  /* a relative link to the file */
  REVIEW_VIDEO_EMBED, /* inside the page */
  REVIEW_VIDEO_NONE,
} ReviewVideo;

typedef enum
{
  REVIEW_TRANSCODE_NO,
  REVIEW_TRANSCODE_WEBM, /* VP8 and Opus */
  REVIEW_TRANSCODE_MP4,  /* H.264 and AAC */
} ReviewTranscode;

typedef struct
{
  char *folder;           /* path of the folder whose recordings to analyze; NULL: a single one */
  char *recording;        /* path of the file to analyze; of a folder: of each in turn, then NULL */
  char *output;           /* path of the page to write; of a folder: of the index, then of each */
  char **properties;      /* of microexpr, "name=value"; NULL: none */
  ReviewVideo video;      /* how the page includes the video */
  ReviewTranscode format; /* of a copy that the page plays instead of the recording */
  gboolean pictures;      /* of onset and apex in the page */
} ReviewSettings;

/* FALSE and `error` set when the command line is wrong. --help and --version end the process. */
gboolean review_settings_parse (ReviewSettings *settings, int *argc, char ***argv, GError **error);
void review_settings_clear (ReviewSettings *settings);

/* "webm" or "mp4"; static. */
const char *review_transcode_suffix (ReviewTranscode format);

G_END_DECLS
