// p0's adapter: stubs come through, wrong shapes arrive as they are, pieces that fail on the side
// are only unknown.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "grader/arrays/safetensors.hpp"
#include "grader/parts/p0_neural_nets/cases/generators.hpp"
#include "grader/run/run_cases.hpp"
#include "tests/build/toolkit.hpp"

namespace pset3::run {
namespace {

namespace fs = std::filesystem;
using pset3::testing::ReachableFolder;
using ::testing::ElementsAre;

const std::vector<std::string> kFiles = {
    "activations.cpp", "convolution.cpp", "convolution_layer.cpp", "fully_connected.cpp",
    "losses.cpp",      "mlp.cpp",         "perceptron.cpp",        "pooling.cpp"};

std::string source_of(const std::string& folder, const std::string& file) {
  return read_file(fs::path(PSET3_SOURCE_DIR) / folder / "p0_neural_nets" / file);
}

/// What replaces something in a file.
struct Change {
  std::string file;
  std::string from;
  std::string to;
};

/// The driver of p0 around starter/ or solution/, one file changed.
class Program {
 public:
  explicit Program(const std::string& folder, const Change& change = {}) {
    static const ReachableFolder kUnchanged;
    std::vector<build::Object> objects;
    for (const std::string& file : kFiles) {
      std::string source = source_of(folder, file);
      const bool changed = file == change.file;
      if (changed) {
        const auto at = source.find(change.from);
        if (at == std::string::npos) throw std::runtime_error("not in " + file + change.from);
        source.replace(at, change.from.size(), change.to);
      }
      objects.emplace_back(changed ? folder_.path() / (file + ".o")
                                   : kUnchanged.path() / (folder + "_" + file + ".o"));
      if (fs::exists(objects.back().file)) continue;
      const auto result = build::compile(toolkit(), file, source, objects.back().file);
      if (!result.ok) throw std::runtime_error(file + result.diagnostics.at(0).message);
    }
    const auto linked = build::link(toolkit(), objects, file());
    if (!linked.ok) throw std::runtime_error("does not link: " + linked.diagnostics.at(0).message);
  }

  CaseOutcome run(const std::string& function, const std::string& generator,
                  const nlohmann::json& params) const {
    RunCase run_case;
    run_case.id = function;
    run_case.function = function;
    run_case.input = arrays::encode(cases::p0::generators().at(generator)(params, 1).inputs);
    run_case.output_limit_bytes = 4 << 20;
    RunOptions options;
    options.memory_bytes = 512ull << 20;
    options.threads = 1;
    const run::Program program = {toolkit().driver(), file(),
                                  toolkit().libraries->loaded_libraries};
    return run_cases(program, {run_case}, options).at(0);
  }

 private:
  static const build::Toolkit& toolkit() {
    static const build::Toolkit kToolkit =
        build::prepare_toolkit(pset3::testing::home(), "p0", "p0_neural_nets", "eigen");
    return kToolkit;
  }
  fs::path file() const { return folder_.path() / "submission"; }
  ReachableFolder folder_;
};

arrays::Arrays outputs_of(const CaseOutcome& outcome) {
  if (outcome.ended != Ended::kReturned) throw std::runtime_error("ended: " + outcome.message);
  return arrays::decode(outcome.output);
}

const nlohmann::json kNetwork = {
    {"samples", 4}, {"layers", 2}, {"activation", "tanh"}, {"direction", "forward"}};
const nlohmann::json kVolume = {{"filter", 3}, {"in", 2},      {"filters", 4},
                                {"stride", 1}, {"padding", 1}, {"direction", "forward"}};

TEST(NeuralNetDriver, LetsTheStubOfTheFunctionThatIsAskedForThrough) {
  const Program starter("starter");
  for (const auto& entry : nlohmann::json::parse(read_file(fs::path(PSET3_SOURCE_DIR) /
                                                           "fixtures/p0_neural_nets/rubric.json"))
                               .at("cases")) {
    const std::string function = entry.at("function");
    const CaseOutcome outcome = starter.run(function, entry.at("generator"), entry.at("params"));
    EXPECT_EQ(outcome.ended, Ended::kNotImplemented) << entry.at("id") << outcome.message;
    const std::string asked = function == "train_spiral"          ? "sgd_step"
                              : function == "convolve_properties" ? "convolve_signals"
                                                                  : function;
    EXPECT_EQ(outcome.function, asked) << entry.at("id");
  }
}

TEST(NeuralNetDriver, CallsAPieceThatFailsUnknown) {
  const Program broken("solution", {"activations.cpp", "return z.array().tanh();", "throw 1;"});
  const CaseOutcome outcome = broken.run(
      "tanh_derivative", "p0.activation",
      {{"function", "tanh_derivative"}, {"rows", 2}, {"columns", 3}, {"kind", "moderate"}});
  EXPECT_FALSE(outputs_of(outcome).at("own_activation_known").item<bool>());
}

TEST(NeuralNetDriver, BringsAWrongShapeAsItIs) {
  const Program program(
      "solution", {"fully_connected.cpp", "return (inputs * layer.weights).rowwise() + layer.bias;",
                   "return Matrix((inputs * layer.weights).transpose());"});
  const arrays::Arrays outputs = outputs_of(
      program.run("fully_connected", "p0.layer",
                  {{"samples", 5}, {"inputs", 3}, {"outputs", 2}, {"direction", "forward"}}));
  EXPECT_THAT(outputs.at("outputs").shape(), ElementsAre(2, 5));
}

TEST(NeuralNetDriver, BringsAnEmptyResultAsItIs) {
  const Program program("solution",
                        {"convolution_layer.cpp", "return output;", "return Volume();"});
  const arrays::Arrays outputs = outputs_of(program.run("convolution_layer", "p0.volume", kVolume));
  EXPECT_THAT(outputs.at("output").shape(), ElementsAre(0, 0, 0));
}

TEST(NeuralNetDriver, TellsThatAWrongShapeMisledALayer) {
  const Program program(
      "solution", {"convolution.cpp", "room_down < 0 ||", "room_down > 0 || room_down < 0 ||"});
  const arrays::Arrays outputs = outputs_of(program.run("convolution_layer", "p0.volume", kVolume));
  EXPECT_THAT(outputs.at("output").shape(), ElementsAre(0, 0, 0));
  const std::int64_t* own = outputs.at("own_shape").data<std::int64_t>();
  EXPECT_THAT(std::vector<std::int64_t>(own, own + 3), ElementsAre(0, 0, 0));
  EXPECT_TRUE(outputs.at("own_shape_known").item<bool>());
}

TEST(NeuralNetDriver, TellsWhichArgumentAFunctionChanged) {
  struct Changed {
    const char* function;
    const char* generator;
    nlohmann::json params;
    Change change;
    std::int64_t place;  ///< among the names of the inputs
  };
  const nlohmann::json layer = {
      {"samples", 5}, {"inputs", 3}, {"outputs", 2}, {"direction", "backward"}};
  for (const Changed& c :
       {Changed{"relu",
                "p0.activation",
                {{"function", "relu"}, {"rows", 2}, {"columns", 3}, {"kind", "moderate"}},
                {"activations.cpp", "return z.cwiseMax(0.0);",
                 "return const_cast<Matrix&>(z) = z.cwiseMax(0.0).eval();"},
                1},
        Changed{"fully_connected_backward",
                "p0.layer",
                layer,
                {"fully_connected.cpp", "return {output_gradient * layer.weights.transpose()",
                 "const_cast<Matrix&>(output_gradient) *= 1.5;\n"
                 "return {output_gradient * layer.weights.transpose()"},
                3},
        Changed{"convolution_layer",
                "p0.volume",
                kVolume,
                {"convolution_layer.cpp", "return output;",
                 "const_cast<RowVector&>(bias).setZero();\nreturn output;"},
                1}}) {
    const Program program("solution", c.change);
    const arrays::Arrays outputs = outputs_of(program.run(c.function, c.generator, c.params));
    EXPECT_EQ(outputs.at("own_changed").item<std::int64_t>(), c.place) << c.function;
  }
  const arrays::Arrays outputs =
      outputs_of(Program("solution").run("convolution_layer", "p0.volume", kVolume));
  EXPECT_EQ(outputs.at("own_changed").item<std::int64_t>(), 0);
}

TEST(NeuralNetDriver, CallsALayerForOtherVolumesFirstWhereAsked) {
  const Program keeps("solution",
                      {"convolution_layer.cpp", "const Volume padded = input.pad(sides);",
                       "static Volume padded(0, 0, 0);\n"
                       "if (padded.size() == 0) padded = input.pad(sides);"});
  const Program right("solution");
  nlohmann::json params = kVolume;
  const auto output_of = [&](const Program& program) {
    return outputs_of(program.run("convolution_layer", "p0.volume", params)).at("output");
  };
  EXPECT_EQ(output_of(keeps), output_of(right));
  params["earlier"] = "other_volumes";
  EXPECT_FALSE(output_of(keeps) == output_of(right));
}

TEST(NeuralNetDriver, ReportsATrainingThatRunsAway) {
  const Program program("solution", {"mlp.cpp", "learning_rate * gradients", "-1e6 * gradients"});
  const arrays::Arrays outputs = outputs_of(program.run(
      "train_spiral", "p0.spiral",
      {{"arms", 2}, {"samples", 20}, {"width", 8}, {"activation", "relu"}, {"steps", 60}}));
  EXPECT_TRUE(outputs.at("diverged").item<bool>());
  EXPECT_THAT(outputs.at("losses").shape(), ElementsAre(60));
}

}  // namespace
}  // namespace pset3::run
