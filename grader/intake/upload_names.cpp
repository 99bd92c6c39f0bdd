#include "grader/intake/upload_names.hpp"

#include <fmt/format.h>

#include <regex>

namespace pset3::intake {
namespace {

constexpr std::size_t kMostNameBytes = 255;

/// Numbers as texts that sort as the numbers do.
std::string sortable(const std::string& digits) { return fmt::format("{:0>20}", digits); }

bool matches(std::string_view name, const std::regex& form, std::cmatch& match) {
  return name.size() <= kMostNameBytes &&
         std::regex_match(name.data(), name.data() + name.size(), match, form);
}

/// "doejane_LATE_1001_50001_carve-1.cpp"; what was typed into the page is "doejane_1001_text.html".
std::optional<UploadName> canvas(std::string_view name) {
  static const std::regex kFile(
      R"((anon(?=_\w{5}_)|[^_]+)(_LATE)?_(\d+|\w{5})_(?:question_\d+_)?(\d+)_([^\n]+))",
      std::regex::icase | std::regex::optimize);
  static const std::regex kTyped(R"(([^_]+)(_LATE)?_(\d+)_(text|link)\.html)", std::regex::icase);
  std::cmatch match;
  if (matches(name, kTyped, match)) {
    return UploadName{match[1], match[3], "", "", match[4].str() + ".html", match[2].matched};
  }
  if (!matches(name, kFile, match)) return std::nullopt;
  const bool is_anonymous = match[1].str() == "anon";
  if (!is_anonymous && match[3].str().find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  return UploadName{is_anonymous ? "anon_" + match[3].str() : match[1].str(),
                    match[3],
                    "",
                    sortable(match[4]),
                    match[5],
                    match[2].matched};
}

/// A folder "Jane Doe_1001_assignsubmission_file_", or its files with that before their names.
std::optional<UploadName> moodle(std::string_view name) {
  static const std::regex kForm(
      R"(([^\n]+?)_(\d+)_assignsubmission_(?:file|onlinetext)(?:_([^\n]*))?)", std::regex::icase);
  std::cmatch match;
  if (!matches(name, kForm, match)) return std::nullopt;
  return UploadName{match[1], match[2], "", "", match[3], false};
}

/// "HW3_jdoe_attempt_2026-11-20-23-10-05_carve.cpp", and ".txt" for the record of the attempt.
std::optional<UploadName> blackboard(std::string_view name) {
  static const std::regex kForm(
      R"((?:([^\n]*)_)?([^_\n]+)_attempt_(\d{4}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2})(?:_([^\n]+)|\.txt))",
      std::regex::icase);
  std::cmatch match;
  if (!matches(name, kForm, match)) return std::nullopt;
  return UploadName{match[2], match[2], match[3], match[3], match[4], false};
}

std::optional<UploadName> gradescope(std::string_view name) {
  static const std::regex kForm(R"(submission_(\d+))");
  std::cmatch match;
  if (!matches(name, kForm, match)) return std::nullopt;
  return UploadName{std::string(name), match[1], "", sortable(match[1]), "", false};
}

}  // namespace

std::optional<UploadName> parse_upload_name(Shape shape, std::string_view name) {
  switch (shape) {
    case Shape::kCanvas:
      return canvas(name);
    case Shape::kMoodle:
      return moodle(name);
    case Shape::kBlackboard:
      return blackboard(name);
    case Shape::kGradescope:
      return gradescope(name);
    case Shape::kFolders:
      return std::nullopt;
  }
  return std::nullopt;
}

std::string without_copy_number(std::string_view name) {
  static const std::regex kForm(R"(([^\n]+?)(?:-\d+| ?\(\d+\))(\.[^.\n]+)?)");
  std::cmatch match;
  if (!matches(name, kForm, match)) return std::string(name);
  return match[1].str() + match[2].str();
}

std::string name_of(Shape shape) {
  switch (shape) {
    case Shape::kFolders:
      return "folders, archives and files";
    case Shape::kCanvas:
      return "a Canvas download";
    case Shape::kMoodle:
      return "a Moodle download";
    case Shape::kBlackboard:
      return "a Blackboard download";
    case Shape::kGradescope:
      return "a Gradescope export";
  }
  return "";
}

}  // namespace pset3::intake
