#include "grader/pipeline/prepared_part.hpp"

#include <algorithm>

#include "grader/base/error.hpp"
#include "grader/base/interrupt.hpp"
#include "grader/pipeline/mistakes.hpp"
#include "grader/pipeline/recorded_fixtures.hpp"

namespace pset3::pipeline {
namespace {

using judge::CheckSpec;

/// Fixtures of another version of the generators must not reach the judge.
void require_shape(const std::filesystem::path& fixtures, const PreparedCase& item,
                   const arrays::Arrays& expected) {
  try {
    arrays::decode(arrays::encode(expected), item.outputs);
  } catch (const arrays::FormatError& error) {
    throw InputError((fixtures / "expected" / item.spec->id).string() +
                     ".safetensors is stale: " + error.what() +
                     "; bring fixtures/ back from the repository, or as a TA run "
                     "`pset3 author fixtures`");
  }
}

}  // namespace

build::Toolkit prepare_part_toolkit(const Course& course, const judge::Rubric& rubric) {
  return build::prepare_toolkit(course.home, rubric.part, rubric.folder, rubric.libraries);
}

PartOptions options_for_patches(const Draw& draw) {
  PartOptions options;
  options.hidden = true;
  options.draw = draw;
  options.only_what_changed = true;
  return options;
}

PreparedPart::PreparedPart(const Course& course, const judge::Rubric& rubric, const Store& store,
                           PartOptions options)
    : PreparedPart(course, rubric, store, std::move(options),
                   prepare_part_toolkit(course, rubric)) {}

PreparedPart::PreparedPart(const Course& course, const judge::Rubric& rubric, const Store& store,
                           PartOptions options, build::Toolkit toolkit)
    : course_(course),
      rubric_(rubric),
      store_(store),
      options_(std::move(options)),
      toolkit_(std::move(toolkit)) {
  prepare_cases();
  prepare_expected();
}

bool PreparedPart::is_judged(const CheckSpec& check) const {
  if (!options_.only.empty() && options_.only.count(check.id) == 0) return false;
  return options_.hidden || check.visibility == judge::Visibility::kPublic;
}

std::vector<const CheckSpec*> PreparedPart::judged_checks(
    const std::set<std::string>& left_out) const {
  std::vector<const CheckSpec*> checks;
  for (const CheckSpec& check : rubric_.checks) {
    if (is_judged(check) && left_out.count(check.id) == 0) checks.push_back(&check);
  }
  return checks;
}

const PreparedCase& PreparedPart::case_named(const std::string& id) const {
  const auto item = std::find_if(cases_.begin(), cases_.end(),
                                 [&](const PreparedCase& other) { return other.spec->id == id; });
  if (item == cases_.end()) throw GraderError("case " + id + " was not prepared");
  return *item;
}

void PreparedPart::prepare_cases() {
  std::set<std::string> wanted;
  for (const CheckSpec* check : judged_checks({})) {
    wanted.insert(check->cases.begin(), check->cases.end());
  }
  for (const judge::CaseSpec& spec : rubric_.cases) {
    throw_if_interrupted();
    if (wanted.count(spec.id) != 0) {
      cases_.push_back(prepare_case(course_, rubric_, spec, options_.draw));
    }
  }
}

void PreparedPart::run_reference() {
  const BuiltProgram program =
      build_program(context(Whose::kOurs), read_files(course_.solution(rubric_), rubric_.files));
  if (program.executable.empty() || !program.broken.empty()) {
    throw GraderError("the reference solution of " + rubric_.part + " does not build: " +
                      (program.diagnostics.empty() ? "" : program.diagnostics[0].message));
  }
  TimeLimits generous;
  for (const PreparedCase& item : cases_) generous[item.spec->id] = std::chrono::minutes(2);
  reference_ = run_stored(context(Whose::kOurs), program, cases_, generous);
  for (const auto& [id, placed] : reference_) {
    if (placed.outcome.ended != run::Ended::kReturned) {
      throw GraderError("the reference solution fails on case " + id + ": " +
                        placed.outcome.message);
    }
    limits_[id] = time_limit(rubric_, placed.outcome.cpu_ms);
  }
}

void PreparedPart::read_fixtures() {
  std::vector<std::string> ids;
  for (const PreparedCase& item : cases_) {
    if (!item.spec->hidden) ids.push_back(item.spec->id);
  }
  RecordedFixtures recorded = read_recorded(course_.fixtures(rubric_), ids);
  public_mistakes_ = std::move(recorded.mistakes);
  for (const auto& read : {read_further, read_slips}) {
    for (judge::KnownMistake& mistake : read(course_.fixtures(rubric_))) {
      public_mistakes_.push_back(std::move(mistake));
    }
  }
  const double slower = machine_speed_ms() / recorded.machine_speed_ms;
  for (const PreparedCase& item : cases_) {
    if (item.spec->hidden) continue;
    const std::string& id = item.spec->id;
    require_shape(course_.fixtures(rubric_), item, recorded.expected.at(id));
    expected_[id] = std::move(recorded.expected.at(id));
    if (limits_.count(id) == 0) {
      limits_[id] = time_limit(rubric_, recorded.reference_ms.at(id) * slower);
    }
  }
}

void PreparedPart::prepare_expected() {
  if (options_.hidden || options_.from_reference) run_reference();
  if (!options_.from_reference) read_fixtures();
  for (const PreparedCase& item : cases_) {
    const std::string& id = item.spec->id;
    if (expected_.count(id) != 0) continue;
    expected_[id] = arrays::decode(reference_.at(id).outcome.output, item.outputs);
  }
}

}  // namespace pset3::pipeline
