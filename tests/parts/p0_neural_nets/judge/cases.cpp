#include "tests/parts/p0_neural_nets/judge/cases.hpp"
#include "grader/parts/p0_neural_nets/cases/generators.hpp"
#include "grader/parts/p0_neural_nets/judge/checks.hpp"

namespace pset3::judge::p0::testing {

Arrays drawn(const std::string& generator, const nlohmann::json& params, std::uint64_t seed) {
  return cases::p0::generators().at(generator)(params, seed).inputs;
}

Array array_of(const Tensor& tensor) { return Array::copy_of(tensor.values.data(), tensor.shape); }

Tensor tensor(const p0::Shape& shape, std::vector<double> values) {
  Tensor result(shape);
  if (values.size() != result.values.size()) throw std::invalid_argument("a slip in the test");
  result.values = std::move(values);
  return result;
}

void put_own(Arrays& outputs, const std::string& name, const Tensor& value) {
  outputs["own_" + name] = array_of(value);
  outputs["own_" + name + "_known"] = Array::scalar(true);
}

void put_unknown(Arrays& outputs, const std::string& name, const p0::Shape& shape) {
  outputs["own_" + name] = array_of(Tensor(shape));
  outputs["own_" + name + "_known"] = Array::scalar(false);
}

void put_own_shape(Arrays& outputs, const p0::Shape& shape) {
  outputs["own_shape"] = Array::of(shape);
  outputs["own_shape_known"] = Array::scalar(true);
}

CaseFinding judged(const std::string& name, const Arrays& inputs, const Arrays& outputs) {
  CheckSpec spec;
  spec.judge = name;
  return p0::checks().at(name).judge({spec, inputs, {}, outputs});
}

Verdict verdict(const std::string& name, const Arrays& inputs, const Arrays& outputs) {
  return judged(name, inputs, outputs).verdict;
}

}  // namespace pset3::judge::p0::testing
