#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grader/arrays/array.hpp"
#include "grader/judge/engine.hpp"

namespace pset3::pipeline {

/// What `pset3 author fixtures` records of the public cases and students' trees carry:
///   fixtures/<part>/expected/CASE.safetensors   the reference's outputs
///   fixtures/<part>/recorded.json               its times, the machine's speed, mistakes' results
struct RecordedFixtures {
  double machine_speed_ms = 0.0;               ///< see runs.hpp, of the machine that recorded
  std::map<std::string, double> reference_ms;  ///< case id -> the reference's own time there
  std::map<std::string, arrays::Arrays> expected;
  std::vector<judge::KnownMistake> mistakes;
};

/// @throws InputError that names the file and says to run `pset3 author fixtures`.
RecordedFixtures read_recorded(const std::filesystem::path& fixtures,
                               const std::vector<std::string>& cases);

/// What `pset3 author mutants --record` records of known mistakes that nobody wrote (the solution
/// with one token changed; see judge::kSlip): fixtures/<part>/slips.json. A part without that file
/// has none. One without an explanation names nobody, since too many others show the same; it still
/// shows that one bug is enough. @throws InputError
std::vector<judge::KnownMistake> read_slips(const std::filesystem::path& fixtures);

/// What `pset3 author further --record` records of further/*.patch: fixtures/<part>/further.json.
/// The same form, and a part may have none. @throws InputError
std::vector<judge::KnownMistake> read_further(const std::filesystem::path& fixtures);

/// The bytes of either file.
std::string slips_text(const std::vector<judge::KnownMistake>& slips);

/// How a slip is made from the solution: fixtures/<part>/slip_changes.json. Not for students.
struct SlipChange {
  std::string name;
  std::string file;
  std::size_t begin = 0;  ///< of the bytes that go
  std::string removed;
  std::string replacement;
};

/// A part without that file has none. @throws InputError
std::vector<SlipChange> read_slip_changes(const std::filesystem::path& fixtures);
std::string slip_changes_text(const std::vector<SlipChange>& changes);

/// @param files  the solution's, name -> bytes.
/// @returns them with the change made; nothing where they are not those that it was recorded of.
std::optional<std::map<std::string, std::string>> with_slip(
    const SlipChange& change, std::map<std::string, std::string> files);

/// The files of `recorded`, path below fixtures/<part>/ -> bytes.
std::map<std::string, std::string> to_files(const RecordedFixtures& recorded);

}  // namespace pset3::pipeline
