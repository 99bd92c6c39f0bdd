#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace pset3::arrays {

/// The element types that travel between the box and the judge, a subset of safetensors' own.
enum class DType { kBool, kU8, kI32, kI64, kF32, kF64 };

/// @returns the safetensors name: "BOOL", "U8", "I32", "I64", "F32", "F64".
std::string_view name_of(DType dtype);
/// @returns the size of one element in bytes.
std::size_t size_of(DType dtype);

/// @returns the type that holds T. Only the types of DType compile.
template <typename T>
constexpr DType dtype_of() {
  if constexpr (std::is_same_v<T, bool>) return DType::kBool;
  if constexpr (std::is_same_v<T, std::uint8_t>) return DType::kU8;
  if constexpr (std::is_same_v<T, std::int32_t>) return DType::kI32;
  if constexpr (std::is_same_v<T, std::int64_t>) return DType::kI64;
  if constexpr (std::is_same_v<T, float>) return DType::kF32;
  if constexpr (std::is_same_v<T, double>) return DType::kF64;
}

/// A dense row-major array that owns its bytes; little-endian, as on every machine we support.
class Array {
 public:
  Array() = default;
  /// @param shape sizes, outermost first; empty for a scalar.
  /// @throws std::invalid_argument for a negative size or a product that does not fit.
  Array(DType dtype, std::vector<std::int64_t> shape);

  /// An array with a copy of `count` elements, where count is the product of `shape`.
  template <typename T>
  static Array copy_of(const T* values, std::vector<std::int64_t> shape) {
    Array array(dtype_of<T>(), std::move(shape));
    std::copy_n(values, array.element_count(), array.data<T>());
    return array;
  }
  /// A one-dimensional array.
  template <typename T>
  static Array of(const std::vector<T>& values) {
    return copy_of(values.data(), {static_cast<std::int64_t>(values.size())});
  }
  /// An array of no dimension, with one value.
  template <typename T>
  static Array scalar(T value) {
    return copy_of(&value, {});
  }

  DType dtype() const { return dtype_; }
  const std::vector<std::int64_t>& shape() const { return shape_; }
  std::size_t element_count() const { return bytes_.size() / size_of(dtype_); }
  const std::vector<std::uint8_t>& bytes() const { return bytes_; }
  std::vector<std::uint8_t>& bytes() { return bytes_; }

  /// The elements. @throws std::invalid_argument when T is not the array's type.
  template <typename T>
  const T* data() const {
    require(dtype_of<T>());
    return reinterpret_cast<const T*>(bytes_.data());
  }
  template <typename T>
  T* data() {
    require(dtype_of<T>());
    return reinterpret_cast<T*>(bytes_.data());
  }
  /// The only element. @throws std::invalid_argument when there is another number of them.
  template <typename T>
  T item() const {
    require_single();
    return data<T>()[0];
  }

  bool operator==(const Array& other) const;

 private:
  void require(DType dtype) const;
  void require_single() const;

  DType dtype_ = DType::kU8;
  std::vector<std::int64_t> shape_ = {0};
  std::vector<std::uint8_t> bytes_;
};

/// Named arrays: the inputs of a case, its outputs, its expected values.
using Arrays = std::map<std::string, Array>;

/// @returns the array called `name`. @throws std::invalid_argument that lists the names there are.
const Array& get(const Arrays& arrays, const std::string& name);

/// @returns "F64 (20, 3)", for messages.
std::string describe(DType dtype, const std::vector<std::int64_t>& shape);
std::string describe(const Array& array);

}  // namespace pset3::arrays
