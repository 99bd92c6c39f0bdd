#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

#include "grader/parts/cases.hpp"

/// The generators of part p3. Each draws from the seed what its parameters leave open. Pictures to
/// learn from are those of the block world; where a case is about arithmetic alone, random numbers.
/// Names and shapes of arrays: fixtures/p3_supervised_depth/README.md.
namespace pset3::cases::p3 {

/// "p3.ranges", for dataset_range. @param params pictures: 10 to 200; ranges: 4 to 40.
/// Promise: an empty range, the whole of the pictures, and else ranges that begin after the first
/// picture and end before the last.
CaseData ranges(const nlohmann::json& params, std::uint64_t seed);

/// "p3.refusals", for dataset_refusals. @param params pictures: 10 to 200.
CaseData refusals(const nlohmann::json& params, std::uint64_t seed);

/// "p3.splits", for split. @param params pictures: 10 to 200; splits: 8 to 40.
/// Promise: in the first six, both the pictures that are used and those that train would be other
/// numbers if they were rounded, and those that train also if the used ones were not cut off
/// before. The others are whole hundredths, where a product may be whole on paper only.
CaseData splits(const nlohmann::json& params, std::uint64_t seed);

/// "p3.items", for dataset_items: all of some noisy pictures, a tenth of the pixels without
/// reading.
///
/// @param params pictures: 1 to 20; height, width: 2 to 64.
CaseData items(const nlohmann::json& params, std::uint64_t seed);

/// "p3.images", for forward and model_gradients: noise and a small network.
///
/// @param params batch: 1 to 8; height, width: 32 to 128; function: which of the two.
CaseData images(const nlohmann::json& params, std::uint64_t seed);

/// "p3.sizes", for forward_sizes. @param params sizes: 4 to 20.
/// Promise: the first four are even and even, odd and odd, odd and even, even and odd.
CaseData sizes(const nlohmann::json& params, std::uint64_t seed);

/// "p3.maps", for depth_loss: two noisy maps and a weight for each pixel.
///
/// @param params batch: 1 to 8; channels: 1 to 4; height, width: 2 to 64.
CaseData maps(const nlohmann::json& params, std::uint64_t seed);

/// "p3.predictions", for net_loss: depth maps and what somebody may predict of them.
///
/// @param params batch: 1 to 8; height, width: 11 to 64.
CaseData predictions(const nlohmann::json& params, std::uint64_t seed);

/// "p3.steps", for train_step on the harness's model.
///
/// @param params batch: 1 to 16; height, width: 11 to 32; steps: 1 to 10; optimizer: "adam" or
///               "sgd"; unknown: percent of the pixels without reading, 0 to 60.
/// Promise: depths without reading are far from all others.
CaseData steps(const nlohmann::json& params, std::uint64_t seed);

/// "p3.evaluation", for evaluate on the harness's model.
///
/// @param params examples: 1 to 40; batch_size: 1 to 40; height, width, unknown as in p3.steps.
CaseData evaluation(const nlohmann::json& params, std::uint64_t seed);

/// "p3.learning", for learn.
///
/// @param params pictures, unseen: 5 to 500; height, width: 32 to 128; epochs: 1 to 50; batch_size:
///               1 to 32; learning_rate_1e5: in hundred-thousandths, 1 to 10000.
/// Truth: unseen_depths (U, 1, H, W).
CaseData learning(const nlohmann::json& params, std::uint64_t seed);

/// "p3.pretraining", for pretrain. @param params as p3.learning.
CaseData pretraining(const nlohmann::json& params, std::uint64_t seed);

/// "p3.comparison", for compare_pretraining: the first three quarters train.
///
/// @param params as p3.learning without unseen; pretraining_epochs: 1 to 50.
CaseData comparison(const nlohmann::json& params, std::uint64_t seed);

Generators generators();

/// What `pset3 run p3` uses when nobody names other data.
DefaultData default_data();

}  // namespace pset3::cases::p3
