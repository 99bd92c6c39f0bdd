#pragma once

#include <torch/torch.h>

#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "grader/arrays/array.hpp"

/// Arrays as LibTorch's tensors and back. In a header, since not every part has LibTorch.
namespace pset3::run {

inline torch::ScalarType scalar_type_of(arrays::DType dtype) {
  switch (dtype) {
    case arrays::DType::kBool:
      return torch::kBool;
    case arrays::DType::kU8:
      return torch::kUInt8;
    case arrays::DType::kI32:
      return torch::kInt32;
    case arrays::DType::kI64:
      return torch::kInt64;
    case arrays::DType::kF32:
      return torch::kFloat32;
    case arrays::DType::kF64:
      return torch::kFloat64;
  }
  throw std::invalid_argument("an array of no known type");
}

/// A type that arrays do not have (half precision, …) becomes double, which nothing asks for.
inline arrays::DType dtype_of(torch::ScalarType type) {
  using arrays::DType;
  for (const DType dtype : {DType::kBool, DType::kU8, DType::kI32, DType::kI64, DType::kF32}) {
    if (scalar_type_of(dtype) == type) return dtype;
  }
  return DType::kF64;
}

inline torch::Tensor tensor_of(const arrays::Array& array) {
  torch::Tensor tensor = torch::empty(array.shape(), scalar_type_of(array.dtype()));
  if (!array.bytes().empty()) {
    std::memcpy(tensor.data_ptr(), array.bytes().data(), array.bytes().size());
  }
  return tensor;
}

/// An undefined tensor becomes an empty array of doubles, which nothing asks for.
inline arrays::Array array_of(const torch::Tensor& tensor) {
  if (!tensor.defined()) return arrays::Array(arrays::DType::kF64, {0});
  const arrays::DType dtype = dtype_of(tensor.scalar_type());
  const torch::Tensor dense = tensor.detach().to(scalar_type_of(dtype)).contiguous();
  arrays::Array array(dtype, dense.sizes().vec());
  if (!array.bytes().empty()) {
    std::memcpy(array.bytes().data(), dense.data_ptr(), array.bytes().size());
  }
  return array;
}

inline torch::Tensor input(const arrays::Arrays& inputs, const std::string& name) {
  return tensor_of(arrays::get(inputs, name));
}

inline std::int64_t whole(const arrays::Arrays& inputs, const std::string& name) {
  return arrays::get(inputs, name).item<std::int64_t>();
}

inline double real(const arrays::Arrays& inputs, const std::string& name) {
  return arrays::get(inputs, name).item<double>();
}

/// LibTorch begins with another seed in each process. Once this was called, a case without a seed
/// of its own draws the same numbers in each run all the same.
inline void seed_process() { torch::manual_seed(1); }

/// So that two runs give the same bytes.
inline void seed_everything(const arrays::Arrays& inputs) {
  torch::manual_seed(static_cast<std::uint64_t>(whole(inputs, "seed")));
}

/// Values in one row and their shape beside them, so that a wrong shape spoils nothing else.
inline void append_output(const torch::Tensor& output, const std::string& name,
                          arrays::Arrays& outputs) {
  const torch::Tensor given = output.defined() ? output : torch::zeros({0});
  outputs[name] = array_of(given.to(torch::kFloat).flatten());
  outputs[name + "_shape"] = arrays::Array::of(given.sizes().vec());
}

/// The gradient of a number to a tensor, zeros where there is none.
inline torch::Tensor gradient(const torch::Tensor& of, const torch::Tensor& to) {
  if (!of.defined() || !of.requires_grad()) return torch::zeros_like(to);
  const torch::Tensor found = torch::autograd::grad({of}, {to}, {}, true, false, true)[0];
  return found.defined() ? found : torch::zeros_like(to);
}

}  // namespace pset3::run
