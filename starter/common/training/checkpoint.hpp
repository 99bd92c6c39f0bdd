#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pset3 {

/// What a training is, so that none is continued that was begun with other code, data or settings.
using Identity = std::map<std::string, std::string>;

using NamedTensors = std::map<std::string, torch::Tensor>;

/// A training between two epochs.
struct Checkpoint {
  NamedTensors tensors;                     ///< the model's, and perhaps the optimiser's
  std::vector<std::vector<double>> epochs;  ///< so far: what was measured, as much of each
  std::vector<int> stopped_after;           ///< epochs; where something was lost by stopping
};

/// @returns a model's parameters and buffers by name; views, not copies.
NamedTensors state_of(const torch::nn::Module& model);

/// Copies values into parameters and buffers that have these names and shapes.
/// @returns false, and changes nothing, when names or shapes differ.
bool set_state(const NamedTensors& values, torch::nn::Module& model);

/// @returns what Adam remembers of each of the model's parameters, by names that none of them has.
NamedTensors adam_state_of(torch::optim::Adam& optimizer, const torch::nn::Module& model);

/// Gives a new optimiser what adam_state_of() took from another.
/// @returns false, and changes nothing, when something is missing or of another shape.
bool set_adam_state(const NamedTensors& values, const torch::nn::Module& model,
                    torch::optim::Adam& optimizer);

/// Writes a safetensors file: the tensors, "epochs" (E, measured), and the identity as notes.
void write_checkpoint(const std::filesystem::path& file, const Identity& identity,
                      const Checkpoint& checkpoint);

/// @returns what was written there for this identity; none when there is no such file, or it is of
///          another identity or damaged.
std::optional<Checkpoint> read_checkpoint(const std::filesystem::path& file,
                                          const Identity& identity);

/// @returns a short text that tells tensors from others.
std::string fingerprint(const std::vector<torch::Tensor>& tensors);
std::string fingerprint_of(const NamedTensors& tensors);

/// @returns the same of the program that is running, and so of the student's code.
std::string fingerprint_of_program();

}  // namespace pset3
