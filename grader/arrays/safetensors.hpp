#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "grader/arrays/array.hpp"

namespace pset3::arrays {

/// Bytes that are not what they should be. Its message is fit for the person who made them.
struct FormatError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What a dimension or an array may be. Sizes are inclusive.
struct DimSpec {
  std::int64_t min = 0;
  std::int64_t max = 0;
};
struct ArraySpec {
  DType dtype = DType::kF64;
  std::vector<DimSpec> shape;
};
using ArraySpecs = std::map<std::string, ArraySpec>;

/// @returns the spec that only this very type and shape meets.
ArraySpec exactly(DType dtype, const std::vector<std::int64_t>& shape);

/// One entry of a header.
struct ArrayInfo {
  DType dtype = DType::kU8;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0;  ///< first byte, counted from the end of the header
  std::uint64_t end = 0;    ///< one past the last byte
};
using Header = std::map<std::string, ArrayInfo>;

/// A header may have this many bytes; a name, a dimension count and an array count are bounded too.
inline constexpr std::uint64_t kMaxHeaderBytes = 64ull << 10;
inline constexpr std::size_t kMaxDimensions = 8;

/// Reads the JSON part of a safetensors file.
///
/// Strict: known types only, no duplicate name, sizes not negative, products that do not overflow,
/// byte ranges that tile [0, payload_bytes) exactly in some order. `__metadata__` is skipped.
/// Foreign names appear in messages quoted and escaped.
/// @throws FormatError
Header parse_header(std::string_view json, std::uint64_t payload_bytes);

/// Compares names, types and shapes, before a byte of payload is touched.
/// @throws FormatError that names the first array that differs, what was expected and what was
/// found.
void require(const Header& header, const ArraySpecs& specs);

/// @returns the bytes of a safetensors file: 8 bytes of header length, header, payload.
std::string encode(const Arrays& arrays);

/// Reads a whole file. With `specs`, its header is compared to them first. A BOOL is 0 or 1.
/// @throws FormatError
Arrays decode(std::string_view file);
Arrays decode(std::string_view file, const ArraySpecs& specs);

/// The largest file that meets `specs`, in bytes: what a reader of a pipe is willing to take.
/// @throws FormatError when that overflows
std::uint64_t largest_file(const ArraySpecs& specs);

}  // namespace pset3::arrays
