#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>

#include "grader/app/ci_output.hpp"
#include "grader/app/context.hpp"
#include "grader/app/last_check.hpp"
#include "grader/app/pages.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/interrupt.hpp"
#include "grader/base/text.hpp"
#include "grader/intake/place.hpp"
#include "grader/pipeline/submissions.hpp"
#include "grader/report/exports.hpp"
#include "grader/report/html/web_page.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

struct CheckOptions {
  std::vector<std::string> names;  ///< parts and checks
  std::string folder;
  std::string json_file;
  std::string html_file;
  std::string junit_file;
  std::string ci;          ///< "github" or empty
  std::string fail_under;  ///< as it was typed
  bool watch = false;
  bool show_output = false;
};

bool is_public(const judge::CheckSpec& check) {
  return check.visibility == judge::Visibility::kPublic;
}

/// How many checks a name means.
struct Meant {
  int shown = 0;
  int hidden = 0;
};

/// Adds what `name` means, a part, a question ("p1.b") or a check, to the selection.
Meant add_name(const pipeline::Course& course, const std::string& name,
               pipeline::SubmissionOptions& options) {
  Meant meant;
  for (const judge::Rubric& rubric : course.parts) {
    const bool whole = name == rubric.part || name == rubric.folder;
    for (const judge::CheckSpec& check : rubric.checks) {
      if (!whole && check.id != name && check.id.rfind(name + ".", 0) != 0) continue;
      ++(is_public(check) ? meant.shown : meant.hidden);
      if (is_public(check)) options.checks.insert(check.id);
    }
  }
  return meant;
}

[[noreturn]] void refuse_name(const pipeline::Course& course, const std::string& name) {
  std::vector<std::string> known;
  std::string parts;
  for (const judge::Rubric& rubric : course.parts) {
    known.push_back(rubric.part);
    parts += (parts.empty() ? "" : ", ") + rubric.part;
    for (const judge::CheckSpec& check : rubric.checks) {
      if (!is_public(check)) continue;
      known.push_back(check.id);
      known.push_back(check.id.substr(0, check.id.rfind('.')));
    }
  }
  const std::string near = nearest(name, known);
  throw InputError(
      fmt::format("no part or check is called \"{}\"; {}", name,
                  near.empty() ? "there are the parts " + parts : "did you mean " + near + "?"));
}

/// Sorts the names that the user gave into parts and checks.
pipeline::SubmissionOptions select(const pipeline::Course& course,
                                   const std::vector<std::string>& names) {
  pipeline::SubmissionOptions options;
  for (const std::string& name : names) {
    const Meant meant = add_name(course, name, options);
    if (meant.shown > 0) continue;
    if (meant.hidden == 0) refuse_name(course, name);
    throw InputError(name +
                     " is hidden: it is judged on inputs that nobody sees before, when your "
                     "work is graded");
  }
  return options;
}

bool is_part_file(const pipeline::Course& course, const std::string& name) {
  for (const judge::Rubric& rubric : course.parts) {
    const auto& files = rubric.files;
    if (std::find(files.begin(), files.end(), name) != files.end()) return true;
  }
  return false;
}

std::string stamp_of(const fs::directory_entry& entry) {
  std::error_code error;
  return fmt::format("{} {} {}\n", entry.path().string(), entry.file_size(error),
                     entry.last_write_time(error).time_since_epoch().count());
}

/// @returns a text that changes when a part file, or the archive, does.
std::string fingerprint(const fs::path& submission, const pipeline::Course& course) {
  std::error_code error;
  if (!fs::is_directory(submission, error)) {
    return stamp_of(fs::directory_entry(submission, error));
  }
  std::string text;
  for (auto entry = fs::recursive_directory_iterator(submission, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    std::error_code ignored;
    if (intake::is_ignored_folder(name) && entry->is_directory(ignored)) {
      entry.disable_recursion_pending();
    }
    if (is_part_file(course, name)) text += stamp_of(*entry);
  }
  return text;
}

void write_text(const fs::path& file, const std::string& text) {
  if (file.empty()) return;
  std::error_code error;
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
  write_file(file, text);
}

/// Prints the report, and writes the files that were asked for.
void tell_results(const pipeline::Course& course, const report::SubmissionReport& judged,
                  const nlohmann::json& results, const fs::path& submission,
                  const CheckOptions& options) {
  write_text(options.json_file, report::to_file_text(results));
  if (!options.junit_file.empty()) {
    write_text(options.junit_file, report::to_junit(results, report::Audience::kStudent));
  }
  if (!options.html_file.empty()) {
    std::error_code error;
    const fs::path file = options.html_file;
    if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
    write_report_page(course, judged, report::Audience::kStudent, file);
  }
  report::TextStyle style = terminal_style();
  style.show_output = options.show_output;
  if (options.ci == "github") {
    const std::string text = report::to_text(results, report::Audience::kStudent, style);
    fmt::print("{}", github_text(results, text, submission));
  } else {
    const LastCheck last(submission, options.names);
    fmt::print("{}", report::to_check_text(results, last.read(), style));
    last.write(results);
  }
  std::fflush(stdout);
}

int check_once(const pipeline::Course& course, pipeline::SubmissionGrader& grader,
               const fs::path& submission, const CheckOptions& options) {
  show_progress("building and running …");
  const report::SubmissionReport judged = grader.grade(submission, short_name(submission));
  show_progress("");
  const nlohmann::json results = report::to_results_json(judged);
  tell_results(course, judged, results, submission, options);
  if (!judged.refused.empty()) return kBadInput;
  if (report::has_grader_error(judged)) return kOurFault;
  if (!options.fail_under.empty()) {
    const Threshold threshold = read_threshold(options.fail_under);
    if (threshold.is_reached_by(results)) return kDone;
    fmt::print(stderr, "pset3: fewer points than the {} that --fail-under asks for\n",
               threshold.text());
    return kCheckFailed;
  }
  return report::all_passed(judged) ? kDone : kCheckFailed;
}

/// Judges after every edit, until Ctrl-C.
int watch(pipeline::SubmissionGrader& grader, const fs::path& submission,
          const CheckOptions& options, const pipeline::Course& course) {
  std::string last;
  try {
    for (;;) {
      const std::string now = fingerprint(submission, course);
      if (now != last) {
        last = now;
        if (::isatty(STDOUT_FILENO) != 0) fmt::print("\x1b[2J\x1b[3J\x1b[H");
        check_once(course, grader, submission, options);
        fmt::print("\n {:%H:%M:%S}  Watching {} for changes. Ctrl-C ends.\n",
                   fmt::localtime(std::time(nullptr)), short_name(submission));
        std::fflush(stdout);
      }
      sleep_unless_interrupted(std::chrono::milliseconds(200));
    }
  } catch (const Interrupted&) {  // the usual end
    show_progress("");
    return kDone;
  }
}

int check(Context& context, const CheckOptions& options) {
  if (!options.html_file.empty()) report::html::require_pages();
  if (!options.fail_under.empty()) read_threshold(options.fail_under);  // before minutes of work
  const pipeline::Course& course = context.course();
  const fs::path submission =
      options.folder.empty() ? default_submission(course) : fs::path(options.folder);
  pipeline::SubmissionOptions selected = select(course, options.names);
  show_progress("preparing …");
  selected.pictures = !options.html_file.empty();
  pipeline::SubmissionGrader grader(course, context.store(), selected);
  show_progress("");
  if (options.watch) return watch(grader, submission, options, course);
  return check_once(course, grader, submission, options);
}

}  // namespace

void add_check(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* verb = app.add_subcommand("check", "Judge your work by the public checks");
  auto options = std::make_shared<CheckOptions>();
  verb->add_option("what", options->names, "parts or checks: p1, p1.b, p1.b.survivors")
      ->type_name("PART|CHECK");
  verb->add_option("--dir", options->folder,
                   "your files: a folder or an archive (default ./starter)")
      ->type_name("DIR");
  verb->add_option("--json", options->json_file, "also write results.json to this file")
      ->type_name("FILE");
  verb->add_option("--html", options->html_file, "also write the report as a page for the browser")
      ->type_name("FILE");
  verb->add_option("--junit", options->junit_file, "also write JUnit XML to this file")
      ->type_name("FILE");
  verb->add_option("--ci", options->ci,
                   "also tell a CI system: annotations on your lines, a summary, points as outputs")
      ->check(CLI::IsMember({"github"}))
      ->type_name("SYSTEM");
  verb->add_option("--fail-under", options->fail_under,
                   "exit with 1 below these points (12.5, or 80%), and else with 0")
      ->type_name("POINTS|PERCENT");
  verb->add_flag("--show-output", options->show_output,
                 "also show what your program printed in a case that failed");
  verb->add_flag("--watch", options->watch, "judge again whenever a file changes");
  add_handouts_option(*verb, context);
  add_store_option(*verb, context);
  verb->footer(
      "Exit status: 0 all passed, 1 something did not, 2 wrong usage, 3 our own fault.\n"
      "Examples:\n"
      "  ./pset3 check                 everything\n"
      "  ./pset3 check p1 --watch      keep judging p1 while you edit\n"
      "  ./pset3 check p1.b            only question (b)\n"
      "  ./pset3 check p1 --html p1.html   with pictures; ./pset3 open p1.html shows it\n"
      "  ./pset3 check --dir hw3.zip   what you are about to hand in\n"
      "  ./pset3 check p1 --ci github --fail-under 80% --junit out/junit.xml");
  verb->callback([&context, &chosen, options] {
    chosen = [&context, options] { return check(context, *options); };
  });
}

}  // namespace pset3::app
