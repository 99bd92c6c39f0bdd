#include "grader/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>

namespace pset3 {
namespace {

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 1;
};

/// The code point that starts at `text`, or nothing where the bytes are no UTF-8.
std::optional<CodePoint> decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return CodePoint{first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (length == 0 || first > 0xF4 || text.size() < length) return std::nullopt;
  std::uint32_t value = first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
    value = value << 6 | (byte(i) & 0x3Fu);
  }
  static constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
    return std::nullopt;
  }
  return CodePoint{value, length};
}

bool is_harmless(std::uint32_t value) {
  if (value == '\n' || value == '\t') return true;
  if (value < 0x20 || (value >= 0x7F && value < 0xA0)) return false;
  const bool bidirectional = (value >= 0x202A && value <= 0x202E) ||
                             (value >= 0x2066 && value <= 0x2069) || value == 0x200E ||
                             value == 0x200F || value == 0x061C;
  return !bidirectional && value != 0xFEFF && value != 0x2028 && value != 0x2029;
}

/// The printable ASCII that a text begins with.
std::string_view plain_start(std::string_view text) {
  const auto end =
      std::find_if_not(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string printable(std::string_view text, std::size_t max_bytes) {
  std::string out;
  while (!text.empty() && out.size() < max_bytes) {
    const std::string_view plain = plain_start(text.substr(0, max_bytes - out.size()));
    if (!plain
             .empty()) {  // nearly all text: reading a report back took three times as long without
      out += plain;
      text.remove_prefix(plain.size());
      continue;
    }
    const std::optional<CodePoint> point = decode(text);
    if (!point) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
    } else if (is_harmless(point->value)) {
      out += text.substr(0, point->bytes);
    } else {
      out += point->value < 0x100 ? fmt::format("\\x{:02x}", point->value)
                                  : fmt::format("\\u{{{:04x}}}", point->value);
    }
    text.remove_prefix(point ? point->bytes : 1);
  }
  if (!text.empty()) out += fmt::format("\n[{} more bytes cut]", text.size());
  return out;
}

std::string PrintableStream::show(std::string_view piece, bool is_all) {
  static constexpr std::string_view kClearLine = "\x1b[K";
  waiting_ += piece;
  std::string shown;
  std::string_view left = waiting_;
  while (!left.empty()) {
    const bool clears = left.substr(0, kClearLine.size()) == kClearLine;
    if (clears || left[0] == '\r') {
      shown += left.substr(0, clears ? kClearLine.size() : 1);
      left.remove_prefix(clears ? kClearLine.size() : 1);
      continue;
    }
    const bool may_clear = kClearLine.substr(0, left.size()) == left;
    const bool may_be_cut =
        static_cast<unsigned char>(left[0]) >= 0xC2 && left.size() < 4 && !decode(left);
    if (!is_all && (may_clear || may_be_cut)) break;
    const std::optional<CodePoint> point = decode(left);
    shown += printable(left.substr(0, point ? point->bytes : 1));
    left.remove_prefix(point ? point->bytes : 1);
  }
  waiting_ = std::string(left);
  return shown;
}

std::size_t valid_utf8_bytes(std::string_view text) {
  std::size_t position = 0;
  while (position < text.size()) {
    const std::optional<CodePoint> point = decode(text.substr(position));
    if (!point) break;
    position += point->bytes;
  }
  return position;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    // As many edits as letters turn any word into any other.
    if (distance < best_distance && distance < std::max(word.size(), candidate.size())) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string trimmed(std::string_view text) {
  text = text.substr(0, text.find_last_not_of(" \t\r") + 1);
  return std::string(text.substr(std::min(text.find_first_not_of(" \t"), text.size())));
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace pset3
