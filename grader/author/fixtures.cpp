#include "grader/author/fixtures.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "grader/base/error.hpp"
#include "grader/base/parallel.hpp"
#include "grader/pipeline/mistakes.hpp"
#include "grader/pipeline/part_run.hpp"
#include "grader/pipeline/recorded_fixtures.hpp"

namespace pset3::author {
namespace {

pipeline::RecordedFixtures record(const pipeline::Course& course, const judge::Rubric& rubric,
                                  const pipeline::Store& store, const Progress& progress) {
  pipeline::PartOptions options;
  options.from_reference = true;
  options.only_what_changed = true;
  const pipeline::PreparedPart part(course, rubric, store, options);
  pipeline::RecordedFixtures recorded;
  recorded.machine_speed_ms = pipeline::machine_speed_ms();
  recorded.expected = part.expected();
  for (const auto& [id, placed] : part.reference_outcomes()) {
    recorded.reference_ms[id] = placed.outcome.cpu_ms;
  }
  const std::vector<pipeline::Patch> patches =
      pipeline::read_patches(course.fixtures(rubric), pipeline::PatchKind::kMistake, rubric);
  recorded.mistakes.resize(patches.size());
  const auto solution = pipeline::read_files(course.solution(rubric), rubric.files);
  std::mutex telling;
  std::size_t done = 0;
  for_each_submission(static_cast<int>(patches.size()), [&](int index) {
    const auto i = static_cast<std::size_t>(index);
    const auto files = pipeline::apply_patch(patches[i], course.solution(rubric), rubric.files);
    const auto left_out =
        pipeline::not_worth_a_training(patches[i], rubric, course.checks, solution, files);
    const pipeline::PartRun run =
        pipeline::build_and_run(part, files, part.judged_checks(left_out));
    recorded.mistakes[i] = {
        patches[i].name,  patches[i].explanation, pipeline::symptoms_of(part, run),
        patches[i].fails, patches[i].blocks,      patches[i].costs,
        patches[i].says};
    const std::lock_guard lock(telling);
    progress(patches[i].name, done++, patches.size());
  });
  return recorded;
}

template <typename T>
bool near(const arrays::Array& a, const arrays::Array& b, double tolerance) {
  double largest = 0.0;
  double error = 0.0;
  for (std::size_t i = 0; i < a.element_count(); ++i) {
    largest = std::max(largest, std::abs(static_cast<double>(a.data<T>()[i])));
    error = std::max(error, std::abs(static_cast<double>(a.data<T>()[i]) - b.data<T>()[i]));
  }
  return error <= tolerance * largest;
}

/// Another processor adds up in another order.
bool same(const arrays::Array& a, const arrays::Array& b) {
  if (a.dtype() != b.dtype() || a.shape() != b.shape()) return false;
  if (a.dtype() == arrays::DType::kF64) return near<double>(a, b, 1e-9);
  if (a.dtype() == arrays::DType::kF32) return near<float>(a, b, 1e-4);
  return a == b;
}

bool same(const arrays::Arrays& a, const arrays::Arrays& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.first == y.first && same(x.second, y.second);
  });
}

/// What is learnt by training: rounding grows with each step, so another processor learns other
/// numbers. `author calibrate` measures how good they are.
bool is_learnt(const std::string& case_id, const judge::Rubric& rubric,
               const judge::Checks& checks) {
  return std::any_of(rubric.checks.begin(), rubric.checks.end(), [&](const auto& check) {
    const bool judges = std::count(check.cases.begin(), check.cases.end(), case_id) != 0;
    return judges && checks.at(check.judge).metric;
  });
}

bool same_form(const arrays::Arrays& a, const arrays::Arrays& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.first == y.first && x.second.dtype() == y.second.dtype() &&
           x.second.shape() == y.second.shape();
  });
}

bool same(const judge::KnownMistake& a, const judge::KnownMistake& b, const judge::Rubric& rubric,
          const judge::Checks& checks) {
  if (a.name != b.name || a.explanation != b.explanation || a.fails != b.fails ||
      a.blocks != b.blocks || a.costs != b.costs || a.says != b.says) {
    return false;
  }
  if (a.symptoms.size() != b.symptoms.size()) return false;
  for (const auto& [check, cases] : a.symptoms) {
    const auto other = b.symptoms.find(check);
    const judge::CheckSpec* spec = rubric.find_check(check);
    if (spec == nullptr || other == b.symptoms.end()) return false;
    if (other->second.size() != cases.size()) return false;
    const double tolerance = checks.at(spec->judge).sketch_tolerance;
    for (const auto& [id, symptom] : cases) {
      const auto then = other->second.find(id);
      if (then == other->second.end() || !agree(symptom, then->second, tolerance)) return false;
    }
  }
  return true;
}

}  // namespace

std::map<std::filesystem::path, std::string> fixture_files(const pipeline::Course& course,
                                                           const judge::Rubric& rubric,
                                                           const pipeline::Store& store,
                                                           const Progress& progress) {
  std::map<std::filesystem::path, std::string> files;
  for (auto& [name, bytes] : pipeline::to_files(record(course, rubric, store, progress))) {
    files[std::filesystem::path("fixtures") / rubric.folder / name] = std::move(bytes);
  }
  return files;
}

std::vector<std::string> stale_fixtures(const pipeline::Course& course, const judge::Rubric& rubric,
                                        const pipeline::Store& store, const Progress& progress) {
  const pipeline::RecordedFixtures now = record(course, rubric, store, progress);
  std::vector<std::string> ids;
  for (const auto& [id, arrays] : now.expected) ids.push_back(id);
  std::vector<std::string> stale;
  try {
    const pipeline::RecordedFixtures then = pipeline::read_recorded(course.fixtures(rubric), ids);
    for (const std::string& id : ids) {
      const auto& expected = now.expected.at(id);
      const bool fresh = is_learnt(id, rubric, course.checks)
                             ? same_form(expected, then.expected.at(id))
                             : same(expected, then.expected.at(id));
      if (!fresh) stale.push_back("expected arrays of " + id);
    }
    for (const judge::KnownMistake& mistake : now.mistakes) {
      const auto found = std::find_if(then.mistakes.begin(), then.mistakes.end(),
                                      [&](const auto& m) { return m.name == mistake.name; });
      if (found == then.mistakes.end() || !same(mistake, *found, rubric, course.checks)) {
        stale.push_back("what the mistake " + mistake.name + " shows");
      }
    }
    if (then.mistakes.size() > now.mistakes.size()) stale.push_back("mistakes that are gone");
  } catch (const InputError& error) {
    stale.push_back(error.what());
  }
  return stale;
}

}  // namespace pset3::author
