#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "grader/intake/hand_in.hpp"

namespace pset3::intake {

/// What Gradescope's submission_metadata.yml says of one submission.
struct ExportedSubmission {
  std::vector<Person> submitters;
  std::string created_at;
};

/// Reads the few lines that matter here: who submitted, and when. Everything else is passed over.
/// @returns the folder's name ("submission_2001") -> what is known of it.
std::map<std::string, ExportedSubmission> read_gradescope_metadata(std::string_view yaml);

}  // namespace pset3::intake
