/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Trains the cascade of src/finding/landmark-model.h: ridge regressions from descriptors to the
 * displacement from the truth, each on the shapes that the previous stages leave. Shapes are in px
 * of the picture, outputs in sides of the patch. */
#pragma once

#include "render.h"

#include <Eigen/Dense>

#include "finding/landmark-model.h"

/* The parameters of a stage. */
struct Plan
{
  int size_px;   /* of the patch; 0: reuse that of the previous stage */
  float spacing; /* of the cells, sides of the patch */
  int n_inputs;  /* landmarks whose descriptors one landmark depends on: its nearest; negative: the
                  same for all, spread over the face */
  double ridge;  /* relative to the mean of the Gram matrix's diagonal */
};

struct Stage
{
  Plan plan;
  int size_px;             /* of the patch, never 0 */
  Eigen::MatrixXf weights; /* 2 N x (features + 1), the last column constant */
};

struct Cascade
{
  int first = 0, end = ME_N_LANDMARKS; /* the landmarks that it moves */
  MePoint mean[ME_N_LANDMARKS];        /* sides of the patch */
  float box_x = 0, box_y = 0, box_width = 1;
  std::vector<Stage> stages;
  Eigen::VectorXf check; /* features of the last stage + 1: positive for a well-fitted face */
};

/* A picture, and the current estimate of its landmarks. A cascade that moves all of them places
 * each patch by the shape; one of a few has the patch that the attempt begins with. */
struct Attempt
{
  const Sample *sample;
  MePoint shape[ME_N_LANDMARKS];
  MeSimilarity pose; /* of the latest patch */
};

/* Sets the mean shape, of the photographs and their mirror images. */
void set_mean (Cascade &cascade, const std::vector<Photo> &photos);

/* Trains a stage and moves the attempts: half by the regression on everybody, half by one without
 * the attempt's own person, so that the next stage sees errors as large as those on unseen people.
 */
void add_stage (Cascade &cascade, std::vector<Attempt> &attempts, const Plan &plan);

/* Moves the attempts through one stage, in floating point. */
void advance (const Cascade &cascade, size_t stage, std::vector<Attempt> &attempts);

/* Descriptors of the last stage around the shapes: one column each, ending in a constant. */
Eigen::MatrixXf describe_last (const Cascade &cascade, const std::vector<Attempt> &attempts);

/* Runs work (from, to) on parts of 0..n, on one thread per processor. */
template <typename Work> void in_parallel (size_t n, Work work);

/* A picture as input of the analysis. */
MeFrame frame_of (const cv::Mat &image);

#include <thread>

template <typename Work>
void
in_parallel (size_t n, Work work)
{
  unsigned count = std::max (1u, std::thread::hardware_concurrency ());
  std::vector<std::thread> threads;

  for (unsigned t = 0; t < count; t++)
    threads.emplace_back ([=] { work (n * t / count, n * (t + 1) / count); });
  for (std::thread &thread : threads)
    thread.join ();
}
