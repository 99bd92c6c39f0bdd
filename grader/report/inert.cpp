#include "grader/report/inert.hpp"

#include <fmt/format.h>

namespace pset3::report {
namespace {

bool is_plain(unsigned char c) {
  return c >= 0x80 || c == ' ' || c == ',' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z');
}

std::string percent_encoded(std::string_view text, std::string_view signs) {
  std::string encoded;
  for (const char c : text) {
    if (signs.find(c) == std::string_view::npos) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

}  // namespace

std::string markdown_text(std::string_view text) {
  std::string inert;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (is_plain(code)) {
      inert += c;
    } else if (code < 0x20) {
      inert += ' ';
    } else {
      inert += fmt::format("&#{};", code);
    }
  }
  return inert;
}

std::string html_text(std::string_view text) {
  std::string inert;
  for (const char c : text) {
    if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\'') {
      inert += fmt::format("&#{};", static_cast<int>(c));
    } else {
      inert += c;
    }
  }
  return inert;
}

std::string command_message(std::string_view text) { return percent_encoded(text, "%\r\n"); }

std::string command_property(std::string_view text) { return percent_encoded(text, "%\r\n:,"); }

std::string xml_text(std::string_view text) {
  std::string legal;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto code = static_cast<unsigned char>(text[i]);
    const bool is_control = code < 0x20 && text[i] != '\n' && text[i] != '\t';
    // U+FFFE and U+FFFF, which are EF BF BE and EF BF BF.
    const bool is_no_character = code == 0xEF && i + 2 < text.size() && text[i + 1] == '\xBF' &&
                                 (text[i + 2] & 0xFE) == 0xBE;
    if (is_no_character) i += 2;
    if (is_control || is_no_character) {
      legal += "\xEF\xBF\xBD";
    } else {
      legal += text[i];
    }
  }
  return legal;
}

}  // namespace pset3::report
