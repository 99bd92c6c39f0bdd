#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/interrupt.hpp"
#include "grader/box/box.hpp"
#include "grader/gradebook/submission_metadata.hpp"
#include "grader/pipeline/submissions.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

struct GradescopeOptions {
  std::string root = "/autograder";
  std::string secret_file;
  std::string run = "1";
  int within_s = 540;
  bool prepare = false;
};

/// Asks this program to end, as the platform would, when its time is over.
class Deadline {
 public:
  explicit Deadline(std::chrono::seconds within)
      : watcher_([within](const std::stop_token& stop) {
          std::mutex mutex;
          std::unique_lock lock(mutex);
          std::condition_variable_any ends;
          if (!ends.wait_for(lock, stop, within, [&] { return stop.stop_requested(); })) {
            ::kill(::getpid(), SIGTERM);
          }
        }) {}

 private:
  std::jthread watcher_;
};

/// The results file, which is whole after each write.
class Results {
 public:
  Results(const fs::path& file, const gradebook::SubmissionMetadata& metadata)
      : file_(file), late_days_(gradebook::late_days(metadata)) {
    make_folder(file.parent_path());
    report_.name = "submission";
    report_.box_level = box::name_of(box::probe());
    const std::string late = gradebook::lateness_note(metadata);
    if (!late.empty()) report_.notes.push_back(late);
  }

  void note(const std::string& text) {
    for (const std::string& known : report_.notes) {
      if (known == text) return;
    }
    report_.notes.push_back(text);
  }

  void add(const report::SubmissionReport& part) {
    for (const std::string& text : part.notes) note(text);
    report_.refused = part.refused;
    report_.wall_ms += part.wall_ms;
    report_.parts.insert(report_.parts.end(), part.parts.begin(), part.parts.end());
  }

  /// @param unfinished  one more note that only this state of the file has.
  void write(const std::string& unfinished) const {
    report::SubmissionReport now = report_;
    if (!unfinished.empty()) now.notes.push_back(unfinished);
    nlohmann::json results = report::to_results_json(now);
    results["extra_data"]["late_days"] = late_days_;
    write_file(file_, report::to_file_text(results));
  }

 private:
  fs::path file_;
  int late_days_;
  report::SubmissionReport report_;
};

gradebook::SubmissionMetadata metadata_in(const fs::path& root) {
  try {
    return gradebook::read_submission_metadata(
        nlohmann::json::parse(read_file(root / "submission_metadata.json")));
  } catch (const std::exception& error) {
    fmt::print(stderr, "pset3: nothing is known of when this was handed in: {}\n", error.what());
    return {};
  }
}

std::string not_judged(const std::vector<std::string>& parts) {
  return fmt::format(
      "Not judged yet: {}. If this stays, the time for grading was over: hand in "
      "again, and tell the course staff if it happens twice",
      fmt::join(parts, ", "));
}

pipeline::SubmissionOptions options_for(const judge::Rubric& rubric,
                                        const GradescopeOptions& options, bool hidden) {
  pipeline::SubmissionOptions selected;
  selected.parts = {rubric.part};
  selected.hidden = hidden;
  selected.draw = hidden ? read_draw(options.secret_file, options.run) : pipeline::Draw{};
  return selected;
}

/// Grades part after part, and writes what is known after each.
void grade_parts(Context& context, const GradescopeOptions& options, bool hidden,
                 Results& results) {
  const pipeline::Course& course = context.course();
  std::vector<std::string> open;
  for (const judge::Rubric& rubric : course.parts) open.push_back(rubric.part);
  for (const judge::Rubric& rubric : course.parts) {
    results.write(not_judged(open));
    fmt::print("{} …\n", rubric.part);
    std::fflush(stdout);
    try {
      pipeline::SubmissionGrader grader(course, context.store(),
                                        options_for(rubric, options, hidden));
      const report::SubmissionReport part =
          grader.grade(fs::path(options.root) / "submission", "submission");
      results.add(part);
      if (!part.refused.empty()) break;
    } catch (const std::exception& error) {
      fmt::print(stderr, "pset3: {}\n", error.what());
      results.note(rubric.part +
                   " was not judged, by a fault of the grader and not of yours; tell "
                   "the course staff");
    }
    open.erase(open.begin());
  }
  results.write("");
}

int grade_submission(Context& context, const GradescopeOptions& options) {
  const fs::path root = options.root;
  Results results(root / "results/results.json", metadata_in(root));
  const box::Level level = box::probe();
  for (const std::string& reason : box::why_not_better()) fmt::print("{}\n", reason);
  if (level < box::Level::kNamespaces) {
    results.note(fmt::format("Judged in a box of level {}, since this machine allows no better",
                             box::name_of(level)));
  }
  const bool hidden = level >= box::Level::kLandlock;
  if (!hidden) results.note("Hidden checks were left out: they need a better box than this");
  const Deadline deadline{std::chrono::seconds(options.within_s)};
  try {
    grade_parts(context, options, hidden, results);
  } catch (const Interrupted&) {  // what is written says what is missing
    fmt::print(stderr, "pset3: the time is over\n");
  }
  return kDone;
}

/// Makes what every submission needs, by grading the reference.
int prepare(Context& context, const GradescopeOptions& options) {
  const pipeline::Course& course = context.course();
  fmt::print("box {}\n", box::name_of(box::probe()));
  for (const judge::Rubric& rubric : course.parts) {
    pipeline::SubmissionGrader grader(course, context.store(), options_for(rubric, options, true));
    const report::SubmissionReport report =
        grader.grade(course.home.source / "solution", "reference");
    if (!report::all_passed(report)) {
      throw GraderError("the reference of " + rubric.part +
                        " does not pass here; `./pset3 doctor` looks for the reason");
    }
    fmt::print("{} is ready ({:.0f} s)\n", rubric.part, report.wall_ms / 1000.0);
    std::fflush(stdout);
  }
  return kDone;
}

}  // namespace

void add_gradescope(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* verb =
      app.add_subcommand("gradescope", "Grade one submission as Gradescope lays it out");
  auto options = std::make_shared<GradescopeOptions>();
  verb->add_option("--root", options->root,
                   "folder with submission/, submission_metadata.json and results/")
      ->type_name("DIR")
      ->capture_default_str();
  verb->add_option("--secret", options->secret_file, "file with the course secret")
      ->type_name("FILE");
  verb->add_option("--run", options->run, "name of the draw of hidden cases")
      ->type_name("NAME")
      ->capture_default_str();
  verb->add_option("--within", options->within_s,
                   "seconds after which the rest is left out; below the platform's own limit")
      ->check(CLI::Range(1, 86400))
      ->capture_default_str();
  verb->add_flag("--prepare", options->prepare,
                 "grade the reference instead, so that submissions find everything ready");
  add_store_option(*verb, context);
  verb->footer(
      "results/results.json is written after each part and is whole at any time.\n"
      "`./pset3 author release gradescope` makes the archive that runs this.\n"
      "Examples:\n"
      "  ./pset3 gradescope --prepare\n"
      "  ./pset3 gradescope --root /autograder --within 540");
  verb->callback([&context, &chosen, options] {
    chosen = [&context, options] {
      return options->prepare ? prepare(context, *options) : grade_submission(context, *options);
    };
  });
}

}  // namespace pset3::app
