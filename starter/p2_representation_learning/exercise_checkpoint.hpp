#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "starter/p2_representation_learning/exercise_results.hpp"

namespace pset3::representation {

/// What a training is, so that none is continued that was begun with other code, data or settings.
using Identity = std::map<std::string, std::string>;

/// A training between two epochs.
struct Checkpoint {
  std::map<std::string, torch::Tensor> parameters;  ///< by name
  std::vector<EpochPoint> epochs;                   ///< so far, 0 first
  std::vector<int> stopped_after;
};

/// @returns a model's parameters by name; views, not copies.
std::map<std::string, torch::Tensor> parameters_of(const torch::nn::Module& model);

/// Copies values into parameters that have these names and shapes.
/// @returns false, and changes nothing, when names or shapes differ.
bool set_parameters(const std::map<std::string, torch::Tensor>& values, torch::nn::Module& model);

/// Writes a safetensors file: the parameters, "epochs" (E, 2) with loss and accuracy, and the
/// identity as notes.
void write_checkpoint(const std::filesystem::path& file, const Identity& identity,
                      const Checkpoint& checkpoint);

/// @returns what was written there for this identity; none when there is no such file, or it is of
///          another identity or damaged.
std::optional<Checkpoint> read_checkpoint(const std::filesystem::path& file,
                                          const Identity& identity);

/// @returns a short text that tells tensors from others.
std::string fingerprint(const std::vector<torch::Tensor>& tensors);

/// @returns the same of the program that is running, and so of the student's code.
std::string fingerprint_of_program();

}  // namespace pset3::representation
