#include "grader/intake/row_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <set>

#include "grader/base/text.hpp"
#include "grader/intake/place.hpp"

namespace pset3::intake {
namespace {

constexpr std::size_t kLongestName = 100;

/// Characters that nobody sees: joiners, soft hyphens, fillers, variation selectors, tags.
bool is_invisible(std::uint32_t value) {
  struct Range {
    std::uint32_t first, last;
  };
  static constexpr std::array<Range, 15> kRanges = {{{0x00AD, 0x00AD},
                                                     {0x034F, 0x034F},
                                                     {0x061C, 0x061C},
                                                     {0x115F, 0x1160},
                                                     {0x17B4, 0x17B5},
                                                     {0x180B, 0x180F},
                                                     {0x200B, 0x200F},
                                                     {0x2028, 0x202F},
                                                     {0x205F, 0x206F},
                                                     {0x2800, 0x2800},
                                                     {0x3164, 0x3164},
                                                     {0xFE00, 0xFE0F},
                                                     {0xFEFF, 0xFEFF},
                                                     {0xFFA0, 0xFFA0},
                                                     {0xE0000, 0xE0FFF}}};
  return std::any_of(kRanges.begin(), kRanges.end(),
                     [&](Range range) { return value >= range.first && value <= range.last; });
}

bool is_combining(std::uint32_t value) {
  return (value >= 0x0300 && value <= 0x036F) || (value >= 0x1AB0 && value <= 0x1AFF) ||
         (value >= 0x1DC0 && value <= 0x1DFF) || (value >= 0x20D0 && value <= 0x20FF) ||
         (value >= 0xFE20 && value <= 0xFE2F);
}

/// Of sound UTF-8.
std::uint32_t code_point(std::string_view bytes) {
  const auto first = static_cast<unsigned char>(bytes[0]);
  if (bytes.size() == 1) return first;
  std::uint32_t value = first & (0x7Fu >> bytes.size());
  for (const char byte : bytes.substr(1)) {
    value = value << 6 | (static_cast<unsigned char>(byte) & 0x3Fu);
  }
  return value;
}

/// The first character, or the first byte of what is no UTF-8.
std::string_view first_character(std::string_view text) {
  for (std::size_t size = 1; size <= std::min<std::size_t>(4, text.size()); ++size) {
    if (valid_utf8_bytes(text.substr(0, size)) == size) return text.substr(0, size);
  }
  return {};
}

/// What one character becomes in a name.
struct Fitted {
  std::string text;
  bool is_seen = false;  ///< it leaves a mark of its own
  bool is_usual = true;  ///< nobody is misled by what becomes of it
};

Fitted fitted(std::string_view character) {
  static const std::string kPlain = "._-+";
  if (character.empty()) return {"_", false, false};
  const std::uint32_t value = code_point(character);
  if (value < 0x80) {
    const bool is_plain = std::isalnum(static_cast<int>(value)) ||
                          kPlain.find(static_cast<char>(value)) != kPlain.npos;
    if (is_plain) return {std::string(character), value != '.' && value != '_' && value != '-'};
    return {"_", false, value >= 0x20 && value != 0x7F};
  }
  if (is_invisible(value) || value < 0xA0) return {"_", false, false};
  return {std::string(character), !is_combining(value)};
}

bool is_reserved(const std::string& name) {
  static const std::set<std::string> kOwn = {"class",        "pset3", "results.json", "report.txt",
                                             "hand_in.json", "con",   "prn",          "aux",
                                             "nul",          "store"};
  const std::string lower = lowercase(name);
  const std::string stem = lower.substr(0, lower.find('.'));
  const bool is_port = stem.size() == 4 && std::isdigit(static_cast<unsigned char>(stem[3])) &&
                       (stem.rfind("com", 0) == 0 || stem.rfind("lpt", 0) == 0);
  return kOwn.count(lower) != 0 || kOwn.count(stem) != 0 || is_port;
}

struct Name {
  std::string text;
  bool is_usual = true;
};

Name fit(std::string_view called) {
  Name name;
  bool is_seen = false;
  std::size_t marks = 0;  // above one letter
  while (!called.empty() && name.text.size() < kLongestName) {
    const std::string_view character = first_character(called);
    const Fitted next = fitted(character);
    called.remove_prefix(std::max<std::size_t>(character.size(), 1));
    marks = !character.empty() && is_combining(code_point(character)) ? marks + 1 : 0;
    name.is_usual &= next.is_usual && marks <= 2;
    // More marks than any script puts above a letter would cover other lines.
    if (marks > 2) continue;
    name.text += next.text;
    is_seen |= next.is_seen;
  }
  while (!name.text.empty() && name.text.back() == '.') name.text.back() = '_';
  if (!is_seen) return {"unnamed", false};
  if (std::string_view(".-+").find(name.text[0]) != std::string_view::npos) name.text[0] = '_';
  if (is_reserved(name.text)) return {"_" + name.text, false};
  name.is_usual &= called.empty();
  return name;
}

/// Gives out names that no other has, whatever a file system thinks of upper and lower case.
class Names {
 public:
  bool take(const std::string& name) { return taken_.insert(lowercase(name)).second; }

 private:
  std::set<std::string> taken_;
};

std::string unique_name(const HandIn& hand_in, Names& names) {
  const std::string name = fit_name(hand_in.called);
  if (names.take(name)) return name;
  if (!hand_in.id_in_class.empty()) {
    const std::string with_id = fit_name(hand_in.called + "_" + hand_in.id_in_class);
    if (names.take(with_id)) return with_id;
  }
  for (int i = 2;; ++i) {
    const std::string numbered = name + "-" + std::to_string(i);
    if (names.take(numbered)) return numbered;
  }
}

}  // namespace

std::string fit_name(std::string_view called) { return fit(called).text; }

bool is_disguised(std::string_view called) { return !fit(called).is_usual; }

std::string visible(std::string_view called) {
  std::string text;
  while (!called.empty() && text.size() < 400) {
    const std::string_view character = first_character(called);
    const std::string_view bytes = called.substr(0, std::max<std::size_t>(character.size(), 1));
    const bool is_seen = !character.empty() && character[0] != '\n' && character[0] != '\t' &&
                         !is_invisible(code_point(character));
    if (is_seen) {
      text += printable(bytes);
    } else if (character.empty()) {
      text += fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes[0]));
    } else {
      text += fmt::format("\\u{{{:04x}}}", code_point(character));
    }
    called.remove_prefix(bytes.size());
  }
  return called.empty() ? text : text + "…";
}

void name_rows(std::vector<HandIn>& hand_ins, const EarlierNames& earlier) {
  Names names;
  std::set<std::string> given;
  for (const auto& [identity, name] : earlier) names.take(name);
  for (HandIn& hand_in : hand_ins) {
    for (const std::string& identity : hand_in.identities) {
      const auto before = earlier.find(identity);
      if (before == earlier.end() || !hand_in.name.empty()) continue;
      if (given.insert(before->second).second) hand_in.name = before->second;
    }
    if (hand_in.name.empty()) hand_in.name = unique_name(hand_in, names);
  }
}

}  // namespace pset3::intake
