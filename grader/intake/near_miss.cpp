#include "grader/intake/near_miss.hpp"

#include <regex>

#include "grader/base/text.hpp"
#include "grader/intake/place.hpp"

namespace pset3::intake {
namespace {

constexpr std::size_t kTellingStem = 4;  // letters; a shorter stem is a part of too many words

bool can_be_a_source(const std::string& lower) {
  const std::size_t dot = lower.find('.');
  return dot == std::string::npos || lower.find(".c", dot) != std::string::npos ||
         lower.find(".txt", dot) != std::string::npos;
}

}  // namespace

std::string probably_meant(std::string_view name, const std::vector<std::string>& missing) {
  const std::string lower = lowercase(name);
  if (!can_be_a_source(lower)) return "";
  std::vector<std::string> lower_missing;
  lower_missing.reserve(missing.size());
  for (const std::string& file : missing) lower_missing.push_back(lowercase(file));
  std::string meant = nearest(lower, lower_missing);
  for (std::size_t i = 0; i < missing.size() && meant.empty(); ++i) {
    const std::string stem = lower_missing[i].substr(0, lower_missing[i].find('.'));
    if (stem.size() >= kTellingStem && lower.find(stem) != std::string::npos) {
      meant = lower_missing[i];
    }
  }
  for (std::size_t i = 0; i < missing.size(); ++i) {
    if (lower_missing[i] == meant) return missing[i];
  }
  return "";
}

std::string without_upload_decoration(std::string_view name) {
  static const std::regex kCanvas(R"(^[^_]+(?:_LATE)?_\d+_\d+_(.+?)(?:-\d+)?(\.[^.]+)$)",
                                  std::regex::ECMAScript | std::regex::icase);
  std::cmatch match;
  if (name.size() > 255 ||
      !std::regex_match(name.data(), name.data() + name.size(), match, kCanvas)) {
    return std::string(name);
  }
  return match[1].str() + match[2].str();
}

}  // namespace pset3::intake
