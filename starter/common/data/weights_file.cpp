#include "starter/common/data/weights_file.hpp"

#include <array>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <system_error>

#include "starter/common/data/data_file.hpp"

namespace pset3 {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::size_t kPrefix = 8;  // the header's length, the least significant byte first
constexpr std::size_t kMostHeaderBytes = std::size_t{1} << 20;
constexpr const char* kNotes = "__metadata__";
const char* const kMakeAgain = "Remove the file; it is made again.";

static_assert(sizeof(float) == 4);

/// @returns how many numbers a shape holds; none when that is more than `most` or a size is below
/// 0.
std::optional<std::size_t> count_of(const std::vector<std::int64_t>& shape, std::size_t most) {
  std::size_t count = 1;
  for (const std::int64_t size : shape) {
    if (size < 0) return std::nullopt;
    if (size > 0 && count > most / static_cast<std::size_t>(size)) return std::nullopt;
    count *= static_cast<std::size_t>(size);
  }
  return count;
}

std::string header_of(const Weights& weights) {
  Json header = Json::object();
  if (!weights.notes.empty()) header[kNotes] = weights.notes;
  std::size_t begin = 0;
  for (const auto& [name, array] : weights.arrays) {
    if (name == kNotes || count_of(array.shape, array.values.size()) != array.values.size()) {
      throw std::invalid_argument("weights: \"" + name + "\" is no array that can be stored");
    }
    const std::size_t end = begin + 4 * array.values.size();
    header[name] = {{"dtype", "F32"}, {"shape", array.shape}, {"data_offsets", {begin, end}}};
    begin = end;
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');  // so that the numbers are aligned
  return text;
}

std::string bytes_of(const Weights& weights) {
  const std::string header = header_of(weights);
  std::string bytes;
  for (std::size_t i = 0; i < kPrefix; ++i) {
    bytes += static_cast<char>(header.size() >> (8 * i) & 0xff);
  }
  bytes += header;
  for (const auto& [name, array] : weights.arrays) {
    bytes.append(reinterpret_cast<const char*>(array.values.data()), 4 * array.values.size());
  }
  return bytes;
}

/// A file that is being read.
struct Source {
  const fs::path& file;
  std::vector<unsigned char> bytes;
  std::size_t payload = 0;  ///< where the numbers begin

  DataError error(const std::string& place, const std::string& expected,
                  const std::string& found) const {
    return data_error({file, place, expected, found, kMakeAgain});
  }
};

Json read_header(Source& source) {
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kPrefix && i < source.bytes.size(); ++i) {
    length |= std::uint64_t{source.bytes[i]} << (8 * i);
  }
  if (source.bytes.size() < kPrefix || length > kMostHeaderBytes ||
      length > source.bytes.size() - kPrefix) {
    throw source.error("header", "a safetensors file", "too few bytes, or another kind of file");
  }
  source.payload = kPrefix + length;
  const auto begin = source.bytes.begin() + kPrefix;
  Json header = Json::parse(begin, begin + static_cast<std::ptrdiff_t>(length), nullptr, false);
  if (!header.is_object()) throw source.error("header", "a JSON object", "something else");
  return header;
}

WeightsArray read_array(const Source& source, const std::string& name, const Json& entry) {
  if (entry.at("dtype") != "F32") throw source.error(name, "F32", entry.at("dtype").dump());
  WeightsArray array;
  array.shape = entry.at("shape").get<std::vector<std::int64_t>>();
  const auto range = entry.at("data_offsets").get<std::array<std::uint64_t, 2>>();
  const std::size_t there = source.bytes.size() - source.payload;
  const auto count = count_of(array.shape, there / 4);
  if (!count || range[0] > there || range[1] > there || range[1] - range[0] != 4 * *count) {
    throw source.error(name, "bytes inside the file, 4 a number",
                       "bytes " + std::to_string(range[0]) + " to " + std::to_string(range[1]) +
                           " of " + std::to_string(there));
  }
  array.values.resize(*count);
  if (*count > 0) {
    std::memcpy(array.values.data(), source.bytes.data() + source.payload + range[0], 4 * *count);
  }
  return array;
}

}  // namespace

void write_weights(const fs::path& file, const Weights& weights) {
  const std::string bytes = bytes_of(weights);
  fs::path beside = file;
  beside += ".part";
  {
    std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (!stream) throw DataError(beside.string() + ": cannot write the file; is there room?");
  }
  std::error_code error;
  fs::rename(beside, file, error);
  if (error) throw DataError(file.string() + ": cannot replace the file: " + error.message());
}

Weights read_weights(const fs::path& file) {
  Source source{file, read_data_file(file, kMakeAgain)};
  const Json header = read_header(source);
  Weights weights;
  std::size_t expected = source.payload;
  try {
    for (const auto& [name, entry] : header.items()) {
      if (name == kNotes) {
        weights.notes = entry.get<std::map<std::string, std::string>>();
        continue;
      }
      weights.arrays[name] = read_array(source, name, entry);
      expected += 4 * weights.arrays[name].values.size();
    }
  } catch (const Json::exception& error) {
    throw source.error("header", "types, shapes and places of arrays", error.what());
  }
  if (expected != source.bytes.size()) {
    throw source.error("", std::to_string(expected) + " bytes",
                       std::to_string(source.bytes.size()));
  }
  return weights;
}

}  // namespace pset3
