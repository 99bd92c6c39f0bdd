#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "grader/build/toolkit.hpp"
#include "grader/intake/intake.hpp"
#include "grader/judge/rubric.hpp"
#include "grader/parts/part.hpp"

namespace pset3::pipeline {

/// The problem set: where it is, its parts' rubrics, and the code that judges them.
struct Course {
  build::Home home;
  std::vector<judge::Rubric> parts;  ///< in the order of their names
  judge::Checks checks;
  cases::Generators generators;
  std::map<std::string, cases::DefaultData> default_data;  ///< by parts' short names
  /// Where the handouts are published as pages, with a '/' at the end: handouts/site.json. Empty =
  /// nowhere.
  std::string handouts_address = {};

  /// @throws InputError that lists the parts there are.
  const judge::Rubric& part(const std::string& name) const;
  std::filesystem::path fixtures(const judge::Rubric& rubric) const;
  std::filesystem::path starter(const judge::Rubric& rubric) const;
  std::filesystem::path solution(const judge::Rubric& rubric) const;
  /// Students' trees have no solution.
  bool has_solution(const judge::Rubric& rubric) const;
  /// The files of all parts, so that each goes to its own part; `asked` are the parts whose missing
  /// files the user wants to know of, all if empty.
  std::vector<intake::WantedPart> wanted_files(const std::set<std::string>& asked = {}) const;
};

/// Puts a rubric from another file in the place of the same part's.
/// @throws InputError when it is no rubric, or of no part that there is.
void replace_rubric(Course& course, const std::filesystem::path& file);

/// @returns the address of a site as links begin with it. @throws InputError when it is none.
std::string address_of_site(const std::string& text);

/// Reads every fixtures/<part>/rubric.json below `home.source` and checks it against the judge and
/// the generators. @throws InputError
Course load_course(const build::Home& home, const parts::Parts& parts);

}  // namespace pset3::pipeline
