#pragma once

#include <filesystem>
#include <map>
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

/// Known mistakes that nobody wrote: the solution with one token changed. Their names begin so.
inline constexpr const char* kSlip = "slip_in_";

/// What `pset3 author mutants --record` records of them: fixtures/<part>/slips.json. A part without
/// that file has none. @throws InputError
std::vector<judge::KnownMistake> read_slips(const std::filesystem::path& fixtures);

/// What `pset3 author further --record` records of further/*.patch: fixtures/<part>/further.json.
/// The same form, and a part may have none. @throws InputError
std::vector<judge::KnownMistake> read_further(const std::filesystem::path& fixtures);

/// The bytes of either file.
std::string slips_text(const std::vector<judge::KnownMistake>& slips);

/// The files of `recorded`, path below fixtures/<part>/ -> bytes.
std::map<std::string, std::string> to_files(const RecordedFixtures& recorded);

}  // namespace pset3::pipeline
