#include "grader/app/context.hpp"
#include "grader/exercise/run_exercise.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

struct RunOptions {
  std::string part;
  std::string folder;
  std::string data;
  std::string out;
};

}  // namespace

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
      "Other options go to the part's exercise; behind two dashes `--help` lists them:\n"
      "  ./pset3 run p3 -- --help\n"
      "An exercise that trains goes on where an interrupted run was.\n"
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
      return exercise::run_exercise(
          course, context.store(),
          {options->part,
           options->folder.empty() ? default_submission(course) : fs::path(options->folder),
           options->data,
           options->out.empty() ? fs::path("out") / options->part : fs::path(options->out),
           arguments},
          show_progress);
    };
  });
}

}  // namespace pset3::app
