#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "grader/arrays/safetensors.hpp"
#include "grader/run/run_cases.hpp"
#include "tests/build/toolkit.hpp"

namespace pset3::testing {

/// A submission of p1: a carve.cpp of the test's, with the solution's other two files.
class CarveProgram {
 public:
  explicit CarveProgram(const std::string& carve_source) {
    const std::vector<std::string> others = {"form_initial_voxels.cpp", "get_voxel_bounds.cpp"};
    static const ReachableFolder kShared;
    std::vector<build::Object> objects = {folder_.path() / "carve.o"};
    compile_or_throw("carve.cpp", carve_source, objects[0].file);
    for (const std::string& name : others) {
      objects.emplace_back(kShared.path() / (name + ".o"));
      if (!std::filesystem::exists(objects.back().file)) {
        compile_or_throw(name, solution(name), objects.back().file);
      }
    }
    const auto linked = build::link(toolkit(), objects, file());
    if (!linked.ok) throw std::runtime_error("does not link: " + linked.diagnostics.at(0).message);
  }

  std::filesystem::path file() const { return folder_.path() / "submission"; }

  std::vector<run::CaseOutcome> run(const std::vector<run::RunCase>& cases,
                                    const run::RunOptions& options) const {
    return run::run_cases({toolkit().driver(), file(), toolkit().libraries->loaded_libraries},
                          cases, options);
  }

  std::vector<run::CaseOutcome> run(const std::vector<run::RunCase>& cases,
                                    std::uint64_t memory_bytes = 512ull << 20) const {
    run::RunOptions options;
    options.memory_bytes = memory_bytes;
    options.threads = 1;
    return run(cases, options);
  }

 private:
  static void compile_or_throw(const std::string& name, const std::string& source,
                               const std::filesystem::path& object) {
    const auto result = build::compile(toolkit(), name, source, object);
    if (!result.ok) {
      throw std::runtime_error(name + ":" + std::to_string(result.diagnostics.at(0).line) + ": " +
                               result.diagnostics.at(0).message);
    }
  }

  ReachableFolder folder_;
};

/// Voxels on the x axis at x = 0, 1, …; a camera at z = -1 that sees them at pixels u = x, v = 0;
/// the object is where u is even, below `width`.
inline arrays::Arrays carve_inputs(std::int64_t count = 4, std::int64_t width = 8) {
  using arrays::Array;
  std::vector<double> voxels;
  for (std::int64_t i = 0; i < count; ++i) {
    voxels.insert(voxels.end(), {static_cast<double>(i), 0.0, 0.0});
  }
  const std::vector<double> projection = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1};
  std::vector<std::uint8_t> silhouette;
  for (std::int64_t u = 0; u < width; ++u) silhouette.push_back(u % 2 == 0 ? 1 : 0);
  return {{"voxels", Array::copy_of(voxels.data(), {count, 3})},
          {"P", Array::copy_of(projection.data(), {3, 4})},
          {"silhouette", Array::copy_of(silhouette.data(), {1, width})}};
}

inline run::RunCase carve_case(const arrays::Arrays& inputs = carve_inputs()) {
  run::RunCase run_case;
  run_case.id = "case";
  run_case.function = "carve";
  run_case.input = arrays::encode(inputs);
  run_case.output_limit_bytes = 64UL * 1024;
  return run_case;
}

/// @returns the x of each survivor.
inline std::vector<double> survivors(const run::CaseOutcome& outcome) {
  const arrays::Arrays outputs = arrays::decode(outcome.output);
  const arrays::Array& array = arrays::get(outputs, "survivors");
  std::vector<double> xs;
  for (std::int64_t i = 0; i < array.shape().at(0); ++i) xs.push_back(array.data<double>()[3 * i]);
  return xs;
}

}  // namespace pset3::testing
