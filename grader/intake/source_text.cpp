#include "grader/intake/source_text.hpp"

#include <algorithm>
#include <string_view>

#include "grader/base/text.hpp"

namespace pset3::intake {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_utf16(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, 2);
  return start == "\xFF\xFE" || start == "\xFE\xFF";
}

/// Characters that reorder what is shown: U+202A to U+202E and U+2066 to U+2069.
std::size_t find_bidirectional_control(std::string_view bytes) {
  for (std::size_t at = bytes.find('\xE2'); at != std::string_view::npos;
       at = bytes.find('\xE2', at + 1)) {
    const std::string_view sign = bytes.substr(at, 3);
    if (sign >= "\xE2\x80\xAA" && sign <= "\xE2\x80\xAE") return at;
    if (sign >= "\xE2\x81\xA6" && sign <= "\xE2\x81\xA9") return at;
  }
  return std::string_view::npos;
}

std::string line_of(std::string_view bytes, std::size_t position) {
  const std::string_view before = bytes.substr(0, position);
  return "line " + std::to_string(std::count(before.begin(), before.end(), '\n') + 1);
}

std::string without_carriage_returns(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes.substr(i, 2) != "\r\n") text += bytes[i];
  }
  return text;
}

}  // namespace

std::string plain_source(std::string bytes, const std::string& path,
                         std::vector<std::string>& notes) {
  if (is_utf16(bytes)) {
    notes.push_back(path + " is UTF-16, which the compiler does not read; save it as UTF-8");
    return bytes;
  }
  if (bytes.compare(0, kByteOrderMark.size(), kByteOrderMark) == 0) {
    bytes.erase(0, kByteOrderMark.size());
    notes.push_back(path + " starts with a byte order mark; it was left out");
  }
  if (bytes.find("\r\n") != std::string::npos) {
    bytes = without_carriage_returns(bytes);
    notes.push_back(path + " has Windows line ends (CRLF); they were read as LF");
  }
  if (const std::size_t nul = bytes.find('\0'); nul != std::string::npos) {
    notes.push_back(path + ", " + line_of(bytes, nul) + ": has a NUL byte, as no source file has");
  }
  if (const std::size_t control = find_bidirectional_control(bytes); control != std::string::npos) {
    notes.push_back(path + ", " + line_of(bytes, control) +
                    ": has a character that changes the direction of text, so that the code may "
                    "read differently from what it does; remove it");
  }
  if (const std::size_t good = valid_utf8_bytes(bytes); good != bytes.size()) {
    notes.push_back(path + ", " + line_of(bytes, good) +
                    ": not UTF-8; save the file with that encoding");
  }
  return bytes;
}

}  // namespace pset3::intake
