#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pset3::handouts {

std::filesystem::path source_folder();  ///< the repository's
std::string contents_of(const std::filesystem::path& path);

/// @returns every match of the first group of a regular expression in a text.
std::vector<std::string> all_matches(const std::string& text, const std::string& expression);

/// @returns the Markdown files that are pages, in the order of their names.
std::vector<std::filesystem::path> pages();

/// A part's rubric, and the handout that it names.
struct Part {
  nlohmann::json rubric;
  std::filesystem::path handout;
};
std::vector<Part> parts();

/// @returns a Markdown text without its code, where brackets and # mean other things.
std::string without_code(const std::string& markdown);

/// @returns the headings, without their #.
std::vector<std::string> headings_of(const std::string& markdown);

/// @returns the anchor that code hosts and pandoc give to a heading: "(b) One view" ->
/// "b-one-view".
std::string anchor_of(const std::string& heading);

}  // namespace pset3::handouts
