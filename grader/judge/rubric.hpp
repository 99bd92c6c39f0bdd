#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pset3::judge {

/// When a student may see a check's result; Gradescope's words for them are in report/.
enum class Visibility { kPublic, kHidden, kAfterDueDate };

/// One call of one student function on inputs that a generator makes from a seed.
struct CaseSpec {
  std::string id;         ///< unique in the part, e.g. "carve.ellipsoid"
  std::string function;   ///< the adapter's entry, e.g. "carve"
  std::string generator;  ///< makes the inputs, see parts/<part>/cases/
  nlohmann::json params;  ///< the generator's parameters
  bool hidden =
      false;  ///< the seed is drawn for each run, the expected arrays come from the reference
  std::uint64_t seed = 0;  ///< of a public case
  /// What other cases of its checks do not have, each to be read after "it goes wrong only where":
  /// "the stride is above 1". The same words in each case that has it.
  std::vector<std::string> special = {};
};

/// What points are given for: a judgement of the outputs of one or more cases.
struct CheckSpec {
  std::string id;  ///< e.g. "p1.b.survivors"
  std::string title;
  double points = 0.0;
  Visibility visibility = Visibility::kPublic;
  std::string judge;               ///< the name of the judging function, see judge/checks.hpp
  std::vector<std::string> cases;  ///< ids
  std::vector<std::string> files;  ///< part files that must build for this check: its own first
  /// The student functions that the check is about: a stub among them that still throws means "not
  /// attempted", any other one means "blocked".
  std::vector<std::string> functions;
  /// Earlier checks without which this one says nothing of its own: where it does not pass and one
  /// of them did not either, it is "blocked" by that one.
  std::vector<std::string> needs;
  /// A hidden check repeats public ones on other inputs, and costs only what they have not taken;
  /// empty = those of its question.
  std::vector<std::string> repeats;
  bool partial = false;      ///< points for each case on its own, else all cases or nothing
  bool extra = false;        ///< extra credit: counts on top of the part's points
  nlohmann::json tolerance;  ///< the judging function's parameters
  std::string hint;
  std::string section;  ///< of the handout, e.g. "(b) Carving with one view"

  /// What it adds to the points that a part has: nothing for extra credit.
  double max_points() const { return extra ? 0.0 : points; }
};

/// Whether a mistake that shows in several checks costs the points of one or of all.
enum class OneBug { kOnce, kEveryCheck };

/// A written question, graded by a person.
struct ManualItem {
  std::string id;
  std::string title;
  double points = 0.0;
};

/// Checks that a student's copy of a rubric does not have.
struct HiddenChecks {
  int count = 0;
  double points = 0.0;
};

/// Something that a part's files should not use.
struct Ban {
  std::string name;    ///< as build::uses() takes it: "cv::findContours", "cv::", "fork", a header
  std::string why;     ///< in a student's words
  bool costs = false;  ///< checks of a file that uses it are "forbidden"; else a TA is told alone
};

/// fixtures/<part>/rubric.json: all that a TA may change about a part without compiling.
struct Rubric {
  std::string hash;    ///< of what the file says; empty when it was not read from one
  std::string part;    ///< "p1"
  std::string folder;  ///< "p1_space_carving", below starter/, solution/ and fixtures/
  std::string title;
  std::string libraries;           ///< the library set that its files are compiled with, see build/
  std::string handout;             ///< path from the repository's root
  std::vector<std::string> files;  ///< what students hand in, names without folder
  /// A case may take this multiple of the reference's own processor time …
  double time_limit_factor = 10.0;
  int time_limit_floor_ms = 2000;  ///< … but is always given this much
  int budget_s = 120;              ///< of wall clock, for all cases of a submission
  std::uint64_t memory_limit_bytes = 0;
  int threads = 2;  ///< that libraries may use in a case, where the machine has as many cores
  OneBug one_bug = OneBug::kOnce;
  std::vector<CaseSpec> cases;
  std::vector<CheckSpec> checks;
  std::vector<ManualItem> manual;
  std::vector<Ban> bans;
  HiddenChecks left_out;  ///< in a student's release; all 0 where the rubric is whole

  const CaseSpec& case_named(const std::string& id) const;
  const CheckSpec* find_check(const std::string& id) const;
  double automatic_points() const;  ///< without extra credit
  double manual_points() const;
};

/// @returns the question that a check belongs to: "p1.b" of "p1.b.survivors".
std::string question_of(const std::string& check);

/// Reads and checks a rubric against fixtures/rubric.schema.json and against itself.
/// @throws InputError with the file, the JSON pointer, what was expected and what was found.
Rubric read_rubric(const std::filesystem::path& file, const std::filesystem::path& schema);

}  // namespace pset3::judge
