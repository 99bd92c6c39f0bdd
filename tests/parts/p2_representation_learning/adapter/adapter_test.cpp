// p2's adapter: training gives the same bytes each time, and says what became of the embedding.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "grader/arrays/safetensors.hpp"
#include "grader/parts/p2_representation_learning/cases/generators.hpp"
#include "grader/run/run_cases.hpp"
#include "tests/build/toolkit.hpp"

namespace pset3::run {
namespace {

namespace fs = std::filesystem;
using pset3::testing::ReachableFolder;

const std::vector<std::string> kFiles = {"data.cpp", "models.cpp", "training.cpp", "testing.cpp"};

/// The solution as a submission of p2; made once.
class Solution {
 public:
  Solution() {
    std::vector<build::Object> objects;
    for (const std::string& file : kFiles) {
      objects.emplace_back(folder_.path() / (file + ".o"));
      const std::string source =
          read_file(fs::path(PSET3_SOURCE_DIR) / "solution/p2_representation_learning" / file);
      const auto result = build::compile(toolkit_, file, source, objects.back().file);
      if (!result.ok) throw std::runtime_error(file + result.diagnostics.at(0).message);
    }
    const auto linked = build::link(toolkit_, objects, file());
    if (!linked.ok) throw std::runtime_error("does not link: " + linked.diagnostics.at(0).message);
  }

  /// In a box of its own.
  std::string run(const std::string& function, const std::string& generator,
                  const nlohmann::json& params) const {
    RunCase run_case;
    run_case.id = function;
    run_case.function = function;
    run_case.input = arrays::encode(cases::p2::generators().at(generator)(params, 7).inputs);
    run_case.output_limit_bytes = 16 << 20;
    run_case.time_limit = std::chrono::minutes(2);
    RunOptions options;
    options.memory_bytes = 1536ull << 20;
    options.threads = 1;
    const Program program = {toolkit_.driver(), file(), toolkit_.libraries->loaded_libraries};
    const CaseOutcome outcome = run_cases(program, {run_case}, options).at(0);
    if (outcome.ended != Ended::kReturned) throw std::runtime_error("ended: " + outcome.message);
    return outcome.output;
  }

 private:
  fs::path file() const { return folder_.path() / "submission"; }
  build::Toolkit toolkit_ =
      build::prepare_toolkit(pset3::testing::home(), "p2", "p2_representation_learning", "torch");
  ReachableFolder folder_;
};

const Solution& solution() {
  static const Solution kSolution;
  return kSolution;
}

const nlohmann::json kClasses = {
    {"images", 60}, {"unseen", 20}, {"epochs", 2}, {"batch_size", 8}, {"learning_rate_1e4", 70}};

nlohmann::json rotations() {
  nlohmann::json params = kClasses;
  params["few"] = 20;
  params["few_epochs"] = 2;
  return params;
}

TEST(RepresentationDriver, GivesTheSameBytesInTwoRuns) {
  const std::string learnt = solution().run("learn_rotations", "p2.rotations", rotations());
  EXPECT_TRUE(learnt == solution().run("learn_rotations", "p2.rotations", rotations()));
  const std::string classes = solution().run("learn_classes", "p2.classes", kClasses);
  EXPECT_TRUE(classes == solution().run("learn_classes", "p2.classes", kClasses));
  const nlohmann::json items = {
      {"images", 16}, {"pct", "all"}, {"labels", "rotation"}, {"rounds", 3}};
  EXPECT_TRUE(solution().run("dataset_items", "p2.items", items) ==
              solution().run("dataset_items", "p2.items", items));
  nlohmann::json other = kClasses;
  other["learning_rate_1e4"] = 71;
  EXPECT_FALSE(classes == solution().run("learn_classes", "p2.classes", other))
      << "what is compared is what was learnt";
}

TEST(RepresentationDriver, TellsThatTheEmbeddingLearntAndWasKept) {
  const arrays::Arrays outputs =
      arrays::decode(solution().run("learn_rotations", "p2.rotations", rotations()));
  EXPECT_FALSE(arrays::get(outputs, "rotation_embedding_stayed").item<bool>());
  EXPECT_TRUE(arrays::get(outputs, "tuned_embedding_kept").item<bool>());
}

}  // namespace
}  // namespace pset3::run
