#include "grader/gradebook/person_name.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "grader/base/letter_case.hpp"
#include "grader/base/text.hpp"

namespace pset3::gradebook {
std::string words_in_order(const std::string& name) {
  constexpr std::string_view kBetween = " ,;\t";  // a spreadsheet may have made ; of a comma
  std::vector<std::string> words(1);
  for (const char c : lowercase(name)) {
    if (kBetween.find(c) != std::string_view::npos) {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  std::sort(words.begin(), words.end());
  std::string text;
  for (const std::string& word : words) text += word.empty() ? "" : word + " ";
  return text;
}

std::pair<std::string, std::string> first_and_last(const std::string& name) {
  const std::string plain = trimmed(name);
  const std::size_t comma = plain.find(',');
  if (comma != std::string::npos) {
    return {trimmed(plain.substr(comma + 1)), trimmed(plain.substr(0, comma))};
  }
  const std::size_t space = plain.rfind(' ');
  if (space == std::string::npos) return {plain, ""};
  return {trimmed(plain.substr(0, space)), plain.substr(space + 1)};
}

}  // namespace pset3::gradebook
