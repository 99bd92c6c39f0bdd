#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/common/drawing/temporary_folder.hpp"
#include "tests/parts/p0_neural_nets/functions/arrays.hpp"

/// The reference against SciPy and PyTorch, which peers.py asks.
namespace pset3::neural_nets {
namespace {

using Json = nlohmann::json;

/// Both sides compute in double; the order of sums differs.
constexpr double kTolerance = 1e-12;

Json as_json(const Matrix& matrix) {
  return {{"shape", {matrix.rows(), matrix.cols()}},
          {"values", std::vector<double>(matrix.data(), matrix.data() + matrix.size())}};
}
Json as_json(const RowVector& row) {
  return {{"shape", {row.size()}},
          {"values", std::vector<double>(row.data(), row.data() + row.size())}};
}
template <int kRank>
Json as_json(const Eigen::Tensor<double, kRank, Eigen::RowMajor>& tensor) {
  return {{"shape", tensor.dimensions()},
          {"values", std::vector<double>(tensor.data(), tensor.data() + tensor.size())}};
}
Json as_json(double number) { return {{"shape", Json::array()}, {"values", {number}}}; }

/// Cases for peers.py, with what our functions return for them.
class Cases {
 public:
  /// @param function           peers.py's name for it; it returns arrays of the results' names.
  void add(const std::string& function, const Json& arguments, const Json& results) {
    cases_.push_back({{"function", function}, {"arguments", arguments}});
    ours_.push_back(results);
  }

  /// @returns peers.py's exit status, 77 where SciPy or PyTorch is missing.
  int ask_peers() {
    const drawing::TemporaryFolder folder;
    std::ofstream(folder / "cases.json") << cases_;
    const std::string command = "/usr/bin/python3 " PSET3_SOURCE_DIR
                                "/tests/parts/p0_neural_nets/functions/peers.py '" +
                                (folder / "").string() + "'";
    const int status = std::system(command.c_str());
    if (status == 0) theirs_ = Json::parse(std::ifstream(folder / "results.json"));
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  void compare() const {
    ASSERT_FALSE(ours_.empty());
    ASSERT_EQ(theirs_.size(), ours_.size());
    for (std::size_t i = 0; i < ours_.size(); ++i) {
      SCOPED_TRACE("case " + std::to_string(i) + ", " + cases_[i]["function"].get<std::string>());
      ASSERT_EQ(ours_[i].size(), theirs_[i].size());
      for (const auto& [name, array] : ours_[i].items()) {
        SCOPED_TRACE(name);
        ASSERT_TRUE(theirs_[i].contains(name));
        compare_arrays(array, theirs_[i][name]);
      }
    }
  }

 private:
  static void compare_arrays(const Json& ours, const Json& theirs) {
    EXPECT_EQ(ours["shape"], theirs["shape"]);
    const auto got = ours["values"].get<std::vector<double>>();
    const auto expected = theirs["values"].get<std::vector<double>>();
    ASSERT_EQ(got.size(), expected.size());
    double scale = 1.0;
    for (const double value : expected) scale = std::max(scale, std::abs(value));
    for (std::size_t i = 0; i < got.size(); ++i) {
      EXPECT_NEAR(got[i], expected[i], kTolerance * scale) << "at " << i;
    }
  }

  Json cases_ = Json::array();
  std::vector<Json> ours_;
  Json theirs_;
};

void add_activations(Cases& cases) {
  RandomArrays random(20);
  Matrix z = random.matrix(6, 7, -8.0, 8.0);
  z.row(0) << -1000.0, -745.0, -40.0, 0.5, 40.0, 745.0, 1000.0;
  cases.add("sigmoid", {{"z", as_json(z)}},
            {{"value", as_json(sigmoid(z))}, {"derivative", as_json(sigmoid_derivative(z))}});
  cases.add("tanh", {{"z", as_json(z)}},
            {{"value", as_json(tanh(z))}, {"derivative", as_json(tanh_derivative(z))}});
  cases.add("relu", {{"z", as_json(z)}},
            {{"value", as_json(relu(z))}, {"derivative", as_json(relu_derivative(z))}});
  cases.add("softmax", {{"z", as_json(z)}}, {{"value", as_json(softmax(z))}});
}

void add_losses(Cases& cases) {
  RandomArrays random(21);
  const auto add_loss = [&](const std::string& name, const auto& loss_of, const Matrix& predictions,
                            const Matrix& targets) {
    const Loss loss = loss_of(predictions, targets);
    cases.add(name, {{"predictions", as_json(predictions)}, {"targets", as_json(targets)}},
              {{"value", as_json(loss.value)}, {"gradient", as_json(loss.gradient)}});
  };
  add_loss("squared_error", squared_error, random.matrix(5, 3), random.matrix(5, 3));
  add_loss("binary_cross_entropy", binary_cross_entropy, random.matrix(5, 3, 0.01, 0.99),
           random.matrix(5, 3, 0.0, 1.0));
  add_loss("cross_entropy", cross_entropy, random.probabilities(5, 4), one_hot({3, 1, 0, 1, 2}, 4));
  add_loss("softmax_cross_entropy", softmax_cross_entropy, random.matrix(5, 4, -30.0, 30.0),
           random.probabilities(5, 4));
}

void add_sgd_steps(Cases& cases) {
  RandomArrays random(22);
  for (const Activation activation : {Activation::kSigmoid, Activation::kTanh, Activation::kRelu}) {
    Mlp mlp{{random.layer(5, 8), random.layer(8, 6), random.layer(6, 4)}, activation};
    const Matrix samples = random.matrix(7, 5);
    const Matrix targets = one_hot({0, 3, 1, 2, 2, 0, 1}, 4);
    Json arguments = {{"samples", as_json(samples)},
                      {"targets", as_json(targets)},
                      {"activation", static_cast<int>(activation)},
                      {"learning_rate", 0.3}};
    Json results;
    const MlpForward forward = mlp_forward(mlp, samples);
    results["logits"] = as_json(forward.outputs.back());
    const auto gradients =
        mlp_backward(mlp, forward, softmax_cross_entropy(forward.outputs.back(), targets).gradient);
    results["samples_gradient"] = as_json(gradients[0].inputs);
    for (std::size_t i = 0; i < mlp.layers.size(); ++i) {
      arguments["weights"].push_back(as_json(mlp.layers[i].weights));
      arguments["biases"].push_back(as_json(mlp.layers[i].bias));
      results["weights_gradient_" + std::to_string(i)] = as_json(gradients[i].weights);
      results["bias_gradient_" + std::to_string(i)] = as_json(gradients[i].bias);
    }
    results["loss"] = as_json(sgd_step(mlp, samples, targets, 0.3));
    for (std::size_t i = 0; i < mlp.layers.size(); ++i) {
      results["weights_" + std::to_string(i)] = as_json(mlp.layers[i].weights);
      results["bias_" + std::to_string(i)] = as_json(mlp.layers[i].bias);
    }
    cases.add("sgd_step", arguments, results);
  }
}

void add_convolved_signals(Cases& cases) {
  RandomArrays random(23);
  for (const auto& [f, g] : {std::pair{random.matrix(6, 9), random.matrix(3, 4)},
                             std::pair{random.matrix(1, 5), random.matrix(7, 2)},
                             std::pair{random.matrix(4, 4), random.matrix(4, 4)}}) {
    cases.add("convolve_signals", {{"f", as_json(f)}, {"g", as_json(g)}},
              {{"convolved", as_json(convolve_signals(f, g))}});
  }
}

void add_convolution_layers(Cases& cases) {
  RandomArrays random(24);
  struct Geometry {
    Index height, width, in, size, out;
    ConvolutionOptions options;
  };
  for (const Geometry& g : {Geometry{6, 8, 3, 3, 5, {1, 0}}, Geometry{7, 9, 2, 3, 4, {2, 0}},
                            Geometry{5, 6, 4, 5, 2, {1, 2}}, Geometry{5, 8, 1, 4, 3, {3, 1}},
                            Geometry{4, 7, 3, 1, 6, {3, 0}}, Geometry{3, 5, 2, 3, 2, {2, 3}}}) {
    const Volume input = random.volume(g.height, g.width, g.in);
    const Filters filters = random.filters(g.size, g.in, g.out);
    const RowVector bias = random.row(g.out);
    const Volume output = convolution_layer(input, filters, bias, g.options);
    const Volume slope = random.volume(output.dimension(0), output.dimension(1), g.out);
    const auto gradients = convolution_layer_backward(input, filters, g.options, slope);
    cases.add("convolution_layer",
              {{"input", as_json(input)},
               {"filters", as_json(filters)},
               {"bias", as_json(bias)},
               {"stride", g.options.stride},
               {"padding", g.options.padding},
               {"output_gradient", as_json(slope)}},
              {{"output", as_json(output)},
               {"input_gradient", as_json(gradients.input)},
               {"filters_gradient", as_json(gradients.filters)},
               {"bias_gradient", as_json(gradients.bias)}});
  }
}

void add_pooling(Cases& cases) {
  RandomArrays random(25);
  for (const PoolingOptions options : {PoolingOptions{2, 2}, {3, 1}, {3, 3}, {2, 4}}) {
    const Volume input = random.volume(6, 18, 3);
    const bool fits = (18 - options.size) % options.stride == 0;
    if (!fits) continue;
    const Volume largest = max_pool(input, options);
    const Volume slope = random.volume(largest.dimension(0), largest.dimension(1), 3);
    cases.add("pooling",
              {{"input", as_json(input)},
               {"size", options.size},
               {"stride", options.stride},
               {"output_gradient", as_json(slope)}},
              {{"max", as_json(largest)},
               {"average", as_json(average_pool(input, options))},
               {"l2", as_json(l2_pool(input, options))},
               {"max_gradient", as_json(max_pool_backward(input, options, slope))}});
  }
}

TEST(Reference, AgreesWithSciPyAndPyTorch) {
  Cases cases;
  add_activations(cases);
  add_losses(cases);
  add_sgd_steps(cases);
  add_convolved_signals(cases);
  add_convolution_layers(cases);
  add_pooling(cases);
  const int status = cases.ask_peers();
  if (status == 77) {
    GTEST_SKIP() << "skipped: /usr/bin/python3 has no SciPy or PyTorch (python3-scipy, "
                    "python3-torch)";
  }
  ASSERT_EQ(status, 0);
  cases.compare();
}

}  // namespace
}  // namespace pset3::neural_nets
