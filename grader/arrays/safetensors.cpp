#include "grader/arrays/safetensors.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace pset3::arrays {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxArrays = 1024;
constexpr std::size_t kMaxNameBytes = 256;
constexpr std::size_t kLengthBytes = 8;

/// A foreign name in quotes, with all but plain ASCII escaped.
std::string quoted(const std::string& name) {
  return json(name).dump(-1, ' ', true, json::error_handler_t::replace);
}

DType dtype_named(const std::string& name) {
  for (const DType dtype :
       {DType::kBool, DType::kU8, DType::kI32, DType::kI64, DType::kF32, DType::kF64}) {
    if (name == name_of(dtype)) return dtype;
  }
  throw FormatError("element type " + quoted(name) + " is not one of BOOL, U8, I32, I64, F32, F64");
}

/// Parses with a callback, since the library keeps the last of two equal keys without a word.
json parse_without_duplicates(std::string_view text) {
  // The library takes a NUL for the end, whatever comes after it.
  if (text.find('\0') != text.npos) throw FormatError("the header is not JSON: it has a NUL byte");
  std::vector<std::set<std::string>> open_objects;
  const auto watch = [&](int depth, json::parse_event_t event, json& value) {
    if (depth > 4) throw FormatError("the header is nested too deeply");
    if (event == json::parse_event_t::object_start) open_objects.emplace_back();
    if (event == json::parse_event_t::object_end) open_objects.pop_back();
    if (event == json::parse_event_t::key &&
        !open_objects.back().insert(value.get<std::string>()).second) {
      throw FormatError("the header has the key " + quoted(value.get<std::string>()) + " twice");
    }
    return true;
  };
  try {
    return json::parse(text, watch);
  } catch (const json::parse_error& error) {
    throw FormatError("the header is not JSON at its byte " + std::to_string(error.byte));
  } catch (const json::exception&) {
    throw FormatError("the header is not JSON: a number is too large");
  }
}

std::uint64_t as_size(const json& value, const char* what) {
  if (!value.is_number_unsigned() ||
      value.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max()) {
    throw FormatError(std::string(what) + " is not a whole number of at least 0");
  }
  return value.get<std::uint64_t>();
}

std::uint64_t checked_product(DType dtype, const std::vector<std::int64_t>& shape) {
  std::uint64_t total = size_of(dtype);
  for (const std::int64_t size : shape) {
    if (__builtin_mul_overflow(total, static_cast<std::uint64_t>(size), &total)) {
      throw FormatError("the shape " + describe(dtype, shape) + " overflows");
    }
  }
  return total;
}

ArrayInfo parse_entry(const std::string& name, const json& entry) {
  if (name.empty() || name.size() > kMaxNameBytes) throw FormatError("an array's name is too long");
  if (!entry.is_object() || entry.size() != 3 || !entry.contains("dtype") ||
      !entry.contains("shape") || !entry.contains("data_offsets") || !entry["dtype"].is_string() ||
      !entry["shape"].is_array() || entry["shape"].size() > kMaxDimensions ||
      !entry["data_offsets"].is_array() || entry["data_offsets"].size() != 2) {
    throw FormatError("array " + quoted(name) + " needs dtype, shape and two data_offsets");
  }
  ArrayInfo info;
  info.dtype = dtype_named(entry["dtype"].get<std::string>());
  for (const json& size : entry["shape"]) {
    info.shape.push_back(static_cast<std::int64_t>(as_size(size, "a size in a shape")));
  }
  info.begin = as_size(entry["data_offsets"][0], "an offset");
  info.end = as_size(entry["data_offsets"][1], "an offset");
  if (info.end < info.begin || info.end - info.begin != checked_product(info.dtype, info.shape)) {
    throw FormatError("array " + quoted(name) + " is " + describe(info.dtype, info.shape) +
                      " but its offsets span another number of bytes");
  }
  return info;
}

void require_tiling(const Header& header, std::uint64_t payload_bytes) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  for (const auto& [name, info] : header) ranges.emplace_back(info.begin, info.end);
  std::sort(ranges.begin(), ranges.end());
  std::uint64_t position = 0;
  for (const auto& [begin, end] : ranges) {
    if (begin != position) throw FormatError("the arrays overlap or leave a gap");
    position = end;
  }
  if (position != payload_bytes) {
    throw FormatError("the arrays need " + std::to_string(position) + " bytes, " +
                      std::to_string(payload_bytes) + " are there");
  }
}

bool meets(const ArrayInfo& info, const ArraySpec& spec) {
  if (info.dtype != spec.dtype || info.shape.size() != spec.shape.size()) return false;
  for (std::size_t i = 0; i < info.shape.size(); ++i) {
    if (info.shape[i] < spec.shape[i].min || info.shape[i] > spec.shape[i].max) return false;
  }
  return true;
}

std::string describe(const ArraySpec& spec) {
  std::string text = std::string(name_of(spec.dtype)) + " (";
  for (std::size_t i = 0; i < spec.shape.size(); ++i) {
    const DimSpec& dim = spec.shape[i];
    text += i == 0 ? "" : ", ";
    text += std::to_string(dim.min);
    if (dim.max != dim.min) text += " to " + std::to_string(dim.max);
  }
  return text + ")";
}

std::uint64_t header_length(std::string_view file) {
  if (file.size() < kLengthBytes) throw FormatError("shorter than a safetensors header");
  std::uint64_t length = 0;
  std::memcpy(&length, file.data(), kLengthBytes);
  if (length > kMaxHeaderBytes || length > file.size() - kLengthBytes) {
    throw FormatError("the header claims " + std::to_string(length) + " bytes");
  }
  return length;
}

/// Any other byte in a C++ bool is undefined behaviour for whoever reads it.
void require_bools(const std::string& name, const Array& array) {
  if (std::any_of(array.bytes().begin(), array.bytes().end(),
                  [](std::uint8_t byte) { return byte > 1; })) {
    throw FormatError("array " + quoted(name) + " is BOOL but has a byte other than 0 and 1");
  }
}

Arrays decode_checked(std::string_view file, const ArraySpecs* specs) {
  const std::uint64_t length = header_length(file);
  const std::string_view payload = file.substr(kLengthBytes + length);
  const Header header = parse_header(file.substr(kLengthBytes, length), payload.size());
  if (specs != nullptr) require(header, *specs);
  Arrays arrays;
  for (const auto& [name, info] : header) {
    Array array(info.dtype, info.shape);
    std::copy_n(payload.begin() + static_cast<std::ptrdiff_t>(info.begin), info.end - info.begin,
                array.bytes().begin());
    if (info.dtype == DType::kBool) require_bools(name, array);
    arrays.emplace(name, std::move(array));
  }
  return arrays;
}

}  // namespace

ArraySpec exactly(DType dtype, const std::vector<std::int64_t>& shape) {
  ArraySpec spec{dtype, {}};
  for (const std::int64_t size : shape) spec.shape.push_back({size, size});
  return spec;
}

Header parse_header(std::string_view text, std::uint64_t payload_bytes) {
  if (text.size() > kMaxHeaderBytes) throw FormatError("the header is too long");
  const json document = parse_without_duplicates(text);
  if (!document.is_object()) throw FormatError("the header is not a JSON object");
  if (document.size() > kMaxArrays) throw FormatError("the header lists too many arrays");
  Header header;
  for (const auto& [name, entry] : document.items()) {
    if (name != "__metadata__") header.emplace(name, parse_entry(name, entry));
  }
  require_tiling(header, payload_bytes);
  return header;
}

void require(const Header& header, const ArraySpecs& specs) {
  for (const auto& [name, spec] : specs) {
    const auto found = header.find(name);
    if (found == header.end()) throw FormatError("array " + quoted(name) + " is missing");
    if (!meets(found->second, spec)) {
      throw FormatError("array " + quoted(name) + ": expected " + describe(spec) + ", got " +
                        arrays::describe(found->second.dtype, found->second.shape));
    }
  }
  for (const auto& [name, info] : header) {
    if (specs.count(name) == 0) throw FormatError("unexpected array " + quoted(name));
  }
}

std::string encode(const Arrays& arrays) {
  json header = json::object();
  std::uint64_t position = 0;
  for (const auto& [name, array] : arrays) {
    const std::uint64_t end = position + array.bytes().size();
    header[name] = {{"dtype", std::string(name_of(array.dtype()))},
                    {"shape", array.shape()},
                    {"data_offsets", {position, end}}};
    position = end;
  }
  std::string text = header.dump();
  text.resize((text.size() + kLengthBytes - 1) / kLengthBytes * kLengthBytes, ' ');
  if (text.size() > kMaxHeaderBytes) throw FormatError("too many arrays for one file");
  const std::uint64_t length = text.size();
  std::string file(reinterpret_cast<const char*>(&length), kLengthBytes);
  file.reserve(kLengthBytes + length + position);
  file += text;
  for (const auto& [name, array] : arrays) {
    file.append(reinterpret_cast<const char*>(array.bytes().data()), array.bytes().size());
  }
  return file;
}

Arrays decode(std::string_view file) { return decode_checked(file, nullptr); }

Arrays decode(std::string_view file, const ArraySpecs& specs) {
  return decode_checked(file, &specs);
}

std::uint64_t largest_file(const ArraySpecs& specs) {
  std::uint64_t total = kLengthBytes + kMaxHeaderBytes;
  for (const auto& [name, spec] : specs) {
    std::vector<std::int64_t> shape;
    for (const DimSpec& dim : spec.shape) shape.push_back(dim.max);
    if (__builtin_add_overflow(total, checked_product(spec.dtype, shape), &total)) {
      throw FormatError("no file can hold the arrays that are asked for");
    }
  }
  return total;
}

}  // namespace pset3::arrays
