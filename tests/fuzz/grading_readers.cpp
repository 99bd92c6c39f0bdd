#include <cmath>
#include <cstdlib>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/judge/rubric.hpp"
#include "grader/pipeline/mistakes.hpp"
#include "tests/fuzz/readers.hpp"

namespace pset3::fuzz {

void read_rubric(std::string_view bytes) {
  try {
    const judge::Rubric rubric = judge::read_rubric(
        as_file(bytes, "rubric.json"), PSET3_SOURCE_DIR "/fixtures/rubric.schema.json");
    if (!std::isfinite(rubric.automatic_points()) || rubric.part.empty()) std::abort();
    for (const judge::CheckSpec& check : rubric.checks) {
      for (const std::string& id : check.cases) rubric.case_named(id);
    }
  } catch (const InputError&) {
  }
}

void read_patch(std::string_view bytes) {
  judge::Rubric rubric;
  rubric.checks.resize(2);
  rubric.checks[0].id = "p1.a.side";
  rubric.checks[1].id = "p1.b.survivors";
  static const TemporaryFolder fixtures;
  for (const auto& [folder, kind] : {std::pair("mistakes", pipeline::PatchKind::kMistake),
                                     std::pair("variants", pipeline::PatchKind::kVariant)}) {
    std::filesystem::create_directories(fixtures.path() / folder);
    write_file(fixtures.path() / folder / "a.patch", bytes);
    try {
      for (const pipeline::Patch& patch : pipeline::read_patches(fixtures.path(), kind, rubric)) {
        if (patch.title.empty()) std::abort();
        for (const std::string& check : patch.fails) {
          if (rubric.find_check(check) == nullptr) std::abort();
        }
      }
    } catch (const InputError&) {
    }
  }
}

}  // namespace pset3::fuzz
