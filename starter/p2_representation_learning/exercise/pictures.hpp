#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "starter/p2_representation_learning/exercise/results.hpp"

namespace pset3::representation {

/// @returns Fashion-MNIST's word for a class, 0 to 9.
std::string name_of_class(std::int64_t label);

/// Draws samples three in a row, each with its class or its rotation.
void draw_samples(const std::vector<Sample>& samples, Predicts predicts,
                  const std::filesystem::path& path);

/// Draws loss and accuracy, epoch by epoch, of the experiments that predict the same; nothing when
/// there are none.
void draw_curves(const std::vector<Outcome>& outcomes, Predicts predicts,
                 const std::filesystem::path& path);

}  // namespace pset3::representation
