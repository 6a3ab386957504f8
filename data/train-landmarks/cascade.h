/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Learns the cascade of src/finding/landmark-model.h: ridge regressions from descriptors to the way
 * home, each on the faces as the ones before leave them. Shapes are px of the picture, outputs
 * sides of the patch. */
#pragma once

#include "render.h"

#include <Eigen/Dense>

#include "finding/landmark-model.h"

/* How a stage looks and learns. */
struct Plan
{
  int size_px;   /* of the patch; 0: that of the stage before */
  float spacing; /* of the cells, sides of the patch */
  int n_near;    /* landmarks whose descriptors one landmark follows: the nearest; negative: the
                    same for all, spread over the face */
  double ridge;  /* of the mean of the Gram matrix's diagonal */
};

struct Stage
{
  Plan plan;
  int size_px;             /* of the patch, never 0 */
  Eigen::MatrixXf weights; /* 2 N x (features + 1), the last column constant */
};

struct Cascade
{
  MePoint mean[ME_N_LANDMARKS]; /* sides of the patch */
  float box_x = 0, box_y = 0, box_width = 1;
  std::vector<Stage> stages;
  Eigen::VectorXf check; /* features of the last stage + 1: above 0 is a face that is fitted */
};

/* A picture, and where the landmarks are believed. */
struct Attempt
{
  const Sample *sample;
  MePoint shape[ME_N_LANDMARKS];
  MeSimilarity pose; /* of the patch that was looked at last */
};

/* Mean shape of the photographs and their mirror images. */
void set_mean (Cascade &cascade, const std::vector<Photo> &photos);

/* Adds a stage and moves the attempts on: half by what it learnt, half by what it learns without
 * their own person, so that the next stage sees errors as large as those on unseen people. */
void add_stage (Cascade &cascade, std::vector<Attempt> &attempts, const Plan &plan);

/* Moves the attempts through one stage, in floating point. */
void advance (const Cascade &cascade, size_t stage, std::vector<Attempt> &attempts);

/* Descriptors around the shapes as the last stage sees them: a column each, a constant last. */
Eigen::MatrixXf describe_last (const Cascade &cascade, const std::vector<Attempt> &attempts);

/* Runs work (from, to) on parts of 0..n, one thread a processor. */
template <typename Work> void in_parallel (size_t n, Work work);

/* A picture as the analysis takes it. */
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
