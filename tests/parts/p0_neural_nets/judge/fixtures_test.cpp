// Every public case of p0 with the reference's own outputs, and with outputs that are off by a bit.

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "grader/arrays/safetensors.hpp"
#include "grader/base/files.hpp"
#include "grader/judge/engine.hpp"
#include "grader/parts/p0_neural_nets/cases/generators.hpp"
#include "grader/parts/p0_neural_nets/judge/checks.hpp"
#include "tests/parts/p0_neural_nets/judge/cases.hpp"

namespace pset3::judge::p0::testing {
namespace {

using run::CaseOutcome;
using run::Ended;

const std::filesystem::path kFixtures = PSET3_SOURCE_DIR "/fixtures";

const Rubric& rubric() {
  static const Rubric read =
      read_rubric(kFixtures / "p0_neural_nets/rubric.json", kFixtures / "rubric.schema.json");
  return read;
}

struct PublicCase {
  const CheckSpec& check;
  const CaseSpec& spec;
  cases::CaseData data;
  Arrays expected;

  CheckResult judged(const Arrays& outputs) const {
    CaseOutcome outcome;
    outcome.ended = Ended::kReturned;
    outcome.output = arrays::encode(outputs);
    return judge_check(check, {{spec.id, &data.inputs, &data.outputs, &expected, &outcome}},
                       p0::checks());
  }
};

template <typename Function>
void for_each_public_case(Function function) {
  for (const CheckSpec& check : rubric().checks) {
    if (check.visibility != Visibility::kPublic) continue;
    for (const std::string& id : check.cases) {
      const CaseSpec& spec = rubric().case_named(id);
      function(PublicCase{check, spec,
                          cases::p0::generators().at(spec.generator)(spec.params, spec.seed),
                          arrays::decode(read_file(kFixtures / "p0_neural_nets/expected" /
                                                   (id + ".safetensors")))});
    }
  }
}

/// What a check looks at, where it does not look at everything.
bool looks_at(const CheckSpec& check, const std::string& output) {
  if (output.rfind("own_", 0) == 0) return false;
  if (check.id == "p0.c.values") return output != "gradient";
  if (check.id == "p0.c.gradients") return output == "gradient";
  // Judged by limits, signs and shares: tests of their own.
  static const std::set<std::string> kOthers = {"p0.b.stable", "p0.c.certain", "p0.d.spiral"};
  return kOthers.count(check.id) == 0;
}

/// @returns outputs with one number of an array moved.
Arrays moved(const Arrays& outputs, const std::string& name, std::size_t i, double by) {
  Arrays result = outputs;
  result.at(name).data<double>()[i] += by;
  return result;
}

TEST(NeuralNetFixtures, PassAsTheReferenceHasThem) {
  std::size_t seen = 0;
  for_each_public_case([&](const PublicCase& c) {
    ++seen;
    const CheckResult result = c.judged(c.expected);
    EXPECT_EQ(result.verdict, Verdict::kPassed)
        << c.check.id << " " << c.spec.id << ": expected " << result.findings[0].expected
        << ", got " << result.findings[0].got;
  });
  EXPECT_GT(seen, 50u);
}

TEST(NeuralNetFixtures, PassWithTheRoundingOfAnotherOrder) {
  for_each_public_case([&](const PublicCase& c) {
    for (const auto& [name, array] : c.expected) {
      if (array.dtype() != arrays::DType::kF64) continue;
      Arrays outputs = c.expected;
      double* values = outputs.at(name).data<double>();
      for (std::size_t i = 0; i < array.element_count(); ++i) {
        values[i] *= i % 2 == 0 ? 1.0 + 1e-13 : 1.0 - 1e-13;
      }
      EXPECT_EQ(c.judged(outputs).verdict, Verdict::kPassed) << c.check.id << " " << name;
    }
  });
}

TEST(NeuralNetFixtures, FailWhereAnySingleNumberIsOff) {
  for_each_public_case([&](const PublicCase& c) {
    for (const auto& [name, array] : c.expected) {
      if (array.dtype() != arrays::DType::kF64 || !looks_at(c.check, name)) continue;
      const double by =
          1e-3 * std::max(1e-2, p0::largest_magnitude(p0::tensor_of(c.expected, name)));
      // The first, the last and one between: each array has its own borders to get wrong.
      const std::size_t last = array.element_count() - 1;
      for (const std::size_t i : std::set<std::size_t>{0, last / 2, last}) {
        const CheckResult result = c.judged(moved(c.expected, name, i, by));
        EXPECT_NE(result.verdict, Verdict::kPassed)
            << c.check.id << " " << c.spec.id << " " << name;
        EXPECT_NE(result.verdict, Verdict::kGraderError) << result.findings[0].got;
      }
    }
  });
}

TEST(NeuralNetFixtures, NeverPassWithANumberThatIsNone) {
  for_each_public_case([&](const PublicCase& c) {
    for (const auto& [name, array] : c.expected) {
      if (array.dtype() != arrays::DType::kF64 || array.element_count() == 0) continue;
      const Arrays outputs = moved(c.expected, name, array.element_count() / 2, std::nan(""));
      EXPECT_EQ(c.judged(outputs).verdict, Verdict::kInvalidOutput) << c.check.id << " " << name;
    }
  });
}

TEST(NeuralNetFixtures, AreInvalidInTheShapeOfTheirTransposes) {
  for_each_public_case([&](const PublicCase& c) {
    for (const auto& [name, array] : c.expected) {
      if (name.rfind("own_", 0) == 0 || array.shape().size() < 2) continue;
      p0::Shape shape = array.shape();
      std::swap(shape[0], shape[1]);
      if (shape == array.shape()) continue;
      Arrays outputs = c.expected;
      Array turned(array.dtype(), shape);
      turned.bytes() = array.bytes();
      outputs.at(name) = turned;
      const Verdict verdict = c.judged(outputs).verdict;
      EXPECT_TRUE(verdict == Verdict::kInvalidOutput || verdict == Verdict::kBlocked)
          << c.check.id << " " << c.spec.id << " " << name << " " << name_of(verdict);
    }
  });
}

/// A sketch is for telling mistakes apart: it must not change with rounding, and with hardly more.
TEST(NeuralNetFixtures, HaveSketchesThatRoundingDoesNotChange) {
  for_each_public_case([&](const PublicCase& c) {
    const Check check = p0::checks().at(c.check.judge);
    const Sketch sketch = check.sketch({c.check, c.data.inputs, c.expected, c.expected});
    EXPECT_FALSE(sketch.empty()) << c.check.id;
    for (const double value : sketch) EXPECT_TRUE(std::isfinite(value)) << c.check.id;
  });
}

TEST(NeuralNetRubric, GivesFifteenPoints) { EXPECT_DOUBLE_EQ(rubric().automatic_points(), 15.0); }

}  // namespace
}  // namespace pset3::judge::p0::testing
