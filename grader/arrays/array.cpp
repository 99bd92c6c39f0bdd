#include "grader/arrays/array.hpp"

#include <limits>
#include <stdexcept>

namespace pset3::arrays {
namespace {

std::size_t byte_count(DType dtype, const std::vector<std::int64_t>& shape) {
  std::size_t total = size_of(dtype);
  for (const std::int64_t size : shape) {
    const auto unsigned_size = static_cast<std::size_t>(size);
    if (size < 0 ||
        (size > 0 && total > std::numeric_limits<std::int64_t>::max() / unsigned_size)) {
      throw std::invalid_argument("no array can have the shape " + describe(dtype, shape));
    }
    total *= unsigned_size;
  }
  return total;
}

}  // namespace

std::string_view name_of(DType dtype) {
  switch (dtype) {
    case DType::kBool:
      return "BOOL";
    case DType::kU8:
      return "U8";
    case DType::kI32:
      return "I32";
    case DType::kI64:
      return "I64";
    case DType::kF32:
      return "F32";
    case DType::kF64:
      return "F64";
  }
  throw std::invalid_argument("not a DType");
}

std::size_t size_of(DType dtype) {
  switch (dtype) {
    case DType::kBool:
    case DType::kU8:
      return 1;
    case DType::kI32:
    case DType::kF32:
      return 4;
    case DType::kI64:
    case DType::kF64:
      return 8;
  }
  throw std::invalid_argument("not a DType");
}

Array::Array(DType dtype, std::vector<std::int64_t> shape)
    : dtype_(dtype), shape_(std::move(shape)), bytes_(byte_count(dtype_, shape_)) {}

bool Array::operator==(const Array& other) const {
  return dtype_ == other.dtype_ && shape_ == other.shape_ && bytes_ == other.bytes_;
}

void Array::require(DType dtype) const {
  if (dtype == dtype_) return;
  throw std::invalid_argument("asked " + describe(*this) + " for elements of type " +
                              std::string(name_of(dtype)));
}

void Array::require_single() const {
  if (element_count() != 1) throw std::invalid_argument(describe(*this) + " is not one value");
}

const Array& get(const Arrays& arrays, const std::string& name) {
  const auto found = arrays.find(name);
  if (found != arrays.end()) return found->second;
  std::string names;
  for (const auto& [other, unused] : arrays) names += (names.empty() ? "" : ", ") + other;
  throw std::invalid_argument("no array \"" + name + "\" among: " + names);
}

std::string describe(DType dtype, const std::vector<std::int64_t>& shape) {
  std::string text = std::string(name_of(dtype)) + " (";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  }
  return text + ")";
}

std::string describe(const Array& array) { return describe(array.dtype(), array.shape()); }

}  // namespace pset3::arrays
