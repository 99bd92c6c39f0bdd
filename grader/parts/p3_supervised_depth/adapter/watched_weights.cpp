#include "grader/parts/p3_supervised_depth/adapter/watched_weights.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

namespace pset3::adapter::p3 {
namespace {

constexpr std::int64_t kColours = 3;

// LibTorch calls a plain function, which has to find the one that watches.
thread_local std::function<void(const torch::Tensor&, const torch::Tensor&)> tell_watcher;

std::unique_ptr<at::ObserverContext> told_of_call(const at::RecordFunction& call) {
  if (!tell_watcher || std::strcmp(call.name(), "aten::conv2d") != 0) return nullptr;
  const auto inputs = call.inputs();
  if (inputs.size() >= 2 && inputs[0].isTensor() && inputs[1].isTensor()) {
    tell_watcher(inputs[0].toTensor(), inputs[1].toTensor());
  }
  return nullptr;
}

}  // namespace

WatchedWeights::WatchedWeights(std::function<bool()> counts) : counts_(std::move(counts)) {
  tell_watcher = [this](const torch::Tensor& images, const torch::Tensor& weights) {
    see(images, weights);
  };
  handle_ = at::addThreadLocalCallback(at::RecordFunctionCallback(told_of_call)
                                           .needsInputs(true)
                                           .scopes({at::RecordScope::FUNCTION}));
}

WatchedWeights::~WatchedWeights() {
  at::removeCallback(handle_);
  tell_watcher = nullptr;
}

void WatchedWeights::see(const torch::Tensor& images, const torch::Tensor& weights) {
  if (images.dim() != 4 || images.size(1) != kColours || !torch::GradMode::is_enabled()) return;
  if (!counts_()) return;
  const torch::NoGradGuard no_gradients;
  Stay& stay = stays_[weights.unsafeGetTensorImpl()];
  const bool same = stay.weights.defined() && stay.weights.equal(weights);
  stay.calls = same ? stay.calls + 1 : 1;
  if (!same) stay.weights = weights.detach().clone();
  longest_ = std::max(longest_, stay.calls);
}

}  // namespace pset3::adapter::p3
