#include <fmt/format.h>

#include <algorithm>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/pipeline/mistakes.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

/// Three mistakes in three files, so that one submission can make them all.
const std::vector<std::string> kTypicalMistakes = {"rows_and_columns_swapped", "side_of_a_plane",
                                                   "no_margin"};

void copy_submission(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

/// The solution with the typical mistakes of a part in it.
void write_mistaken(const pipeline::Course& course, const judge::Rubric& rubric,
                    const fs::path& to) {
  const fs::path solution = course.solution(rubric);
  auto files = pipeline::read_files(solution, rubric.files);
  const auto right = files;
  for (const pipeline::Patch& patch :
       pipeline::read_patches(course.fixtures(rubric), pipeline::PatchKind::kMistake, rubric)) {
    const auto& names = kTypicalMistakes;
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

int demo(Context& context, const fs::path& out) {
  const pipeline::Course& course = context.course();
  const std::vector<fs::path> submissions = write_submissions(course, out / "submissions");
  fmt::print("Three submissions, graded with hidden checks: {}\n\n",
             (out / "submissions").string());
  const int status = grade(context, {submissions, out / "grades", read_draw("", "demo"), false});
  fmt::print("\nThe reference carves the built-in turntable:\n");
  std::fflush(stdout);
  const int run_status =
      run_exercise(context, {"p1", submissions[1], {}, out / "pictures", {"--voxels", "400000"}});
  fmt::print(
      "\nRead next:\n"
      "  {}/three_mistakes/report.txt   what a student is told\n"
      "  {}/c_final_carve.png         the carved object\n"
      "Try next:\n"
      "  ./pset3 check p1 --dir {}\n",
      (out / "grades").string(), (out / "pictures").string(), submissions[2].string());
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
