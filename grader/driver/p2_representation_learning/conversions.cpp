#include "grader/driver/p2_representation_learning/conversions.hpp"

#include <cstring>
#include <stdexcept>

namespace pset3::driver::p2 {
namespace {

torch::ScalarType scalar_type_of(DType dtype) {
  switch (dtype) {
    case DType::kBool:
      return torch::kBool;
    case DType::kU8:
      return torch::kUInt8;
    case DType::kI32:
      return torch::kInt32;
    case DType::kI64:
      return torch::kInt64;
    case DType::kF32:
      return torch::kFloat32;
    case DType::kF64:
      return torch::kFloat64;
  }
  throw std::invalid_argument("an array of no known type");
}

DType dtype_of(torch::ScalarType type) {
  for (const DType dtype : {DType::kBool, DType::kU8, DType::kI32, DType::kI64, DType::kF32}) {
    if (scalar_type_of(dtype) == type) return dtype;
  }
  return DType::kF64;
}

torch::Tensor tensor_of(const Array& array) {
  torch::Tensor tensor = torch::empty(array.shape(), scalar_type_of(array.dtype()));
  if (!array.bytes().empty()) {
    std::memcpy(tensor.data_ptr(), array.bytes().data(), array.bytes().size());
  }
  return tensor;
}

}  // namespace

Array array_of(const torch::Tensor& tensor) {
  if (!tensor.defined()) return Array(DType::kF64, {0});
  const DType dtype = dtype_of(tensor.scalar_type());
  const torch::Tensor dense = tensor.detach().to(scalar_type_of(dtype)).contiguous();
  Array array(dtype, dense.sizes().vec());
  if (!array.bytes().empty()) {
    std::memcpy(array.bytes().data(), dense.data_ptr(), array.bytes().size());
  }
  return array;
}

torch::Tensor input(const Arrays& inputs, const std::string& name) {
  return tensor_of(arrays::get(inputs, name));
}

std::int64_t whole(const Arrays& inputs, const std::string& name) {
  return arrays::get(inputs, name).item<std::int64_t>();
}

LabelledImages source_of(const Arrays& inputs) {
  return {input(inputs, "images"), input(inputs, "labels")};
}

void seed_everything(const Arrays& inputs) {
  torch::manual_seed(static_cast<std::uint64_t>(whole(inputs, "seed")));
}

TrainOptions options_of(const Arrays& inputs) {
  TrainOptions options;
  options.epochs = static_cast<int>(whole(inputs, "epochs"));
  options.batch_size = whole(inputs, "batch_size");
  options.learning_rate = arrays::get(inputs, "learning_rate").item<double>();
  options.momentum = arrays::get(inputs, "momentum").item<double>();
  return options;
}

void append_results(const std::vector<EpochResult>& results, const std::string& prefix,
                    Arrays& outputs) {
  std::vector<double> losses;
  std::vector<double> accuracies;
  for (const EpochResult& result : results) {
    losses.push_back(result.loss);
    accuracies.push_back(result.accuracy);
  }
  outputs[prefix + "losses"] = Array::of(losses);
  outputs[prefix + "accuracies"] = Array::of(accuracies);
}

}  // namespace pset3::driver::p2
