#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <functional>
#include <map>

namespace pset3::adapter::p3 {

/// Watches the weights of every layer that images go into, while it lives: an encoder that some
/// function makes for itself cannot be asked in any other way.
class WatchedWeights {
 public:
  /// @param counts  tells at each call of such a layer whether it counts. Calls that record no
  ///                gradients never do.
  explicit WatchedWeights(std::function<bool()> counts);
  ~WatchedWeights();
  WatchedWeights(const WatchedWeights&) = delete;
  WatchedWeights& operator=(const WatchedWeights&) = delete;

  /// The most calls in a row in which one layer had the same weights.
  std::int64_t longest_stay() const { return longest_; }

 private:
  /// What a layer's weights were in its last call, and in how many calls up to it.
  struct Stay {
    torch::Tensor weights;
    std::int64_t calls = 0;
  };

  void see(const torch::Tensor& images, const torch::Tensor& weights);

  std::function<bool()> counts_;
  std::map<const void*, Stay> stays_;  // by the layer's tensor
  std::int64_t longest_ = 0;
  at::CallbackHandle handle_ = 0;
};

}  // namespace pset3::adapter::p3
