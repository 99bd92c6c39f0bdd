#include <fmt/format.h>

#include "grader/app/context.hpp"
#include "grader/base/files.hpp"
#include "grader/gradebook/statistics_text.hpp"

namespace pset3::app {
namespace {

struct StatsOptions {
  std::string run;
  std::string again;
  bool json = false;
};

int stats(const StatsOptions& options) {
  const gradebook::FinishedRun run(options.run);
  std::optional<gradebook::FinishedRun> again;
  if (!options.again.empty()) again.emplace(options.again);
  const gradebook::RunStatistics all = gradebook::statistics_of(run, again ? &*again : nullptr);
  if (options.json) {
    fmt::print("{}", report::to_file_text(gradebook::to_json(all)));
  } else {
    fmt::print("{}", gradebook::to_text(all, terminal_style()));
  }
  return kDone;
}

}  // namespace

void add_stats(CLI::App& app, Action& chosen) {
  CLI::App* const verb = app.add_subcommand("stats", "Say how a class did, and what to look at");
  const auto options = std::make_shared<StatsOptions>();
  verb->add_option("run", options->run, "the folder that `grade --out` wrote")
      ->required()
      ->type_name("RUN");
  verb->add_option(
          "--again", options->again,
          "another grading of the same class: which verdicts differ though nothing changed")
      ->type_name("RUN");
  verb->add_flag("--json", options->json, "print it as JSON");
  verb->footer(
      "Scores, pass rate of each check and how well it tells students apart, the most frequent\n"
      "mistakes; submissions that need far more time or memory than the others, and those that "
      "pass\n"
      "what is public and fail everything hidden.\n"
      "Examples:\n"
      "  ./pset3 stats grades\n"
      "  ./pset3 stats grades --json > statistics.json\n"
      "  ./pset3 stats grades --again grades_of_yesterday");
  verb->callback([&chosen, options] { chosen = [options] { return stats(*options); }; });
}

}  // namespace pset3::app
