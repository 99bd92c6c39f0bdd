#include "grader/author/fixtures.hpp"

#include <cmath>
#include <mutex>

#include "grader/base/error.hpp"
#include "grader/base/parallel.hpp"
#include "grader/batch/part_grader.hpp"
#include "grader/batch/recorded.hpp"

namespace pset3::author {
namespace {

batch::Recorded record(const batch::Course& course, const judge::Rubric& rubric,
                       const batch::Store& store, const Progress& progress) {
  batch::PartOptions options;
  options.from_reference = true;
  batch::PartGrader grader(course, rubric, store, options);
  batch::Recorded recorded;
  recorded.machine_speed_ms = batch::machine_speed_ms();
  recorded.expected = grader.expected();
  for (const auto& [id, outcome] : grader.reference_outcomes()) {
    recorded.reference_ms[id] = outcome.wall_ms;
  }
  const std::vector<batch::Patch> patches =
      batch::read_patches(course.fixtures(rubric), batch::PatchKind::kMistake, rubric);
  recorded.mistakes.resize(patches.size());
  std::mutex telling;
  std::size_t done = 0;
  parallel_for(static_cast<int>(patches.size()), [&](int index) {
    const auto i = static_cast<std::size_t>(index);
    const auto files = batch::apply_patch(patches[i], course.solution(rubric), rubric.files);
    recorded.mistakes[i] = {patches[i].name, patches[i].explanation, grader.symptoms(files)};
    const std::lock_guard lock(telling);
    progress(patches[i].name, done++, patches.size());
  });
  return recorded;
}

bool near(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::abs(a - b) <= 1e-6 * std::max({1.0, std::abs(a), std::abs(b)});
}

bool same(const judge::Symptom& a, const judge::Symptom& b) {
  return a.ending == b.ending && a.sketch.size() == b.sketch.size() &&
         std::equal(a.sketch.begin(), a.sketch.end(), b.sketch.begin(), near);
}

bool same(const judge::KnownMistake& a, const judge::KnownMistake& b) {
  if (a.name != b.name || a.explanation != b.explanation) return false;
  if (a.symptoms.size() != b.symptoms.size()) return false;
  for (const auto& [check, cases] : a.symptoms) {
    const auto other = b.symptoms.find(check);
    if (other == b.symptoms.end() || other->second.size() != cases.size()) return false;
    for (const auto& [id, symptom] : cases) {
      if (other->second.count(id) == 0 || !same(symptom, other->second.at(id))) return false;
    }
  }
  return true;
}

}  // namespace

std::map<std::filesystem::path, std::string> fixture_files(const batch::Course& course,
                                                           const judge::Rubric& rubric,
                                                           const batch::Store& store,
                                                           const Progress& progress) {
  std::map<std::filesystem::path, std::string> files;
  for (auto& [name, bytes] : batch::to_files(record(course, rubric, store, progress))) {
    files[std::filesystem::path("fixtures") / rubric.folder / name] = std::move(bytes);
  }
  return files;
}

std::vector<std::string> stale_fixtures(const batch::Course& course, const judge::Rubric& rubric,
                                        const batch::Store& store, const Progress& progress) {
  const batch::Recorded now = record(course, rubric, store, progress);
  std::vector<std::string> ids;
  for (const auto& [id, arrays] : now.expected) ids.push_back(id);
  std::vector<std::string> stale;
  try {
    const batch::Recorded then = batch::read_recorded(course.fixtures(rubric), ids);
    for (const std::string& id : ids) {
      if (now.expected.at(id) != then.expected.at(id)) stale.push_back("expected arrays of " + id);
    }
    for (const judge::KnownMistake& mistake : now.mistakes) {
      const auto found = std::find_if(then.mistakes.begin(), then.mistakes.end(),
                                      [&](const auto& m) { return m.name == mistake.name; });
      if (found == then.mistakes.end() || !same(mistake, *found)) {
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
