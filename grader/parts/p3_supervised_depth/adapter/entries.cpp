// The functions of p3 behind the pipe. Array names and shapes:
// fixtures/p3_supervised_depth/README.md.

#include <vector>

#include "grader/parts/p3_supervised_depth/adapter/functions.hpp"
#include "grader/run/inside/entries.hpp"

namespace pset3::run {

const std::vector<Entry>& entries() {
  static const std::vector<Entry> kEntries = [] {
    seed_process();
    return std::vector<Entry>{
        {"split", adapter::p3::split},
        {"dataset_range", adapter::p3::dataset_range},
        {"dataset_refusals", adapter::p3::dataset_refusals},
        {"dataset_items", adapter::p3::dataset_items},
        {"model_pieces", adapter::p3::model_pieces},
        {"forward", adapter::p3::forward},
        {"forward_sizes", adapter::p3::forward_sizes},
        {"model_gradients", adapter::p3::model_gradients},
        {"depth_loss", adapter::p3::depth_loss},
        {"net_loss", adapter::p3::net_loss},
        {"train_step", adapter::p3::train_step},
        {"evaluate", adapter::p3::evaluate},
        {"learn", adapter::p3::learn},
        {"pretrain", adapter::p3::pretrain},
        {"compare_pretraining", adapter::p3::compare_pretraining},
        {"vary_comparison", adapter::p3::vary_comparison},
    };
  }();
  return kEntries;
}

}  // namespace pset3::run
