#include <fmt/format.h>

#include "grader/app/context.hpp"
#include "grader/app/diff.hpp"
#include "grader/app/grade_class.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/text.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

std::set<std::string> rows_of(const fs::path& run) {
  std::set<std::string> names;
  for (const EarlierRow& row : earlier_rows(run)) names.insert(row.name);
  if (!names.empty()) return names;
  throw InputError(run.string() +
                   ": expected the folder that grade --out wrote, with NAME/results.json in it; "
                   "found none");
}

}  // namespace

nlohmann::json read_results(const fs::path& file) {
  try {
    return nlohmann::json::parse(read_file(file));
  } catch (const nlohmann::json::exception& error) {
    throw InputError(file.string() + ": expected a results.json of pset3; found: " + error.what());
  }
}

gradebook::Comparison compare_runs(const fs::path& before, const fs::path& after) {
  const std::set<std::string> first = rows_of(before);
  const std::set<std::string> second = rows_of(after);
  gradebook::Comparison comparison;
  for (const std::string& name : first) {
    if (second.count(name) == 0) {
      comparison.only_before.push_back(name);
      continue;
    }
    ++comparison.compared;
    auto change = gradebook::compare(read_results(before / name / "results.json"),
                                     read_results(after / name / "results.json"));
    if (!change) continue;
    change->name = name;
    comparison.changes.push_back(std::move(*change));
  }
  for (const std::string& name : second) {
    if (first.count(name) == 0) comparison.only_after.push_back(name);
  }
  return comparison;
}

int compare_with(const fs::path& before, const fs::path& after) {
  const gradebook::Comparison comparison = compare_runs(before, after);
  fmt::print("\n Compared with {}:\n{}", before.string(), gradebook::to_text(comparison));
  std::string fallen;
  for (const gradebook::GradeChange& change : comparison.changes) {
    if (change.fell_by_itself()) fallen += (fallen.empty() ? "" : ", ") + change.name;
  }
  if (fallen.empty()) return kDone;
  fmt::print(stderr, "pset3: graded lower than in {}, with the same files: {}\n",
             printable(before.string()), printable(fallen));
  return kCheckFailed;
}

void add_diff(CLI::App& app, Context& /*context*/, Action& chosen) {
  CLI::App* verb = app.add_subcommand("diff", "Whose grade changed between two runs, and why");
  auto before = std::make_shared<std::string>();
  auto after = std::make_shared<std::string>();
  verb->add_option("before", *before, "folder that grade --out wrote")->required()->type_name("A");
  verb->add_option("after", *after, "another one")->required()->type_name("B");
  verb->footer(
      "Behind each check stands what changed between the two: the student's files, the rubric, the "
      "fixtures,\nthe judge (pset3 itself), the reference solution, the toolchain, the hidden "
      "inputs or the machine.\n"
      "Exit status: 0 done, 2 one of the two is no such folder.\n"
      "Examples:\n"
      "  ./pset3 diff grades.old grades\n"
      "  ./pset3 grade class.zip --out grades --compare-with grades.old   fails when a grade "
      "falls");
  verb->callback([&chosen, before, after] {
    chosen = [before, after] {
      fmt::print("{}", gradebook::to_text(compare_runs(*before, *after)));
      return kDone;
    };
  });
}

}  // namespace pset3::app
