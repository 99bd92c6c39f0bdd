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
  bool asked = true;  ///< the user wants to know what is missing of it
  /// The course's own headers of the part, name -> bytes: they are never taken.
  std::map<std::string, std::string> given = {};
};

/// Headers of a student's own that are taken along, beside the part files of one part.
inline constexpr std::size_t kOwnHeaders = 8;
inline constexpr std::size_t kOwnHeaderBytes = 64UL << 10;

/// What a submission may cost to read. Build trees and hidden folders (`build`, `.git`,
/// `node_modules`, …) are not looked into and count only towards `ignored_entries`.
struct Limits {
  std::uint64_t archive_bytes = 64ull << 20;    ///< of the archive itself
  std::uint64_t inflated_bytes = 256ull << 20;  ///< of a .tar.gz, skipped files included
  std::uint64_t total_bytes = 16ull << 20;      ///< of all that is read out of it
  std::uint64_t file_bytes = 1ull << 20;        ///< of one part file
  std::uint64_t ratio = 200;                    ///< inflated to packed, above a floor of 1 MiB
  int entries = 2000;
  int ignored_entries = 200'000;
  int depth = 16;         ///< folders above a file
  int path_bytes = 1024;  ///< of a whole path; a single name has at most 255
};

/// A submission that is not taken: unreadable, not an archive, or hostile. One line that says what
/// was found and what to hand in instead. Paths in it are relative to the submission.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What was taken from a submission.
struct Submission {
  std::string name;  ///< of the folder or the archive without its ending
  std::map<std::string, std::map<std::string, std::string>>
      parts;  ///< part folder -> file name -> bytes; line ends are \n, without a byte order mark.
              ///< Headers of the student's own are among the files
  /// The same keys -> where the file was found in the submission: "hw3/p1_space_carving/carve.cpp".
  std::map<std::string, std::map<std::string, std::string>> paths;
  /// Sentences on files that were not taken though they lie beside a part's; among the notes too.
  std::vector<std::string> not_taken;
  /// How the files differ from the receipt that `pset3 pack` put beside them.
  std::vector<std::string> receipt_notes;
  std::vector<std::string>
      notes;  ///< for the student: "carv.cpp: did you mean carve.cpp?", CRLF line ends, …
};

/// One thing among those that a student handed in: a folder, an archive or a file.
struct Piece {
  std::filesystem::path path;
  std::string name;  ///< as the student called it, without what a learning platform adds
  int version = 0;   ///< of files that differ between pieces, the one with the highest counts
};

/// Reads a folder, a .zip, a .tar.gz or a .tar (told by its content, not its name), or one bare
/// part file: only the files that `wanted` names, wherever they are below the top, as long as it is
/// clear which is meant. Nothing is written to disk, no link is followed, nothing is executed.
///
/// A wanted file may be at PART_FOLDER/NAME below any prefix
/// ("hw3/starter/p1_space_carving/carve.cpp"), which wins over PART_FOLDER/…/NAME, which wins over
/// any other place. There a name that several parts have goes to the part that the other files of
/// the same folder belong to, or else to the only part that was asked for. A folder or an archive
/// that is called like a part holds this part. In a tree with starter/ and solution/ side by side
/// starter/ wins. Files that differ at equally good places are refused.
/// Headers of the student's own (.hpp, .h) that lie in the folder of a part file are taken along,
/// at most kOwnHeaders of them; what is not taken is named in a note, and so is a given header that
/// was changed. Files that are missing are named in a note; a submission without any part file is
/// refused.
/// @throws Refused
Submission take(const std::filesystem::path& path, const std::vector<WantedPart>& wanted,
                const Limits& limits = {});

/// The same for one student's several pieces, taken together; each has limits of its own.
/// @throws Refused
Submission take(const std::vector<Piece>& pieces, const std::vector<WantedPart>& wanted,
                const Limits& limits = {});

/// Whether a file is an archive by its name or, where the name has no ending, by its first bytes.
bool is_archive(const std::filesystem::path& file);

}  // namespace pset3::intake
