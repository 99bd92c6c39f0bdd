#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/heartbeat.hpp"
#include "grader/exercise/run_exercise.hpp"
#include "grader/pipeline/mistakes.hpp"
#include "grader/report/html/web_page.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

/// What a part shows in the demo: fixtures/<part>/demo.json. Most parts have none.
struct Show {
  const judge::Rubric* rubric = nullptr;
  std::vector<std::string>
      mistakes;  ///< in as many files, so that one submission can make them all
  std::vector<std::string> exercise;  ///< arguments
  std::string says, picture, shows;
};

Show read_show(const pipeline::Course& course, const judge::Rubric& rubric) {
  const fs::path file = course.fixtures(rubric) / "demo.json";
  if (!fs::exists(file)) return {};
  const nlohmann::json document = nlohmann::json::parse(read_file(file));
  return {&rubric,
          document.at("mistakes"),
          document.at("exercise"),
          document.at("says"),
          document.at("picture"),
          document.at("shows")};
}

void copy_submission(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

/// The solution with the mistakes of a part's show in it.
void write_mistaken(const pipeline::Course& course, const judge::Rubric& rubric,
                    const fs::path& to) {
  const std::vector<std::string> names = read_show(course, rubric).mistakes;
  const fs::path solution = course.solution(rubric);
  auto files = pipeline::read_files(solution, rubric.files);
  const auto right = files;
  for (const pipeline::Patch& patch :
       pipeline::read_patches(course.fixtures(rubric), pipeline::PatchKind::kMistake, rubric)) {
    if (std::find(names.begin(), names.end(), patch.name) == names.end()) continue;
    for (const auto& [name, bytes] : pipeline::apply_patch(patch, solution, rubric.files)) {
      if (bytes != right.at(name)) files[name] = bytes;
    }
  }
  fs::create_directories(to);
  for (const auto& [name, bytes] : files) write_file(to / name, bytes);
}

std::vector<fs::path> write_submissions(const pipeline::Course& course, const fs::path& folder) {
  const std::vector<fs::path> submissions = {folder / "untouched_starter", folder / "reference",
                                             folder / "three_mistakes"};
  fs::remove_all(folder);
  for (const judge::Rubric& rubric : course.parts) {
    if (!course.has_solution(rubric)) {
      throw InputError("the demo needs solution/, which a student's tree does not have");
    }
    copy_submission(course.starter(rubric), submissions[0] / rubric.folder);
    copy_submission(course.solution(rubric), submissions[1] / rubric.folder);
    write_mistaken(course, rubric, submissions[2] / rubric.folder);
  }
  return submissions;
}

/// A plain line from time to time where there is no terminal to show progress on.
std::optional<Heartbeat> beat_without_terminal() {
  constexpr std::chrono::seconds kInterval{8};
  if (::isatty(STDERR_FILENO) != 0) return std::nullopt;
  return std::optional<Heartbeat>(std::in_place, kInterval, [](std::chrono::seconds spent) {
    fmt::print(stderr, "pset3: the exercise is running ({} s)\n", spent.count());
  });
}

int demo(Context& context, const fs::path& out) {
  const pipeline::Course& course = context.course();
  const std::vector<fs::path> submissions = write_submissions(course, out / "submissions");
  fmt::print("Three submissions, graded with hidden checks: {}\n\n",
             (out / "submissions").string());
  GradeRequest request{submissions, out / "grades", read_draw("", "demo")};
  request.html = request.staff = report::html::can_write_pages();
  const int status = grade(context, request);
  int run_status = kDone;
  for (const judge::Rubric& rubric : course.parts) {
    const Show show = read_show(course, rubric);
    if (show.rubric == nullptr) continue;
    fmt::print("\n{}\n", show.says);
    std::fflush(stdout);
    {
      const std::optional<Heartbeat> heartbeat = beat_without_terminal();
      run_status = exercise::run_exercise_once(
          course, context.store(),
          {rubric.part, submissions[1], {}, out / "pictures", show.exercise}, show_progress);
    }
    fmt::print(
        "\nRead next:\n"
        "  {}/three_mistakes/report.txt   what a student is told\n"
        "  {}/{}         {}\n"
        "Try next:\n"
        "  ./pset3 check {} --dir {}\n",
        (out / "grades").string(), (out / "pictures").string(), show.picture, show.shows,
        rubric.part, submissions[2].string());
  }
  return std::max(status, run_status);
}

}  // namespace

void add_demo(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* verb = app.add_subcommand(
      "demo", "Grade three example submissions and draw what the reference carves");
  auto out = std::make_shared<std::string>("out/demo");
  verb->add_option("--out", *out, "where everything goes")->type_name("DIR")->capture_default_str();
  add_store_option(*verb, context);
  verb->footer("Examples:\n  ./pset3 demo\n  ./pset3 demo --out /tmp/demo");
  verb->callback(
      [&context, &chosen, out] { chosen = [&context, out] { return demo(context, *out); }; });
}

}  // namespace pset3::app
