#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace pset3::intake {

/// The files that a part names: "p1_space_carving" -> {"carve.cpp", …}.
struct WantedPart {
  std::string folder;
  std::vector<std::string> files;
};

struct Limits {
  std::uint64_t archive_bytes = 64ull << 20;  ///< of the archive itself
  std::uint64_t total_bytes = 16ull << 20;    ///< of all that is read out of it
  std::uint64_t file_bytes = 1ull << 20;      ///< of one part file
  std::uint64_t ratio = 200;                  ///< inflated to packed, above a floor of 1 MiB
  int entries = 2000;
  int depth = 16;
};

/// A submission that is not taken: unreadable, not an archive, or hostile. One line that says what
/// was found and what to hand in instead.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What was taken from a submission.
struct Submission {
  std::string name;  ///< of the folder or the archive without its ending
  std::map<std::string, std::map<std::string, std::string>>
      parts;  ///< part folder -> file name -> bytes
  std::vector<std::string>
      notes;  ///< for the student: "carv.cpp: did you mean carve.cpp?", CRLF line ends, …
};

/// Reads a folder, a .zip, a .tar.gz or a .tar: only the files that `wanted` names, wherever they
/// are below the top, as long as it is clear which is meant. Nothing is written to disk.
///
/// A wanted file may be at PART_FOLDER/NAME below any prefix
/// ("hw3/starter/p1_space_carving/carve.cpp"), or at the top or in a single folder when the name
/// belongs to one part only.
/// @throws Refused
Submission take(const std::filesystem::path& path, const std::vector<WantedPart>& wanted,
                const Limits& limits = {});

}  // namespace pset3::intake
