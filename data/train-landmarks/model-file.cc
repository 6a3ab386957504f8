/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model-file.h"

#include <cmath>
#include <cstring>

namespace {

class Writer {
public:
  std::vector<uint8_t> bytes;

  void
  put (const void *data, size_t n)
  {
    bytes.insert (bytes.end (), (const uint8_t *)data, (const uint8_t *)data + n);
    bytes.resize ((bytes.size () + 7) & ~(size_t)7);
  }

  void
  put (const std::vector<float> &floats)
  {
    put (floats.data (), floats.size () * sizeof (float));
  }
};

/* The landmarks whose descriptors have any weight for this one, padded to n_inputs. */
std::vector<uint8_t>
inputs_of (const Stage &stage, int landmark)
{
  std::vector<uint8_t> inputs;

  for (int i = 0; i < ME_N_LANDMARKS; i++)
    if (stage.weights.block (2 * landmark, i * ME_LANDMARK_DESCRIPTOR, 2, ME_LANDMARK_DESCRIPTOR)
            .cwiseAbs ()
            .maxCoeff () > 0)
      inputs.push_back ((uint8_t)i);
  inputs.resize ((size_t)std::abs (stage.plan.n_inputs), inputs.empty () ? 0 : inputs.back ());
  return inputs;
}

void
put_stage (Writer &out, const Cascade &c, const Stage &stage)
{
  struct
  {
    uint8_t size_px, n_inputs, reserved[2];
    float spacing;
  } header = { (uint8_t)stage.plan.size_px, (uint8_t)std::abs (stage.plan.n_inputs), {},
    stage.plan.spacing };
  std::vector<uint8_t> inputs;
  std::vector<int8_t> weights;
  std::vector<float> scale, bias;

  for (int output = 2 * c.first; output < 2 * c.end; output++) {
    std::vector<uint8_t> own = inputs_of (stage, output / 2);
    if (output % 2 == 0)
      inputs.insert (inputs.end (), own.begin (), own.end ());
    for (size_t k = 0; k < own.size (); k++) {
      bool again = k > 0 && own[k] == own[k - 1]; /* padding */
      auto block = stage.weights.row (output).segment (
          own[k] * ME_LANDMARK_DESCRIPTOR, ME_LANDMARK_DESCRIPTOR);
      float step = std::max (block.cwiseAbs ().maxCoeff () / 127, 1e-12f);
      for (int i = 0; i < ME_LANDMARK_DESCRIPTOR; i++)
        weights.push_back (again ? 0 : (int8_t)lroundf (block[i] / step));
      scale.push_back (step);
    }
    bias.push_back (stage.weights (output, ME_N_LANDMARK_FEATURES));
  }
  out.put (&header, sizeof header);
  out.put (inputs.data (), inputs.size ());
  out.put (scale);
  out.put (bias);
  out.put (weights.data (), weights.size ());
}

} // namespace

std::vector<uint8_t>
pack_model (const Cascade &c)
{
  struct
  {
    char magic[8];
    uint32_t n_landmarks, n_stages;
    float box_x, box_y, box_width, check_bias;
    uint32_t first, end;
  } header = {};
  Writer out;
  std::vector<float> mean;

  memcpy (header.magic, "MELM0002", sizeof header.magic);
  header.n_landmarks = ME_N_LANDMARKS;
  header.n_stages = (uint32_t)c.stages.size ();
  header.box_x = c.box_x;
  header.box_y = c.box_y;
  header.box_width = c.box_width;
  header.first = (uint32_t)c.first;
  header.end = (uint32_t)c.end;
  if (c.check.size () > 0)
    header.check_bias = c.check[ME_N_LANDMARK_FEATURES];
  for (const MePoint &p : c.mean) {
    mean.push_back (p.x);
    mean.push_back (p.y);
  }
  out.put (&header, sizeof header);
  out.put (mean);
  for (const Stage &stage : c.stages)
    put_stage (out, c, stage);
  if (c.check.size () > 0)
    out.put (c.check.data (), ME_N_LANDMARK_FEATURES * sizeof (float));
  return out.bytes;
}
