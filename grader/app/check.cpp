#include <fmt/format.h>

#include <chrono>
#include <map>
#include <thread>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/text.hpp"
#include "grader/batch/submissions.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

struct CheckOptions {
  std::vector<std::string> names;  ///< parts and checks
  std::string folder;
  std::string json_file;
  bool watch = false;
};

/// Sorts the names that the user gave into parts and checks; a prefix of check ids ("p1.b") is all
/// of them.
batch::SubmissionOptions select(const batch::Course& course,
                                const std::vector<std::string>& names) {
  batch::SubmissionOptions options;
  std::vector<std::string> known;
  for (const std::string& name : names) {
    bool found = false;
    for (const judge::Rubric& rubric : course.parts) {
      known.push_back(rubric.part);
      if (name == rubric.part || name == rubric.folder) {
        options.parts.insert(rubric.part);
        found = true;
      }
      for (const judge::CheckSpec& check : rubric.checks) {
        known.push_back(check.id);
        if (check.id != name && check.id.rfind(name + ".", 0) != 0) continue;
        if (name == rubric.part) continue;
        options.checks.insert(check.id);
        found = true;
      }
    }
    if (!found) {
      const std::string near = nearest(name, known);
      throw InputError("no part or check is called \"" + name + "\"" +
                       (near.empty() ? "" : "; did you mean " + near + "?"));
    }
  }
  return options;
}

/// @returns a text that changes when a part file does.
std::string fingerprint(const fs::path& folder, const batch::Course& course) {
  std::string text;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    for (const judge::Rubric& rubric : course.parts) {
      const auto& files = rubric.files;
      const std::string name = entry->path().filename().string();
      if (std::find(files.begin(), files.end(), name) == files.end()) continue;
      text += fmt::format("{} {} {}\n", entry->path().string(), entry->file_size(error),
                          entry->last_write_time(error).time_since_epoch().count());
    }
  }
  return text;
}

bool all_passed(const nlohmann::json& results) {
  for (const nlohmann::json& test : results.at("tests")) {
    if (test.at("extra_data").at("verdict") != "passed") return false;
  }
  return true;
}

int check_once(batch::SubmissionGrader& grader, const fs::path& folder,
               const CheckOptions& options) {
  show_progress("building and running …");
  const report::SubmissionReport report = grader.grade(folder, folder.string());
  show_progress("");
  const nlohmann::json results = report::to_results_json(report);
  if (!options.json_file.empty()) write_file(options.json_file, report::to_file_text(results));
  fmt::print("{}", report::to_text(results, report::Audience::kStudent, terminal_style()));
  std::fflush(stdout);
  if (!report.refused.empty()) return kBadInput;
  if (results.at("extra_data").value("grader_error", false)) return kOurFault;
  return all_passed(results) ? kDone : kCheckFailed;
}

[[noreturn]] void watch(batch::SubmissionGrader& grader, const fs::path& folder,
                        const CheckOptions& options, const batch::Course& course) {
  std::string last;
  for (;;) {
    const std::string now = fingerprint(folder, course);
    if (now != last) {
      last = now;
      fmt::print("\x1b[2J\x1b[H");
      check_once(grader, folder, options);
      fmt::print("\nWatching {} for changes. Ctrl-C ends.\n", folder.string());
      std::fflush(stdout);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

int check(Context& context, const CheckOptions& options) {
  const batch::Course& course = context.course();
  const fs::path folder =
      options.folder.empty() ? default_submission(course) : fs::path(options.folder);
  batch::SubmissionGrader grader(course, context.store(), select(course, options.names));
  if (options.watch) watch(grader, folder, options, course);
  return check_once(grader, folder, options);
}

}  // namespace

void add_check(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* verb = app.add_subcommand("check", "Judge your work by the public checks");
  auto options = std::make_shared<CheckOptions>();
  verb->add_option("what", options->names, "parts or checks: p1, p1.b, p1.b.survivors")
      ->type_name("PART|CHECK");
  verb->add_option("--dir", options->folder,
                   "your files: a folder or an archive (default ./starter)");
  verb->add_option("--json", options->json_file, "also write results.json to this file");
  verb->add_flag("--watch", options->watch, "judge again whenever a file changes");
  verb->add_option("--store", context.store_folder, "folder for what is kept between runs");
  verb->footer(
      "Examples:\n"
      "  ./pset3 check                 everything\n"
      "  ./pset3 check p1 --watch      keep judging p1 while you edit\n"
      "  ./pset3 check p1.b            only question (b)");
  verb->callback([&context, &chosen, options] {
    chosen = [&context, options] { return check(context, *options); };
  });
}

}  // namespace pset3::app
