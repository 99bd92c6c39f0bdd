#include "grader/report/sanitise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "grader/base/text.hpp"

namespace pset3::report {
namespace {

constexpr int kMaxDepth = 16;

void trim_end(std::string& text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.pop_back();
}

nlohmann::json clean_to_depth(const nlohmann::json& value, std::size_t max_bytes, int depth) {
  if (value.is_string()) return block(value.get_ref<const std::string&>(), max_bytes);
  if (value.is_number_float() && !std::isfinite(value.get<double>())) return nullptr;
  if (value.is_binary() || value.is_discarded()) return nullptr;
  if (!value.is_structured()) return value;
  if (depth == 0) return "[deeper levels cut]";
  nlohmann::json copy = value.is_array() ? nlohmann::json::array() : nlohmann::json::object();
  for (const auto& [key, item] : value.items()) {
    if (value.is_array()) {
      copy.push_back(clean_to_depth(item, max_bytes, depth - 1));
    } else {
      copy[one_line(key, max_bytes)] = clean_to_depth(item, max_bytes, depth - 1);
    }
  }
  return copy;
}

}  // namespace

std::string one_line(std::string_view text, std::size_t max_bytes) {
  std::string line = printable(text, max_bytes);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  trim_end(line);
  line.erase(0, line.find_first_not_of(' '));
  return line;
}

std::string block(std::string_view text, std::size_t max_bytes) {
  std::string lines = printable(text, max_bytes);
  for (std::size_t at = 0; (at = lines.find('\t', at)) != std::string::npos; at += 2) {
    lines.replace(at, 1, "  ");
  }
  trim_end(lines);
  return lines;
}

nlohmann::json clean(const nlohmann::json& value, std::size_t max_bytes) {
  return clean_to_depth(value, max_bytes, kMaxDepth);
}

double measure(double value) { return std::isfinite(value) && value > 0.0 ? value : 0.0; }

double points(double value, std::string_view what) {
  if (!std::isfinite(value)) {
    throw std::invalid_argument(fmt::format("the points of {} are {}", what, value));
  }
  return value;
}

double total(double sum) { return std::round(sum * 1e6) / 1e6; }

}  // namespace pset3::report
