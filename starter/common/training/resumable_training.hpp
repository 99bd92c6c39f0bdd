#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "starter/common/training/checkpoint.hpp"

namespace pset3 {

/// A training with Adam that is written to a file after every epoch, with all that the optimiser
/// remembers, so that one that is continued ends as if it had never been stopped.
class ResumableTraining {
 public:
  /// @param name      what messages call it; the file is NAME.safetensors in `folder`.
  /// @param identity  of the training; what was begun with another is not continued.
  /// @param model, optimizer  must live longer; the optimiser has all of the model's parameters.
  ResumableTraining(std::string name, const std::filesystem::path& folder, Identity identity,
                    torch::nn::Module& model, torch::optim::Adam& optimizer);

  /// Takes up what an earlier run has left, unless there is nothing, or nothing that fits. Tells on
  /// stderr.
  /// @param epochs  that are wanted in all; a run that went further is not continued.
  void resume(int epochs);

  /// Counts an epoch as done and writes the file.
  /// @param measured  as many numbers each time; kept as floats, so that tables do not change when
  ///                  a run is continued.
  void keep(const std::vector<double>& measured);

  int done() const { return static_cast<int>(epochs_.size()); }

  /// @returns what was measured in each epoch.
  const std::vector<std::vector<double>>& epochs() const { return epochs_; }

  /// @returns a seed for the epoch that is next, whatever was stopped before it.
  std::uint64_t next_seed(std::uint64_t seed) const;

 private:
  std::string name_;
  std::filesystem::path file_;
  Identity identity_;
  torch::nn::Module& model_;
  torch::optim::Adam& optimizer_;
  std::vector<std::vector<double>> epochs_;
};

}  // namespace pset3
