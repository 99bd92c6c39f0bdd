#include "grader/parts/t0_tiny/cases/generators.hpp"

#include <vector>

#include "grader/base/files.hpp"
#include "grader/parts/parameters.hpp"
#include "grader/worlds/random.hpp"

namespace pset3::cases::t0 {
namespace {

using arrays::Array;
using arrays::DType;

CaseData numbers(const nlohmann::json& params, std::uint64_t seed) {
  Parameters parameters("t0", params);
  const int count = parameters.integer("count", 1, 10'000);
  parameters.finish();
  worlds::Random random(seed, "t0");
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) values.push_back(random.uniform(3.0, 30.0));
  CaseData data;
  data.inputs["values"] = Array::of(values);
  data.outputs["mean"] = arrays::exactly(DType::kF64, {});
  return data;
}

CaseData numbers_for_variance(const nlohmann::json& params, std::uint64_t seed) {
  CaseData data = numbers(params, seed);
  data.outputs["variance"] = arrays::exactly(DType::kF64, {});
  return data;
}

}  // namespace

Generators generators() {
  return {{"t0.for_mean", numbers}, {"t0.for_variance", numbers_for_variance}};
}

DefaultData default_data() {
  return [](const std::filesystem::path& folder, const Progress&) {
    write_file(folder / "numbers.txt", "1 2 3 4 5 6\n");
  };
}

}  // namespace pset3::cases::t0
