#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

#include "grader/parts/cases.hpp"

/// The generators of part p2. Each draws from the seed what its parameters leave open. Pictures are
/// drawn garments; where a case is about arithmetic alone, random numbers. Names and shapes of
/// arrays: fixtures/p2_representation_learning/README.md.
namespace pset3::cases::p2 {

/// "p2.sizes", for dataset_size: fractions of a set.
///
/// @param params images: 20 to 400; fractions: 8 to 100.
/// Promise: 0, 1 and at least three of each: products with a fraction in [.15, .45] and in
/// [.55, .85]; the others are whole hundredths, where a product may be whole on paper only.
CaseData sizes(const nlohmann::json& params, std::uint64_t seed);

/// "p2.items", for dataset_items.
///
/// @param params images: 4 to 400; pct: "all" or "part" (about two thirds); labels: "class" or
///               "rotation"; rounds: 1 to 20.
CaseData items(const nlohmann::json& params, std::uint64_t seed);

/// "p2.targets", for dataset_targets: rotations of many examples.
///
/// @param params images: 100 to 2000.
CaseData targets(const nlohmann::json& params, std::uint64_t seed);

/// "p2.refusals", for dataset_refusals: a part of a set. @param params images: 4 to 400.
CaseData refusals(const nlohmann::json& params, std::uint64_t seed);

/// "p2.embedding", for embed_forward: weights such that about half of what goes into each ReLU is
/// negative.
///
/// @param params batch: 1 to 16.
CaseData embedding(const nlohmann::json& params, std::uint64_t seed);

/// "p2.head", for classify_forward, likewise.
///
/// @param params batch: 1 to 64; classes: 2 to 50.
CaseData head(const nlohmann::json& params, std::uint64_t seed);

/// "p2.whole", for model_forward. @param params batch, classes as in p2.head.
CaseData whole(const nlohmann::json& params, std::uint64_t seed);

/// "p2.parameters", for parameters_to_train. @param params classes: 2 to 50; exclude: true or
/// false.
CaseData parameters(const nlohmann::json& params, std::uint64_t seed);

/// "p2.training", for train on the harness's linear model.
///
/// @param params examples: 2 to 100; batch_size: 1 to 100; epochs: 0 to 5; told: whether train() is
///               given somebody to tell.
/// Promise: two to five classes, two to six features; the learning rate (.05 to .2) and the
/// momentum (.5 to .9) are none that anybody would write by heart; the shift in training mode
/// changes what the model answers for at least a third of the examples.
CaseData training(const nlohmann::json& params, std::uint64_t seed);

/// "p2.testing", for test on the harness's linear model. @param params examples, batch_size as in
/// p2.training; the same promise.
CaseData testing(const nlohmann::json& params, std::uint64_t seed);

/// "p2.classes", for learn_classes.
///
/// @param params images, unseen: 10 to 2000; epochs: 1 to 50; batch_size: 1 to 100;
///               learning_rate_1e4: in ten-thousandths, 1 to 10000.
/// Truth: unseen_labels (U).
CaseData classes(const nlohmann::json& params, std::uint64_t seed);

/// "p2.rotations", for learn_rotations.
///
/// @param params as p2.classes; few: how many images have classes, 10 to images; few_epochs: 1 to
///               200. `turn_order` I64 (8 U): in which order images and rotations are asked for.
CaseData rotations(const nlohmann::json& params, std::uint64_t seed);

Generators generators();

/// What `pset3 run p2` uses when nobody names other data.
DefaultData default_data();

}  // namespace pset3::cases::p2
