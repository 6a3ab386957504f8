/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "scan.h"

#include <math.h>
#include <string.h>

#define FACE_PX 80       /* of the scaled picture: width of the face that a search is for */
#define SIZE_STEP 1.2    /* ratio of consecutive face sizes; that of dlib's detector */
#define OVERLAP_PX 104   /* of adjacent areas, scaled: a face and the border of the detector */
#define AREA_PX 112e3    /* largest area, in pixels of the scaled picture */
#define SPARE_PX 34e3    /* a scaled picture this small is searched for all larger faces at once */
#define ROUND_FINE 10    /* areas for small faces searched per round, at most */
#define LOOK_AHEAD 16    /* of those areas, how many are compared to find one that has changed */
#define PATIENCE 8       /* rounds after which an area is searched even if it has not changed */
#define UNHURRIED 2      /* how much longer a round takes while a face is known */
#define BLOCK_PX 16      /* of the scaled picture: blocks whose mean luma is compared */
#define SAMPLES 4        /* each way, from which the mean of a block is estimated */
#define CHANGE 6         /* of the mean luma, above which a block has changed */
#define FACE_BLOCKS 5    /* width of a face in blocks */
#define AROUND_LEAST 0.7 /* smallest face searched for around a known one, of its size */
#define NEVER G_MAXUINT64

typedef struct
{
  MeSearchArea area;
  guint columns, rows; /* blocks */
  guint8 *seen;        /* their mean luma when the area was last searched; in MeScan.luma */
  guint64 searched_ns; /* NEVER: due at its next slot */
  guint every;         /* rounds from one of its slots to the next */
} Part;

struct _MeScan
{
  int width, height; /* of the frames */
  double pixel_aspect, smallest_px;
  GArray *parts; /* of Part; the first n_coarse have a slot in every round */
  guint n_coarse, next_fine;
  guint64 round_ns; /* when the round began */
  guint slot;       /* next slot of the round */
  GByteArray *luma; /* storage of Part.seen */
  guint8 *now;      /* mean luma of the blocks of one area in this frame */
};

MeScan *
me_scan_new (void)
{
  MeScan *scan = g_new0 (MeScan, 1);

  scan->parts = g_array_new (FALSE, TRUE, sizeof (Part));
  scan->luma = g_byte_array_new ();
  return scan;
}

void
me_scan_free (MeScan *scan)
{
  if (!scan)
    return;
  g_array_unref (scan->parts);
  g_byte_array_unref (scan->luma);
  g_free (scan->now);
  g_free (scan);
}

static Part *
part (const MeScan *scan, guint i)
{
  return &g_array_index (scan->parts, Part, i);
}

static guint
n_fine (const MeScan *scan)
{
  return scan->parts->len - scan->n_coarse;
}

/* ---- the plan ---- */

/* Side of each of n overlapping cells that cover a length, in pixels of the scaled picture. */
static double
cell_px (double length, guint n)
{
  return (length + (n - 1) * OVERLAP_PX) / n;
}

/* Where cell i of n lies in the frame, in its pixels. scale: scaled pixels per frame pixel; limit:
 * size of the frame. */
static void
place_cell (double length, guint n, guint i, double scale, int limit, int *from, int *size)
{
  double cell = cell_px (length, n), begin = i * (cell - OVERLAP_PX);

  *from = CLAMP ((int)(begin / scale), 0, limit - 1);
  *size = CLAMP ((int)ceil ((begin + cell) / scale), *from + 1, limit) - *from;
}

static void
add_part (MeScan *scan, const MeSearchArea *area)
{
  double block = BLOCK_PX * area->smallest_px / FACE_PX; /* square pixels of the frame */
  Part new_part = { .area = *area, .searched_ns = NEVER };

  new_part.columns = MAX (1, (guint)(area->box.width * scan->pixel_aspect / block));
  new_part.rows = MAX (1, (guint)(area->box.height / block));
  g_array_append_val (scan->parts, new_part);
}

/* Adds the areas for faces of one size. */
static void
add_size (MeScan *scan, double face_px, guint n_sizes)
{
  double scale = FACE_PX / face_px;
  double width = scan->width * scan->pixel_aspect * scale, height = scan->height * scale;
  guint nx = 1, ny = 1;

  while (cell_px (width, nx) * cell_px (height, ny) > AREA_PX)
    if (cell_px (width, nx) > cell_px (height, ny))
      nx++;
    else
      ny++;
  for (guint i = 0; i < nx * ny; i++) {
    MeSearchArea area = { .smallest_px = face_px, .n_sizes = n_sizes };
    place_cell (
        width, nx, i % nx, scale * scan->pixel_aspect, scan->width, &area.box.x, &area.box.width);
    place_cell (height, ny, i / nx, scale, scan->height, &area.box.y, &area.box.height);
    add_part (scan, &area);
  }
}

/* Pixels of the picture scaled for faces of one size. */
static double
scaled_px (const MeScan *scan, double face_px)
{
  double scale = FACE_PX / face_px;

  return scan->width * scan->pixel_aspect * scan->height * scale * scale;
}

/* Allocates the blocks of all areas. */
static void
allocate_blocks (MeScan *scan)
{
  gsize total = 0, most = 0;

  for (guint i = 0; i < scan->parts->len; i++) {
    gsize n = (gsize)part (scan, i)->columns * part (scan, i)->rows;
    total += n;
    most = MAX (most, n);
  }
  g_byte_array_set_size (scan->luma, (guint)total);
  g_free (scan->now);
  scan->now = g_new (guint8, most);
  total = 0;
  for (guint i = 0; i < scan->parts->len; i++) {
    part (scan, i)->seen = scan->luma->data + total;
    total += (gsize)part (scan, i)->columns * part (scan, i)->rows;
  }
}

/* Large faces come first; the largest size stands for everything larger. */
static void
plan (MeScan *scan, double coarse_px)
{
  double largest = scan->smallest_px;

  g_array_set_size (scan->parts, 0);
  while (scaled_px (scan, largest) > SPARE_PX)
    largest *= SIZE_STEP;
  add_size (scan, largest, ME_SIZES_ALL);
  scan->n_coarse = scan->parts->len;
  for (double size = largest / SIZE_STEP; size > 0.99 * scan->smallest_px; size /= SIZE_STEP) {
    add_size (scan, size, ME_SIZES_ONE);
    if (size > 0.99 * coarse_px)
      scan->n_coarse = scan->parts->len;
  }
  for (guint i = 0; i < scan->parts->len; i++)
    part (scan, i)->every = i < scan->n_coarse ? 1 : (n_fine (scan) + ROUND_FINE - 1) / ROUND_FINE;
  scan->next_fine = scan->n_coarse;
  allocate_blocks (scan);
}

/* ---- what has changed ---- */

/* Size of a block in pixels of the frame. */
static double
block_width (const MeScan *scan, const Part *p)
{
  return BLOCK_PX * p->area.smallest_px / FACE_PX / scan->pixel_aspect;
}

static double
block_height (const Part *p)
{
  return BLOCK_PX * p->area.smallest_px / FACE_PX;
}

/* Of the rows that blocks from y on are estimated from. */
static void
find_rows (const MeFrame *frame, double y, double step, const guint8 *rows[SAMPLES])
{
  for (int j = 0; j < SAMPLES; j++)
    rows[j] = me_frame_row (frame, MIN ((int)(y + (j + 0.5) * step), frame->height - 1));
}

static guint8
mean_luma (const guint8 *const rows[SAMPLES], int width, double x, double step)
{
  guint sum = 0;

  for (int i = 0; i < SAMPLES; i++) {
    int column = MIN ((int)(x + (i + 0.5) * step), width - 1);
    for (int j = 0; j < SAMPLES; j++)
      sum += rows[j][column];
  }
  return (guint8)(sum / (SAMPLES * SAMPLES));
}

static void
measure_blocks (const MeScan *scan, const Part *p, const MeFrame *frame, guint8 *blocks)
{
  double width = block_width (scan, p), height = block_height (p);
  const guint8 *rows[SAMPLES];

  for (guint j = 0; j < p->rows; j++) {
    find_rows (frame, p->area.box.y + j * height, height / SAMPLES, rows);
    for (guint i = 0; i < p->columns; i++)
      *blocks++ = mean_luma (rows, frame->width, p->area.box.x + i * width, width / SAMPLES);
  }
}

static void
note_search (const MeScan *scan, Part *p, const MeFrame *frame)
{
  measure_blocks (scan, p, frame, p->seen);
  p->searched_ns = frame->time_ns;
}

/* Makes the blocks of a known face count as unchanged. */
static void
mask_face (const MeScan *scan, const Part *p, guint8 *blocks, const MeBox *known)
{
  double width = block_width (scan, p), height = block_height (p);

  for (guint i = 0; i < p->rows * p->columns; i++) {
    double x = p->area.box.x + (i % p->columns + 0.5) * width;
    double y = p->area.box.y + (i / p->columns + 0.5) * height;
    if (x > known->x && x < known->x + known->width && y > known->y && y < known->y + known->height)
      blocks[i] = p->seen[i];
  }
}

/* Turns the mean luma of the blocks into whether it has changed, 0 or 1. Returns how many have. */
static guint
mark_changed (const Part *p, guint8 *blocks)
{
  guint n = 0;

  for (guint i = 0; i < p->rows * p->columns; i++) {
    blocks[i] = ABS (blocks[i] - p->seen[i]) > CHANGE;
    n += blocks[i];
  }
  return n;
}

/* Whether at least half of the blocks in some square of a face's size have changed. */
static gboolean
has_changed (const Part *p, guint8 *blocks)
{
  guint width = MIN (FACE_BLOCKS, p->columns), height = MIN (FACE_BLOCKS, p->rows);

  if (2 * mark_changed (p, blocks) < width * height)
    return FALSE;
  for (guint top = 0; top + height <= p->rows; top++)
    for (guint left = 0; left + width <= p->columns; left++) {
      guint n = 0;
      for (guint y = 0; y < height; y++)
        for (guint x = 0; x < width; x++)
          n += blocks[(top + y) * p->columns + left + x];
      if (2 * n >= width * height)
        return TRUE;
    }
  return FALSE;
}

/* Whether an area must be searched in this frame; if so, notes the search. */
static gboolean
begin_search (MeScan *scan, Part *p, const MeFrame *frame, guint64 round_ns, const MeBox *known,
    guint n_known)
{
  gboolean due =
      p->searched_ns == NEVER || frame->time_ns - p->searched_ns >= PATIENCE * p->every * round_ns;

  measure_blocks (scan, p, frame, scan->now);
  if (!due) {
    for (guint i = 0; i < n_known; i++)
      mask_face (scan, p, scan->now, &known[i]);
    if (!has_changed (p, scan->now))
      return FALSE;
  }
  note_search (scan, p, frame);
  return TRUE;
}

/* ---- around a face ---- */

gboolean
me_scan_around (const MeFrame *frame, const MeDetection *box, MeSearchArea *area)
{
  double par = frame->pixel_aspect, middle = box->x + box->width / 2;
  int x0 = me_whole_pixel ((middle - box->width) / par, 0, frame->width);
  int x1 = me_whole_pixel ((middle + box->width) / par, 0, frame->width);
  int y0 = me_whole_pixel (box->y + box->height / 2 - box->width, 0, frame->height);
  int y1 = me_whole_pixel (box->y + box->height / 2 + box->width, 0, frame->height);

  *area =
      (MeSearchArea){ { x0, y0, x1 - x0, y1 - y0 }, AROUND_LEAST * box->width, ME_SIZES_AROUND };
  return x1 > x0 && y1 > y0;
}

/* ---- rounds ---- */

gboolean
me_scan_fits (const MeScan *scan, const MeFrame *frame, double smallest_px)
{
  return scan->width == frame->width && scan->height == frame->height &&
         scan->pixel_aspect == frame->pixel_aspect && scan->smallest_px == smallest_px;
}

void
me_scan_begin (
    MeScan *scan, const MeFrame *frame, double smallest_px, double coarse_px, double searched_px)
{
  if (!me_scan_fits (scan, frame, smallest_px)) {
    scan->width = frame->width;
    scan->height = frame->height;
    scan->pixel_aspect = frame->pixel_aspect;
    scan->smallest_px = smallest_px;
    plan (scan, coarse_px);
  }
  me_scan_again (scan);
  for (guint i = 0; i < scan->parts->len; i++)
    if (part (scan, i)->area.smallest_px > 0.99 * searched_px)
      note_search (scan, part (scan, i), frame);
  scan->round_ns = frame->time_ns;
  scan->slot = 0;
}

void
me_scan_again (MeScan *scan)
{
  for (guint i = 0; i < scan->parts->len; i++)
    part (scan, i)->searched_ns = NEVER;
}

static guint
n_slots (const MeScan *scan)
{
  return scan->n_coarse + MIN (n_fine (scan), ROUND_FINE);
}

/* Advances to the next slot if its time has come. */
static gboolean
next_slot (MeScan *scan, guint64 time_ns, guint64 round_ns)
{
  if (scan->slot == n_slots (scan)) {
    if (time_ns - scan->round_ns < round_ns)
      return FALSE;
    scan->round_ns += (time_ns - scan->round_ns) / round_ns * round_ns;
    scan->slot = 0;
  }
  if (time_ns - scan->round_ns < round_ns * scan->slot / n_slots (scan))
    return FALSE;
  scan->slot++;
  return TRUE;
}

/* The next area for small faces, in rotation. */
static Part *
next_fine (MeScan *scan)
{
  Part *p = part (scan, scan->next_fine++);

  if (scan->next_fine == scan->parts->len)
    scan->next_fine = scan->n_coarse;
  return p;
}

const MeSearchArea *
me_scan_next (
    MeScan *scan, const MeFrame *frame, guint64 round_ns, const MeBox *known, guint n_known)
{
  if (n_known)
    round_ns *= UNHURRIED;
  while (next_slot (scan, frame->time_ns, round_ns)) {
    gboolean coarse = scan->slot <= scan->n_coarse;
    guint n = coarse ? 1 : MIN (n_fine (scan), LOOK_AHEAD);
    for (guint i = 0; i < n; i++) {
      Part *p = coarse ? part (scan, scan->slot - 1) : next_fine (scan);
      if (begin_search (scan, p, frame, round_ns, known, n_known))
        return &p->area;
    }
  }
  return NULL;
}
