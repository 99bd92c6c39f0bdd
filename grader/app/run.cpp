#include <fmt/format.h>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/base/interrupt.hpp"
#include "grader/base/text.hpp"
#include "grader/box/box.hpp"
#include "grader/exercise/exercise_box.hpp"
#include "grader/exercise/exercise_results.hpp"
#include "grader/pipeline/program.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

struct RunOptions {
  std::string part;
  std::string folder;
  std::string data;
  std::string out;
};

fs::path built_in_data(const pipeline::Course& course, const pipeline::Store& store,
                       const std::string& part) {
  const auto write = course.default_data.find(part);
  if (write == course.default_data.end()) {
    throw InputError("there is no built-in data set for " + part + "; name one with --data");
  }
  const std::string key = Hasher().add("data 1").add(part).hex();
  return store.get("data", key, [&](const fs::path& folder) {
    write->second(folder, [](int done, int total) {
      show_progress(fmt::format("making the built-in data: {} of {}", done, total));
    });
    show_progress("");
  });
}

void print_diagnostics(const pipeline::BuiltProgram& program) {
  for (const Diagnostic& item : program.diagnostics) {
    const std::string place = item.file.empty()
                                  ? "the whole program"
                                  : fmt::format("{}:{}:{}", item.file, item.line, item.column);
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
  return kOurFault;
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
fs::path build_exercise(Context& context, const judge::Rubric& rubric, const fs::path& path) {
  const pipeline::Course& course = context.course();
  if (!fs::exists(course.starter(rubric) / "exercise")) {
    throw InputError(rubric.part + " has no exercise to run");
  }
  const build::Toolkit toolkit = build::prepare_toolkit(
      course.home, rubric.part, rubric.folder, rubric.libraries, build::ProgramKind::kExercise);
  show_progress("building …");
  try {
    const intake::Submission submission =
        intake::take(path, context.course().wanted_files({rubric.part}));
    for (const std::string& note : submission.notes) {
      show_progress("");
      fmt::print(stderr, "note: {}\n", note);
    }
    const auto files = submission.parts.find(rubric.folder);
    const pipeline::BuiltProgram program = pipeline::build_program(
        {course, rubric, toolkit, context.store()},
        files == submission.parts.end() ? std::map<std::string, std::string>{} : files->second);
    show_progress("");
    if (!program.executable.empty() && program.broken.empty()) return program.executable;
    print_diagnostics(program);
  } catch (const intake::Refused& refusal) {
    throw InputError(path.string() + ": " + refusal.what());
  }
  return {};
}

}  // namespace

int run_exercise(Context& context, const RunRequest& request) {
  const judge::Rubric& rubric = context.course().part(request.part);
  if (!request.data.empty() && !fs::is_directory(request.data) &&
      !fs::is_regular_file(request.data)) {
    throw InputError(request.data.string() + " is neither a folder nor an archive with data");
  }
  check_results_folder(request.out);
  const fs::path program = build_exercise(context, rubric, request.submission);
  if (program.empty()) return kCheckFailed;
  fs::create_directories(box::cache_folder() / "rooms");
  const TemporaryFolder room(box::cache_folder() / "rooms", 0755);
  fs::create_directory(room.path() / "out");
  const Place data = request.data.empty()
                         ? Place{built_in_data(context.course(), context.store(), rubric.part),
                                 "/built-in", "/built-in"}
                         : place_of_data(request.data, room.path());
  const fs::path inside = room.path() / "out";
  // What an earlier run has trained: this one goes on with it.
  if (fs::is_directory(request.out)) collect_results(request.out, inside, {}, kCheckpoint);
  const box::BoxSpec spec =
      exercise_box(program, data, place_of_results(request.out, inside), request.arguments);
  const int status = run_and_collect(spec, inside, request.out);
  if (status <= kCheckFailed && fs::is_directory(request.out))
    fmt::print("\nWritten to {}\n", request.out.string());
  return status;
}

void add_run(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* verb =
      app.add_subcommand("run", "Do a part's exercise with your code: pictures, meshes, tables");
  auto options = std::make_shared<RunOptions>();
  verb->add_option("part", options->part, "p1, …")->required()->type_name("PART");
  verb->add_option("--data", options->data, "folder or .zip with the data (default: built-in data)")
      ->type_name("DIR|ZIP");
  verb->add_option("--out", options->out, "where the results go (default out/PART)")
      ->type_name("DIR");
  verb->add_option("--dir", options->folder, "your files (default ./starter)")->type_name("DIR");
  add_store_option(*verb, context);
  verb->allow_extras();
  verb->footer(
      "Other options go to the exercise, for p1: --voxels N --views K --silhouettes "
      "true|estimated\n"
      "  --box X0 X1 Y0 Y1 Z0 Z1 --draft (small pictures, for a quick look); for p0: --steps N\n"
      "  --spiral-steps N --rate R --activation sigmoid|tanh|relu --partial-data; for p2:\n"
      "  --experiments NAME,… --epochs N --images N --freeze --anew and more; for p3: --epochs N\n"
      "  --size HEIGHT WIDTH --full --pretrain --anew and more; for p4: --pair N --train --epochs "
      "N\n"
      "  --size HEIGHT WIDTH --resnet18 --anew and more; p2 to p4 go on where an interrupted run\n"
      "  was. `--help` behind two dashes tells all: ./pset3 run p3 -- --help\n"
      "Exit status: 0 done, 1 something is not written yet or does not compile, 2 unreadable "
      "data.\n"
      "Examples:\n"
      "  ./pset3 run p1\n"
      "  ./pset3 run p1 --data dinosaur --voxels 2000000 --out out/dinosaur");
  verb->callback([&context, &chosen, options, verb] {
    chosen = [&context, options, verb] {
      const pipeline::Course& course = context.course();
      std::vector<std::string> arguments = verb->remaining();
      arguments.insert(arguments.end(), context.behind_dashes.begin(), context.behind_dashes.end());
      return run_exercise(
          context,
          {options->part,
           options->folder.empty() ? default_submission(course) : fs::path(options->folder),
           options->data,
           options->out.empty() ? fs::path("out") / options->part : fs::path(options->out),
           arguments});
    };
  });
}

}  // namespace pset3::app
