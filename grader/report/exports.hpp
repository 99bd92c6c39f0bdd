#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "grader/report/results.hpp"

namespace pset3::report {

/// What other systems read, each made from results.json alone. All of them take the text in it for
/// foreign: none of it can act as a command, as markup or as another entry. Where no audience is
/// given, they are for students.
/// @throws InputError when `results` is no results file of this program.

/// GitHub Actions' annotations (`::error file=…,line=…::…`), a line each, at most ten: what the
/// compiler found first, then failed checks on the student's own line, then warnings.
/// @param folder  of the submission's files, relative to the repository's root.
std::string github_annotations(const nlohmann::json& results, const std::filesystem::path& folder);

/// A step's summary in GitHub's Markdown: a table of the parts, then the failed checks.
std::string github_summary(const nlohmann::json& results);

/// Lines for the file $GITHUB_OUTPUT: points, max_points, extra_points, passed, checks, and as
/// `result` what GitHub Classroom's reporter reads.
std::string github_outputs(const nlohmann::json& results);

/// `text` between GitHub's commands that keep what is in it from being taken for a command.
/// @param token  that nobody can guess.
std::string without_github_commands(const std::string& text, std::string_view token);

/// What GitHub Classroom's autograding reporter reads: version 1, points a check.
nlohmann::json to_classroom(const nlohmann::json& results);

/// JUnit's XML as GitLab, Jenkins and others read it: a suite a part, a case a check.
std::string to_junit(const nlohmann::json& results, Audience audience);

/// A Gradescope results file without our own schema's fields.
nlohmann::json to_gradescope(const nlohmann::json& results);

}  // namespace pset3::report
