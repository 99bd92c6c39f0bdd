#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/exercise/exercise_box.hpp"
#include "grader/pipeline/course.hpp"
#include "grader/pipeline/store.hpp"

namespace pset3::exercise {

/// What `pset3 run` is asked for.
struct Request {
  std::string part;
  std::filesystem::path submission;
  std::filesystem::path data;  ///< empty = the built-in data
  std::filesystem::path out;
  std::vector<std::string> arguments;  ///< for the part's exercise
};

/// Builds the exercise of a part with the submission's functions, runs it in a box and brings its
/// results to `request.out`.
///
/// @returns 0 when it is done, 1 when something is not written yet or does not compile, else the
///          exercise's own status.
/// @throws InputError for data or a folder that cannot be used, and for a crash; GraderError for a
///         fault of ours.
int run_exercise(const pipeline::Course& course, const pipeline::Store& store,
                 const Request& request, const Tell& tell);

/// The same with the built-in data, for what has to give the same whenever it is run: kept in the
/// store, so that a second call with the same program and arguments shows what the first one made.
///
/// @throws GraderError when the exercise ends with any status but 0.
int run_exercise_once(const pipeline::Course& course, const pipeline::Store& store,
                      const Request& request, const Tell& tell);

}  // namespace pset3::exercise
