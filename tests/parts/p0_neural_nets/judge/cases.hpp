#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "grader/judge/checks.hpp"
#include "grader/parts/cases.hpp"
#include "grader/parts/p0_neural_nets/judge/tensor.hpp"

/// Cases of p0 with hand-made answers.
namespace pset3::judge::p0::testing {

using arrays::Array;
using arrays::Arrays;
using p0::Tensor;

/// The inputs of a case.
Arrays drawn(const std::string& generator, const nlohmann::json& params, std::uint64_t seed = 1);

Array array_of(const Tensor& tensor);
Tensor tensor(const p0::Shape& shape, std::vector<double> values);

/// Adds what another function of the student's gave, or that it could not be had.
void put_own(Arrays& outputs, const std::string& name, const Tensor& value);
void put_unknown(Arrays& outputs, const std::string& name, const p0::Shape& shape);
void put_own_shape(Arrays& outputs, const p0::Shape& shape);

/// Judged with the default tolerances.
CaseFinding judged(const std::string& name, const Arrays& inputs, const Arrays& outputs);
Verdict verdict(const std::string& name, const Arrays& inputs, const Arrays& outputs);

}  // namespace pset3::judge::p0::testing
