#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "grader/judge/rubric.hpp"

namespace pset3::pipeline {

/// Where a part's files were found, what they are, and where the student's functions begin in them:
/// file name -> {"path", "sha256", "functions": {name: line}}.
/// @param files  name -> bytes. @param paths  name -> path in the submission.
nlohmann::json source_places(const judge::Rubric& rubric,
                             const std::map<std::string, std::string>& files,
                             const std::map<std::string, std::string>& paths);

/// The line on which a function's definition seems to begin: the first one outside of comments that
/// has its name before a parenthesis, and is no call or declaration that ends in a semicolon.
/// @returns 0 when there is none.
int line_of_function(const std::string& source, const std::string& name);

}  // namespace pset3::pipeline
