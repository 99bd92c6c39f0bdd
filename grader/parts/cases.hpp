#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "grader/arrays/array.hpp"
#include "grader/arrays/safetensors.hpp"

namespace pset3::cases {

/// The inputs of a case, and what its outputs must look like.
struct CaseData {
  arrays::Arrays inputs;
  arrays::ArraySpecs outputs;
  /// What the judge sees beside the inputs and the box never does, e.g. the labels of unseen
  /// images. Other names than the inputs'.
  arrays::Arrays truth = {};
};

/// Makes a case from its parameters and a seed. Deterministic: the same arguments give the same
/// bytes.
/// @throws InputError for a parameter that is missing or out of range.
using Generator = std::function<CaseData(const nlohmann::json& params, std::uint64_t seed)>;

/// Generators by the name that rubrics use, e.g. "p1.carve_scene".
using Generators = std::map<std::string, Generator>;

/// Told how far something is, as (done, total).
using Progress = std::function<void(int, int)>;

/// Writes the data set that a part's exercise uses when nobody names another one; nothing is
/// downloaded. Empty for a part without one.
/// The folder is made if need be; files of the same names are replaced.
/// @throws GraderError when the folder cannot be written.
using DefaultData = std::function<void(const std::filesystem::path& folder, const Progress&)>;

}  // namespace pset3::cases
