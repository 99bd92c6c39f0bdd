#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "grader/intake/budget.hpp"
#include "grader/intake/place.hpp"

namespace pset3::intake {

inline constexpr const char* kTakenFormats = "hand in a folder, a .zip, a .tar or a .tar.gz";

enum class Kind { kFile, kFolder, kLink, kSpecial };

struct Entry {
  Place place;
  Kind kind = Kind::kFile;
  std::int64_t modified_s = 0;  ///< seconds since 1970; 0 where an archive does not say
};

/// Reads the bytes of the entry that is being visited; may be called once, and only then.
using ReadBytes = std::function<std::string()>;
using Visit = std::function<void(const Entry&, const ReadBytes&)>;

/// Visits what is below a folder, in the order of names, without following a link or looking into
/// ignored folders. @throws Refused for what cannot be read or goes beyond the budget
void visit_folder(const std::filesystem::path& folder, Budget& budget, const Visit& visit);

/// Visits the entries of a zip in the order of its directory. @param descriptor of a regular file,
/// at its start. @throws Refused
void visit_zip(int descriptor, Budget& budget, const Visit& visit);

/// Visits the entries of a tar, packed with gzip or not. @param descriptor of a regular file, at
/// its start. @throws Refused
void visit_tar(int descriptor, Budget& budget, const Visit& visit);

/// Visits an archive that may hold a whole class, so with wider limits than a submission has.
/// @throws Refused also for what is no archive
void visit_class_archive(const std::filesystem::path& path, const Visit& visit);

/// Reads a regular file up to its end, or refuses one that is larger than a part file may be.
/// @throws Refused
std::string read_part_file(int descriptor, const Place& place, Budget& budget);

/// @throws Refused that `path` is larger than a part file may be.
[[noreturn]] void refuse_large_file(const std::string& path, const Limits& limits);

}  // namespace pset3::intake
