// The functions of p3 behind the pipe. Array names and shapes:
// fixtures/p3_supervised_depth/README.md.

#include <vector>

#include "grader/driver/inside/entries.hpp"
#include "grader/driver/p3_supervised_depth/functions.hpp"

namespace pset3::driver {

const std::vector<Entry>& entries() {
  static const std::vector<Entry> kEntries = [] {
    seed_process();
    return std::vector<Entry>{
        {"split", p3::split},
        {"dataset_range", p3::dataset_range},
        {"dataset_items", p3::dataset_items},
        {"model_pieces", p3::model_pieces},
        {"forward", p3::forward},
        {"forward_sizes", p3::forward_sizes},
        {"model_gradients", p3::model_gradients},
        {"depth_loss", p3::depth_loss},
        {"net_loss", p3::net_loss},
        {"train_step", p3::train_step},
        {"evaluate", p3::evaluate},
        {"learn", p3::learn},
        {"pretrain", p3::pretrain},
        {"compare_pretraining", p3::compare_pretraining},
        {"vary_comparison", p3::vary_comparison},
    };
  }();
  return kEntries;
}

}  // namespace pset3::driver
