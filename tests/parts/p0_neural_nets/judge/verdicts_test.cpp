// Answers to p0 that are unusual and right, and answers that are wrong in a way that is someone
// else's fault.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "grader/parts/p0_neural_nets/judge/definitions.hpp"
#include "tests/parts/p0_neural_nets/judge/cases.hpp"

namespace pset3::judge::p0::testing {
namespace {

using p0::LossKind;
using ::testing::HasSubstr;

Arrays perceptron_sample(const char* situation) {
  return drawn("p0.perceptron_sample", {{"dimensions", 3}, {"situation", situation}});
}

TEST(PerceptronUpdate, MustLeaveARightPerceptronAlone) {
  const Arrays inputs = perceptron_sample("right_1");
  Arrays outputs = {{"weights", get(inputs, "weights")}, {"bias", get(inputs, "bias")}};
  EXPECT_EQ(verdict("p0.perceptron_update", inputs, outputs), Verdict::kPassed);
  outputs["bias"] = Array::scalar(get(inputs, "bias").item<double>() + 0.125);
  EXPECT_EQ(verdict("p0.perceptron_update", inputs, outputs), Verdict::kFailed);
}

TEST(PerceptronUpdate, SaysZeroOnTheLineItself) {
  const Arrays inputs = perceptron_sample("on_the_line");
  // Whoever says 1 there sees no mistake.
  const Arrays unchanged = {{"weights", get(inputs, "weights")}, {"bias", get(inputs, "bias")}};
  EXPECT_EQ(verdict("p0.perceptron_update", inputs, unchanged), Verdict::kFailed);
}

/// Two samples on a line, x = 1 is 1 and x = −1 is 0, at η = 1/2, worked by hand: the zero
/// perceptron misses the first sample only, then w = b = 1/2 says 1 at x = −1? No: −1/2 + 1/2 = 0
/// says 0. So one mistake, then none.
Arrays two_samples() {
  return {{"inputs", array_of(tensor({2, 1}, {1, -1}))},
          {"targets", Array::of(std::vector<std::int64_t>{1, 0})},
          {"learning_rate", Array::scalar(0.5)},
          {"max_epochs", Array::scalar<std::int64_t>(5)}};
}

Arrays trained(double weight, double bias, const std::vector<std::int64_t>& mistakes) {
  Arrays outputs = {{"weights", array_of(tensor({1}, {weight}))},
                    {"bias", Array::scalar(bias)},
                    {"mistakes", Array::of(mistakes)}};
  for (const char* way : {"by_changes", "by_predictions"}) {
    put_unknown(outputs, way, {2});
    outputs[std::string("own_") + way + "_mistakes"] = Array::of(std::vector<std::int64_t>());
  }
  return outputs;
}

TEST(PerceptronTraining, IsWorkedByHand) {
  const char* judge = "p0.perceptron_training";
  EXPECT_EQ(verdict(judge, two_samples(), trained(0.5, 0.5, {1, 0})), Verdict::kPassed);
  EXPECT_EQ(verdict(judge, two_samples(), trained(0.5, 0.5, {1})), Verdict::kFailed);
  EXPECT_EQ(verdict(judge, two_samples(), trained(0.5, 0.5, {1, 0, 0, 0, 0})), Verdict::kFailed);
  EXPECT_EQ(verdict(judge, two_samples(), trained(1.0, 1.0, {1, 0})), Verdict::kFailed);
  EXPECT_EQ(verdict(judge, two_samples(), trained(0.5, 0.5, {})), Verdict::kFailed);
}

TEST(PerceptronTraining, MayFollowAnUpdateThatIsWrong) {
  // An update of twice the size, and what it leads to.
  Arrays outputs = trained(1.0, 1.0, {1, 0});
  put_own(outputs, "by_changes", tensor({2}, {1, 1}));
  outputs["own_by_changes_mistakes"] = Array::of(std::vector<std::int64_t>{1, 0});
  EXPECT_EQ(verdict("p0.perceptron_training", two_samples(), outputs), Verdict::kPassed);
  outputs["mistakes"] = Array::of(std::vector<std::int64_t>{1});
  EXPECT_EQ(verdict("p0.perceptron_training", two_samples(), outputs), Verdict::kFailed);
}

TEST(PerceptronTraining, IsNoneWhereTheUpdateChangesNothing) {
  Arrays outputs = trained(0.0, 0.0, {0});
  put_own(outputs, "by_changes", tensor({2}, {0, 0}));
  outputs["own_by_changes_mistakes"] = Array::of(std::vector<std::int64_t>{0});
  EXPECT_EQ(verdict("p0.perceptron_training", two_samples(), outputs), Verdict::kFailed);
}

struct DerivativeCase {
  Arrays inputs = {{"z", array_of(tensor({1, 4}, {-1, 0, 2, -3}))}};
  CaseFinding find(const std::string& name, std::vector<double> values,
                   const std::function<double(double)>& own) const {
    const Tensor z = p0::tensor_of(inputs, "z");
    Arrays outputs = {{name, array_of(tensor({1, 4}, std::move(values)))}};
    put_own(outputs, "activation", p0::applied(z, own));
    put_own(outputs, "mirrored", p0::applied(z, [&](double x) { return own(-x); }));
    return judged("p0.derivative", inputs, outputs);
  }
};

TEST(Derivatives, OfTheReluAtZeroMayBeAnythingBetween) {
  const DerivativeCase c;
  for (const double at_zero : {0.0, 0.5, 1.0}) {
    EXPECT_EQ(c.find("relu_derivative", {0, at_zero, 1, 0}, p0::relu).verdict, Verdict::kPassed);
  }
  for (const double at_zero : {-0.1, 1.1}) {
    EXPECT_EQ(c.find("relu_derivative", {0, at_zero, 1, 0}, p0::relu).verdict, Verdict::kFailed);
  }
  EXPECT_EQ(c.find("relu_derivative", {1, 0, 1, 0}, p0::relu).verdict, Verdict::kFailed);
}

std::vector<double> values_at(const DerivativeCase& c, const std::function<double(double)>& f) {
  return p0::applied(p0::tensor_of(c.inputs, "z"), f).values;
}

TEST(Derivatives, MayFollowAnActivationThatIsWrong) {
  const DerivativeCase c;
  const auto wrong = [](double z) { return p0::sigmoid(2.0 * z); };
  const auto following = [&](double z) { return wrong(z) * (1.0 - wrong(z)); };
  EXPECT_EQ(c.find("sigmoid_derivative", values_at(c, following), wrong).verdict, Verdict::kPassed);
  EXPECT_EQ(c.find("sigmoid_derivative", values_at(c, following), p0::sigmoid).verdict,
            Verdict::kFailed);
  // Whose activation is the same everywhere has nothing to follow.
  const auto constant = [](double) { return 0.0; };
  EXPECT_EQ(c.find("sigmoid_derivative", {0, 0, 0, 0}, constant).verdict, Verdict::kFailed);
}

TEST(Derivatives, AreTakenAtTheInput) {
  const DerivativeCase c;
  const auto at_activation = [](double z) { return z * (1.0 - z); };
  const CaseFinding finding =
      c.find("sigmoid_derivative", values_at(c, at_activation), p0::sigmoid);
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_THAT(finding.expected, HasSubstr("sigmoid_derivative(-3) = "));
}

TEST(Stability, AsksForTheLimitThatTheFunctionItselfGives) {
  const Arrays inputs = {{"z", array_of(tensor({1, 4}, {-1000, -40, 40, 1000}))}};
  const auto find = [&](std::vector<double> values) {
    return verdict("p0.stability", inputs,
                   {{"sigmoid", array_of(tensor({1, 4}, std::move(values)))}});
  };
  EXPECT_EQ(find({0, 0, 1, 1}), Verdict::kPassed);
  EXPECT_EQ(find({1e-300, 4e-18, 1, 1}), Verdict::kPassed);
  EXPECT_EQ(find({1, 1, 0, 0}), Verdict::kBlocked) << "a wrong sign is scored where it shows first";
  EXPECT_EQ(find({0, 0, 1, 0}), Verdict::kFailed);
  EXPECT_EQ(find({-2000, -80, 80, 2000}), Verdict::kBlocked) << "it is wrong at 40 already";
  EXPECT_EQ(find({0, 0, 0.9, 1}), Verdict::kBlocked) << "on one side only";
  EXPECT_EQ(find({1, 0, 0.9, 0.9}), Verdict::kFailed) << "on one side, and unstable on the other";
}

TEST(Stability, IsNotWhatAConstantOrTheArgumentHas) {
  const Arrays inputs = {{"z", array_of(tensor({1, 4}, {-1000, -40, 40, 1000}))}};
  const auto find = [&](const char* function, std::vector<double> values) {
    return verdict("p0.stability", inputs,
                   {{function, array_of(tensor({1, 4}, std::move(values)))}});
  };
  EXPECT_EQ(find("sigmoid", {-1000, -40, 40, 1000}), Verdict::kBlocked);
  EXPECT_EQ(find("sigmoid", {0.5, 0.5, 0.5, 0.5}), Verdict::kBlocked);
  EXPECT_EQ(find("tanh_derivative", {0, 0, 0, 0}), Verdict::kPassed) << "these are its values";
}

struct LossCase {
  std::string name;
  LossKind kind;
  Arrays inputs;
  Tensor predictions;
  Tensor targets;

  LossCase(const std::string& loss, LossKind loss_kind, const char* sort)
      : name(loss),
        kind(loss_kind),
        inputs(drawn("p0.loss", {{"loss", loss}, {"samples", 4}, {"outputs", 3}, {"kind", sort}})),
        predictions(p0::tensor_of(inputs, "predictions")),
        targets(p0::tensor_of(inputs, "targets")) {}

  double value() const { return p0::loss_value(kind, predictions, targets); }
  Tensor gradient() const {
    return p0::central_differences(
        predictions, [&](const Tensor& p) { return p0::loss_value(kind, p, targets); });
  }
  Arrays outputs(double loss, const Tensor& slope) const {
    Arrays result = {{name, Array::scalar(loss)}, {"gradient", array_of(slope)}};
    if (kind == LossKind::kSoftmaxCrossEntropy) {
      put_own(result, "softmax", p0::softmax(predictions));
      put_unknown(result, "value", {});
    }
    return result;
  }
};

TEST(Losses, CostAFactorOnce) {
  for (const double factor : {4.0, 0.5, -1.0, 4.0 / 3.0}) {
    const LossCase c("squared_error", LossKind::kSquaredError, "moderate");
    const Arrays both = c.outputs(factor * c.value(), p0::scaled(c.gradient(), factor));
    EXPECT_EQ(verdict("p0.loss_value", c.inputs, both), Verdict::kFailed) << factor;
    EXPECT_EQ(verdict("p0.loss_gradient", c.inputs, both), Verdict::kPassed) << factor;
    const Arrays gradient_only = c.outputs(c.value(), p0::scaled(c.gradient(), factor));
    EXPECT_EQ(verdict("p0.loss_value", c.inputs, gradient_only), Verdict::kPassed) << factor;
    EXPECT_EQ(verdict("p0.loss_gradient", c.inputs, gradient_only), Verdict::kFailed) << factor;
    EXPECT_EQ(verdict("p0.any", c.inputs, both), Verdict::kFailed) << factor;
  }
}

TEST(Arguments, ThatAreChangedCostInOneCheck) {
  const LossCase c("squared_error", LossKind::kSquaredError, "moderate");
  Arrays outputs = c.outputs(c.value(), c.gradient());
  outputs["own_changed"] = Array::scalar<std::int64_t>(0);
  EXPECT_EQ(verdict("p0.loss_value", c.inputs, outputs), Verdict::kPassed);
  outputs["own_changed"] = Array::scalar<std::int64_t>(1);
  const CaseFinding finding = judged("p0.loss_value", c.inputs, outputs);
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_THAT(finding.expected, HasSubstr("predictions"));
  EXPECT_EQ(verdict("p0.loss_gradient", c.inputs, outputs), Verdict::kPassed);
  EXPECT_EQ(verdict("p0.any", c.inputs, outputs), Verdict::kFailed);
  // A place that no argument has: the submission shares its memory with the adapter.
  outputs["own_changed"] = Array::scalar<std::int64_t>(-7);
  EXPECT_EQ(verdict("p0.loss_value", c.inputs, outputs), Verdict::kFailed);
}

TEST(Arguments, AreInTheSketchOnlyWhereTheyAreChanged) {
  const LossCase c("squared_error", LossKind::kSquaredError, "moderate");
  Arrays outputs = c.outputs(c.value(), c.gradient());
  const Check check = p0::checks().at("p0.loss_value");
  const auto sketch = [&] { return check.sketch({{}, c.inputs, {}, outputs}); };
  const Sketch plain = sketch();
  outputs["own_changed"] = Array::scalar<std::int64_t>(0);
  EXPECT_EQ(sketch(), plain);
  outputs["own_changed"] = Array::scalar<std::int64_t>(2);
  EXPECT_EQ(sketch().size(), plain.size() + 2);
}

TEST(Losses, MayAddAnEpsilonInsideTheLogarithm) {
  const LossCase c("binary_cross_entropy", LossKind::kBinaryCrossEntropy, "moderate");
  constexpr double kEpsilon = 1e-7;
  double value = 0.0;
  Tensor gradient(c.predictions.shape);
  for (std::size_t i = 0; i < c.predictions.values.size(); ++i) {
    const double p = c.predictions.values[i];
    const double t = c.targets.values[i];
    value -= (t * std::log(p + kEpsilon) + (1.0 - t) * std::log(1.0 - p + kEpsilon)) / 4.0;
    gradient.values[i] = (-t / (p + kEpsilon) + (1.0 - t) / (1.0 - p + kEpsilon)) / 4.0;
  }
  EXPECT_EQ(verdict("p0.any", c.inputs, c.outputs(value, gradient)), Verdict::kPassed);
}

TEST(Losses, MayFollowASoftmaxThatIsWrong) {
  const LossCase c("softmax_cross_entropy", LossKind::kSoftmaxCrossEntropy, "moderate");
  Tensor wrong = p0::softmax(c.predictions);
  for (double& p : wrong.values) p *= 0.75;
  Tensor gradient = wrong;
  for (std::size_t i = 0; i < gradient.values.size(); ++i) {
    gradient.values[i] = (wrong.values[i] - c.targets.values[i]) / 4.0;
  }
  Arrays outputs = c.outputs(p0::loss_value(LossKind::kCrossEntropy, wrong, c.targets), gradient);
  EXPECT_EQ(verdict("p0.loss_value", c.inputs, outputs), Verdict::kFailed);
  const CaseFinding finding = judged("p0.loss_gradient", c.inputs, outputs);
  EXPECT_EQ(finding.verdict, Verdict::kBlocked) << "the value is wrong by more than a factor";
  EXPECT_EQ(finding.blocked_by, "p0.c.values");
  put_own(outputs, "softmax", wrong);
  EXPECT_EQ(verdict("p0.loss_value", c.inputs, outputs), Verdict::kPassed);
  EXPECT_EQ(verdict("p0.loss_gradient", c.inputs, outputs), Verdict::kPassed);
}

/// Clipped to [ε, 1 − ε], the gradient taken there.
Arrays clipped(const LossCase& c, double epsilon) {
  Tensor p = c.predictions;
  for (double& value : p.values) value = std::min(std::max(value, epsilon), 1.0 - epsilon);
  Tensor gradient(p.shape);
  for (std::size_t i = 0; i < p.values.size(); ++i) {
    const double t = c.targets.values[i];
    gradient.values[i] = (-t / p.values[i] + (1.0 - t) / (1.0 - p.values[i])) / 4.0;
  }
  return c.outputs(p0::loss_value(c.kind, p, c.targets), gradient);
}

TEST(CertainProbabilities, MayUseAnySmallEpsilon) {
  const LossCase c("binary_cross_entropy", LossKind::kBinaryCrossEntropy, "certain");
  for (const double epsilon : {1e-15, 1e-12, 1e-9, 1e-7}) {
    EXPECT_EQ(verdict("p0.certain", c.inputs, clipped(c, epsilon)), Verdict::kPassed) << epsilon;
  }
  EXPECT_EQ(verdict("p0.certain", c.inputs, clipped(c, 0.4)), Verdict::kFailed);
}

TEST(ConfidentProbabilities, CostWhatTheyCostWithAnySmallEpsilon) {
  for (const LossCase& c :
       {LossCase("binary_cross_entropy", LossKind::kBinaryCrossEntropy, "confident"),
        LossCase("cross_entropy", LossKind::kCrossEntropy, "confident")}) {
    const Arrays exact = c.outputs(c.value(), c.gradient());
    EXPECT_EQ(verdict("p0.certain", c.inputs, exact), Verdict::kPassed);
    const Arrays negative = c.outputs(-c.value(), c.gradient());
    EXPECT_EQ(verdict("p0.certain", c.inputs, negative), Verdict::kPassed)
        << "a missing minus costs elsewhere";
    const Arrays far_off = c.outputs(0.8 * c.value(), c.gradient());
    EXPECT_EQ(verdict("p0.certain", c.inputs, far_off), Verdict::kFailed);
  }
  const LossCase c("binary_cross_entropy", LossKind::kBinaryCrossEntropy, "confident");
  EXPECT_EQ(verdict("p0.certain", c.inputs, clipped(c, 1e-7)), Verdict::kPassed);
  EXPECT_EQ(verdict("p0.certain", c.inputs, clipped(c, 0.01)), Verdict::kFailed);
}

TEST(OutputShapes, WantTheTypeAndTheSizesOfTheExceptionToo) {
  const std::vector<std::int64_t> misfit = {5, 7, 3, 9, 4, 1, 0};
  const Arrays inputs = {{"geometry", Array::copy_of(misfit.data(), {1, 7})}};
  const auto answered = [&](std::int64_t message) {
    Array refused(arrays::DType::kBool, {1});
    refused.data<bool>()[0] = true;
    return verdict("p0.output_shapes", inputs,
                   {{"shape", Array(arrays::DType::kI64, {1, 3})},
                    {"refused", refused},
                    {"message", Array::of(std::vector<std::int64_t>{message})}});
  };
  EXPECT_EQ(answered(1), Verdict::kPassed);
  EXPECT_EQ(answered(2), Verdict::kFailed) << "a message without the sizes";
  EXPECT_EQ(answered(3), Verdict::kFailed) << "another type";
}

TEST(Refusals, WantTheTypeAndAreBlockedByTheOwnShape) {
  const std::vector<std::int64_t> misfit = {5, 7, 3, 2, 3, 2, 0};
  const Arrays inputs = {{"geometry", Array::copy_of(misfit.data(), {1, 7})}};
  const auto answered = [&](std::int64_t answer, std::int64_t own) {
    return verdict("p0.pooling", inputs,
                   {{"answer", Array::of(std::vector<std::int64_t>{answer})},
                    {"own_answer", Array::of(std::vector<std::int64_t>{own})}});
  };
  EXPECT_EQ(answered(1, 1), Verdict::kPassed);
  EXPECT_EQ(answered(1, 0), Verdict::kPassed) << "refused by itself";
  EXPECT_EQ(answered(0, 1), Verdict::kFailed) << "no exception";
  EXPECT_EQ(answered(2, 1), Verdict::kFailed) << "another type";
  EXPECT_EQ(answered(0, 3), Verdict::kFailed) << "with no conv_output_shape to blame";
  EXPECT_EQ(answered(0, 0), Verdict::kBlocked);
}

TEST(CertainProbabilities, NeedAGradientThatPointsTheRightWay) {
  const LossCase c("binary_cross_entropy", LossKind::kBinaryCrossEntropy, "certain");
  Arrays outputs = clipped(c, 1e-12);
  const Tensor right = p0::tensor_of(outputs, "gradient");
  Tensor half_right = right;
  for (std::size_t i = 0; i < 2; ++i) half_right.values[i] = std::abs(right.values[i]);
  outputs["gradient"] = array_of(half_right);
  EXPECT_EQ(verdict("p0.certain", c.inputs, outputs), Verdict::kFailed);
  outputs["gradient"] = array_of(p0::scaled(right, 0.0));
  EXPECT_EQ(verdict("p0.certain", c.inputs, outputs), Verdict::kFailed);
}

TEST(CertainProbabilities, DoNotCountAMissingMinusAgain) {
  const LossCase c("binary_cross_entropy", LossKind::kBinaryCrossEntropy, "certain");
  const Arrays right = clipped(c, 1e-12);
  const double value = get(right, c.name).item<double>();
  const Tensor gradient = p0::tensor_of(right, "gradient");
  EXPECT_EQ(verdict("p0.certain", c.inputs, c.outputs(-value, gradient)), Verdict::kPassed);
  EXPECT_EQ(verdict("p0.certain", c.inputs, c.outputs(value, p0::scaled(gradient, -1.0))),
            Verdict::kPassed);
}

TEST(CertainProbabilities, WantTheSoftmaxesExactLossAndNoClippedOne) {
  const LossCase c("softmax_cross_entropy", LossKind::kSoftmaxCrossEntropy, "certain");
  Tensor gradient = p0::softmax(c.predictions);
  for (std::size_t i = 0; i < gradient.values.size(); ++i) {
    gradient.values[i] = (gradient.values[i] - c.targets.values[i]) / 4.0;
  }
  EXPECT_EQ(verdict("p0.certain", c.inputs, c.outputs(c.value(), gradient)), Verdict::kPassed);
  EXPECT_EQ(verdict("p0.certain", c.inputs, c.outputs(-c.value(), gradient)), Verdict::kPassed)
      << "a missing minus costs elsewhere";
  EXPECT_EQ(verdict("p0.certain", c.inputs, c.outputs(-std::log(1e-12) / 4.0, gradient)),
            Verdict::kFailed);
  EXPECT_EQ(verdict("p0.certain", c.inputs, c.outputs(0.3, gradient)), Verdict::kFailed);
}

}  // namespace
}  // namespace pset3::judge::p0::testing
