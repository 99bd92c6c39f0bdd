#include "starter/common/training/resumable_training.hpp"

#include <iostream>
#include <utility>

namespace pset3 {
namespace {

/// @returns those of `tensors` whose names are in `wanted`.
NamedTensors part_of(const NamedTensors& tensors, const NamedTensors& wanted) {
  NamedTensors part;
  for (const auto& [name, tensor] : tensors) {
    if (wanted.count(name) > 0) part[name] = tensor;
  }
  return part;
}

}  // namespace

ResumableTraining::ResumableTraining(std::string name, const std::filesystem::path& folder,
                                     Identity identity, torch::nn::Module& model,
                                     torch::optim::Adam& optimizer)
    : name_(std::move(name)),
      file_(folder / (name_ + ".safetensors")),
      identity_(std::move(identity)),
      model_(model),
      optimizer_(optimizer) {}

void ResumableTraining::resume(int epochs) {
  if (!std::filesystem::exists(file_)) return;
  const auto before = read_checkpoint(file_, identity_);
  if (!before || static_cast<int>(before->epochs.size()) > epochs ||
      !set_state(part_of(before->tensors, state_of(model_)), model_) ||
      !set_adam_state(before->tensors, model_, optimizer_)) {
    std::cerr << name_ << ": the checkpoint is of other code, data or settings; starting anew\n";
    return;
  }
  epochs_ = before->epochs;
  if (done() == epochs) {
    std::cerr << name_ << ": finished in an earlier run; --anew trains again\n";
  } else {
    std::cerr << name_ << ": goes on after epoch " << done() << " of " << epochs << "\n";
  }
}

void ResumableTraining::keep(const std::vector<double>& measured) {
  std::vector<double>& epoch = epochs_.emplace_back();
  for (const double value : measured) epoch.push_back(static_cast<float>(value));
  Checkpoint checkpoint;
  checkpoint.tensors = state_of(model_);
  checkpoint.tensors.merge(adam_state_of(optimizer_, model_));
  checkpoint.epochs = epochs_;
  write_checkpoint(file_, identity_, checkpoint);
}

std::uint64_t ResumableTraining::next_seed(std::uint64_t seed) const {
  return seed + 1'000'003 * static_cast<std::uint64_t>(done() + 1);
}

}  // namespace pset3
