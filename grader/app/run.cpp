#include <fmt/format.h>
#include <unistd.h>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/base/text.hpp"
#include "grader/batch/program.hpp"
#include "grader/box/box.hpp"
#include "grader/synthetic/default_data.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

struct RunOptions {
  std::string part;
  std::string folder;
  std::string data;
  std::string out;
};

fs::path built_in_data(const batch::Store& store, const std::string& part) {
  const std::string key = Hasher().add("data 1").add(part).hex();
  return store.get("data", key, [&](const fs::path& folder) {
    synthetic::write_default_data(part, folder, [](int done, int total) {
      show_progress(fmt::format("making the built-in data: {} of {}", done, total));
    });
    show_progress("");
  });
}

box::BoxSpec exercise_box(const fs::path& program, const fs::path& data, const fs::path& out,
                          const std::vector<std::string>& arguments) {
  box::BoxSpec spec;
  spec.argv = {"/program", "--data", "/data", "--out", "/out"};
  spec.argv.insert(spec.argv.end(), arguments.begin(), arguments.end());
  spec.read_only = {{program, "/program"}, {data, "/data"}};
  spec.writable = {{out, "/out"}};
  spec.environment = {{"PATH", "/usr/bin"}};
  if (::isatty(STDERR_FILENO) != 0) spec.environment.emplace_back("PSET3_PROGRESS", "1");
  spec.working_folder = "/out";
  spec.limits.wall = spec.limits.cpu = std::chrono::hours(4);
  spec.limits.memory_bytes = 12ull << 30;
  spec.limits.file_bytes = 2ull << 30;
  spec.limits.tmp_bytes = 256ull << 20;
  spec.relay_text = true;
  return spec;
}

/// Copies the plain files that the exercise left; a link could point anywhere.
void collect(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  for (const fs::directory_entry& entry : fs::directory_iterator(from)) {
    if (entry.is_symlink() || !entry.is_regular_file()) continue;
    fs::copy_file(entry.path(), to / entry.path().filename(), fs::copy_options::overwrite_existing);
    fs::permissions(to / entry.path().filename(), static_cast<fs::perms>(0644));
  }
}

void print_diagnostics(const batch::Program& program) {
  for (const build::Diagnostic& item : program.diagnostics) {
    const std::string place =
        item.file.empty() ? "" : fmt::format("{}:{}:{}: ", item.file, item.line, item.column);
    fmt::print(stderr, "{}{}: {}\n", place, item.severity, printable(item.message));
  }
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
      throw InputError("the exercise ran out of memory; try fewer voxels");
    case box::Ending::kSignalled:
      throw InputError(
          fmt::format("your code crashed with signal {}; `./pset3 check` tells where", end.code));
  }
  return kOurFault;
}

}  // namespace

int run_exercise(Context& context, const RunRequest& request) {
  const batch::Course& course = context.course();
  const judge::Rubric& rubric = course.part(request.part);
  const build::Toolkit toolkit =
      build::prepare_toolkit(course.home, rubric.part, rubric.folder, rubric.libraries);
  if (!fs::exists(toolkit.folder / "lib" / ("libpset3_" + rubric.part + "_exercise.a"))) {
    throw InputError(rubric.part + " has no exercise to run");
  }
  const intake::Submission submission = intake::take(request.submission, course.wanted_files());
  const auto files = submission.parts.find(rubric.folder);
  const batch::Program program = batch::build_program(
      course, rubric, toolkit, context.store(),
      files == submission.parts.end() ? std::map<std::string, std::string>{} : files->second,
      build::Program::kExercise);
  if (program.executable.empty() || !program.broken.empty()) {
    print_diagnostics(program);
    return kCheckFailed;
  }
  const fs::path data =
      request.data.empty() ? built_in_data(context.store(), rubric.part) : request.data;
  if (!fs::is_directory(data)) throw InputError(data.string() + " is not a folder with data");
  fs::create_directories(box::cache_folder() / "rooms");
  const TemporaryFolder room(box::cache_folder() / "rooms", 0755);
  const box::BoxExit end = box::run(
      exercise_box(program.executable, fs::absolute(data), room.path(), request.arguments));
  collect(room.path(), request.out);
  const int status = status_of(end);
  fmt::print("Written to {}\n", request.out.string());
  return status;
}

void add_run(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* verb =
      app.add_subcommand("run", "Do a part's exercise with your code: pictures, meshes, tables");
  auto options = std::make_shared<RunOptions>();
  verb->add_option("part", options->part, "p1, …")->required()->type_name("PART");
  verb->add_option("--data", options->data, "folder with the views (default: the built-in data)");
  verb->add_option("--out", options->out, "where the results go (default out/PART)");
  verb->add_option("--dir", options->folder, "your files (default ./starter)");
  verb->add_option("--store", context.store_folder, "folder for what is kept between runs");
  verb->allow_extras();
  verb->footer(
      "Other options go to the exercise, for p1: --voxels N --views K --silhouettes "
      "true|estimated\n"
      "Examples:\n"
      "  ./pset3 run p1\n"
      "  ./pset3 run p1 --data dinosaur --voxels 2000000 --out out/dinosaur");
  verb->callback([&context, &chosen, options, verb] {
    chosen = [&context, options, verb] {
      const batch::Course& course = context.course();
      return run_exercise(
          context,
          {options->part,
           options->folder.empty() ? default_submission(course) : fs::path(options->folder),
           options->data,
           options->out.empty() ? fs::path("out") / options->part : fs::path(options->out),
           verb->remaining()});
    };
  });
}

}  // namespace pset3::app
