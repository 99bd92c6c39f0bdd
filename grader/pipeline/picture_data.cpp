#include "grader/pipeline/picture_data.hpp"

#include <cmath>

#include "grader/base/base64.hpp"

namespace pset3::pipeline {
namespace {

template <typename T>
std::vector<double> copied(const arrays::Array& array) {
  const T* values = array.data<T>();
  return {values, values + array.element_count()};
}

/// A share of `steps`; NaN where there is none.
double scaled(double value, double low, double high, double steps) {
  if (high <= low) return std::isfinite(value) ? 0.0 : value;
  return std::round((value - low) / (high - low) * steps);
}

}  // namespace

std::vector<double> numbers_of(const arrays::Array& array) {
  switch (array.dtype()) {
    case arrays::DType::kBool:
      return copied<bool>(array);
    case arrays::DType::kU8:
      return copied<std::uint8_t>(array);
    case arrays::DType::kI32:
      return copied<std::int32_t>(array);
    case arrays::DType::kI64: {
      const auto* values = array.data<std::int64_t>();
      std::vector<double> numbers;
      for (std::size_t i = 0; i < array.element_count(); ++i) {
        numbers.push_back(static_cast<double>(values[i]));
      }
      return numbers;
    }
    case arrays::DType::kF32:
      return copied<float>(array);
    case arrays::DType::kF64:
      return copied<double>(array);
  }
  return {};
}

std::string base64_of(const std::vector<std::uint8_t>& bytes) {
  return pset3::base64_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string packed(const std::vector<double>& values, double low, double high) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(2 * values.size());
  for (const double value : values) {
    const double step = scaled(value, low, high, 65534.0);
    const auto number = static_cast<std::uint16_t>(step >= 0.0 && step <= 65534.0 ? step : 65535.0);
    bytes.push_back(static_cast<std::uint8_t>(number & 0xff));
    bytes.push_back(static_cast<std::uint8_t>(number >> 8));
  }
  return base64_of(bytes);
}

std::string packed_bytes(const std::vector<double>& values, double low, double high) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(values.size());
  for (const double value : values) {
    const double step = scaled(value, low, high, 255.0);
    bytes.push_back(static_cast<std::uint8_t>(step >= 0.0 && step <= 255.0 ? step : 0.0));
  }
  return base64_of(bytes);
}

}  // namespace pset3::pipeline
