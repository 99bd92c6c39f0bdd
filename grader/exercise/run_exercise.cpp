#include "grader/exercise/run_exercise.hpp"

#include <fmt/format.h>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/base/interrupt.hpp"
#include "grader/base/text.hpp"
#include "grader/box/box.hpp"
#include "grader/exercise/exercise_box.hpp"
#include "grader/exercise/exercise_results.hpp"
#include "grader/pipeline/program.hpp"

namespace pset3::exercise {
namespace {

namespace fs = std::filesystem;

constexpr int kOpen = 1;                         // something is not written yet or does not compile
constexpr const char* kResults = "results";      // their folder in the store
constexpr const char* kSummary = "summary.txt";  // what exercises print, as they leave it

fs::path built_in_data(const pipeline::Course& course, const pipeline::Store& store,
                       const std::string& part, const Tell& tell) {
  const auto write = course.default_data.find(part);
  if (write == course.default_data.end()) {
    throw InputError("there is no built-in data set for " + part + "; name one with --data");
  }
  const std::string key = Hasher().add("data 1").add(part).hex();
  return store.get("data", key, [&](const fs::path& folder) {
    write->second(folder, [&](int done, int total) {
      tell(fmt::format("making the built-in data: {} of {}", done, total));
    });
    tell("");
  });
}

void print_diagnostics(const pipeline::BuiltProgram& program) {
  for (const Diagnostic& item : program.diagnostics) {
    const std::string place =
        item.file.empty() ? "the whole program"
                          : fmt::format("{}:{}:{}", printable(item.file), item.line, item.column);
    fmt::print(stderr, "{}: {}: {}\n", place, item.severity, printable(item.message));
  }
  if (program.diagnostics.empty()) fmt::print(stderr, "pset3: there is nothing to build\n");
}

int status_of(const box::BoxExit& end) {
  switch (end.ending) {
    case box::Ending::kExited:
      return end.code;
    case box::Ending::kBoxFailed:
      throw GraderError("the box failed: " + end.why);
    case box::Ending::kTimeout:
      throw InputError("the exercise took longer than four hours");
    case box::Ending::kOutOfMemory:
      throw InputError("the exercise ran out of memory; try fewer voxels or images");
    case box::Ending::kSignalled:
      throw InputError(
          fmt::format("your code crashed with signal {}; `./pset3 check` tells where", end.code));
  }
  throw GraderError("the box ended in no known way");
}

/// What the exercise leaves is the user's also where it was interrupted or failed.
int run_and_collect(const box::BoxSpec& spec, const fs::path& inside, const fs::path& out) {
  const box::PathNames names = box::path_names_of(spec);
  try {
    const box::BoxExit end = [&] {
      const CheckpointKeeper keeper(inside, out);
      return box::run(spec);
    }();
    collect_results(inside, out, names);
    return status_of(end);
  } catch (const Interrupted&) {
    collect_results(inside, out, names, kCheckpoint);
    throw;
  }
}

/// The submission's exercise; empty when it does not build, which has been told then.
fs::path build_exercise(const pipeline::Course& course, const pipeline::Store& store,
                        const judge::Rubric& rubric, const fs::path& path, const Tell& tell) {
  if (!fs::exists(course.starter(rubric) / "exercise")) {
    throw InputError(rubric.part + " has no exercise to run");
  }
  const build::Toolkit toolkit = build::prepare_toolkit(
      course.home, rubric.part, rubric.folder, rubric.libraries, build::ProgramKind::kExercise);
  tell("building …");
  try {
    const intake::Submission submission = intake::take(path, course.wanted_files({rubric.part}));
    for (const std::string& note : submission.notes) {
      tell("");
      fmt::print(stderr, "note: {}\n", note);
    }
    const auto files = submission.parts.find(rubric.folder);
    const pipeline::BuiltProgram program = pipeline::build_program(
        {course, rubric, toolkit, store},
        files == submission.parts.end() ? std::map<std::string, std::string>{} : files->second);
    tell("");
    if (!program.executable.empty() && program.broken.empty()) return program.executable;
    print_diagnostics(program);
  } catch (const intake::Refused& refusal) {
    throw InputError(path.string() + ": " + refusal.what());
  }
  return {};
}

/// Runs the built exercise with the data and arguments of the request.
/// @param kept  where its results go; its texts call that `request.out`.
int run_built(const pipeline::Course& course, const pipeline::Store& store, const Request& request,
              const fs::path& program, const fs::path& kept, const Tell& tell) {
  fs::create_directories(box::cache_folder() / "rooms");
  const TemporaryFolder room(box::cache_folder() / "rooms", 0755);
  fs::create_directory(room.path() / "out");
  const Place data = request.data.empty() ? Place{built_in_data(course, store, request.part, tell),
                                                  "/built-in", "/built-in"}
                                          : place_of_data(request.data, room.path(), tell);
  const fs::path inside = room.path() / "out";
  // What an earlier run has trained: this one goes on with it.
  if (fs::is_directory(kept)) collect_results(kept, inside, {}, kCheckpoint);
  return run_and_collect(
      exercise_box(program, data, place_of_results(request.out, inside), request.arguments), inside,
      kept);
}

void tell_where(const fs::path& out) {
  if (fs::is_directory(out)) fmt::print("\nWritten to {}\n", out.string());
}

}  // namespace

int run_exercise(const pipeline::Course& course, const pipeline::Store& store,
                 const Request& request, const Tell& tell) {
  const judge::Rubric& rubric = course.part(request.part);
  if (!request.data.empty() && !fs::is_directory(request.data) &&
      !fs::is_regular_file(request.data)) {
    throw InputError(request.data.string() + " is neither a folder nor an archive with data");
  }
  check_results_folder(request.out);
  const fs::path program = build_exercise(course, store, rubric, request.submission, tell);
  if (program.empty()) return kOpen;
  const int status = run_built(course, store, request, program, request.out, tell);
  if (status <= kOpen) tell_where(request.out);
  return status;
}

int run_exercise_once(const pipeline::Course& course, const pipeline::Store& store,
                      const Request& request, const Tell& tell) {
  check_results_folder(request.out);
  const fs::path program =
      build_exercise(course, store, course.part(request.part), request.submission, tell);
  if (program.empty()) return kOpen;
  Hasher key;
  key.add("exercise 1").add(program.string());
  for (const std::string& argument : request.arguments) key.add(argument);
  bool has_run = false;
  const fs::path kept = store.get("exercise", key.hex(), [&](const fs::path& folder) {
    has_run = true;
    const int status = run_built(course, store, request, program, folder / kResults, tell);
    if (status != 0) throw GraderError(fmt::format("the exercise ended with status {}", status));
  });
  if (!has_run) fmt::print("{}", read_file(kept / kResults / kSummary));
  collect_results(kept / kResults, request.out, {});
  tell_where(request.out);
  return 0;
}

}  // namespace pset3::exercise
