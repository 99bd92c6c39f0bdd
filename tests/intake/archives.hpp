#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "grader/base/files.hpp"
#include "grader/intake/intake.hpp"

namespace pset3::intake::testing {

/// An entry of an archive or folder that a test makes.
struct Item {
  enum class Type { kFile, kFolder, kSymlink, kHardlink, kFifo, kDevice };

  std::string path;
  std::string bytes;  ///< or where a link leads
  Type type = Type::kFile;
};

/// Two parts, of which "main.cpp" belongs to both.
std::vector<WantedPart> two_parts();

/// Archives as libarchive writes them, with any name and type.
std::string zip_of(const std::vector<Item>& items, const std::string& password = "");
std::string tar_of(const std::vector<Item>& items);
std::string gzipped(std::string_view bytes);

/// What /usr/bin/python3 writes to a file that `script` finds in sys.argv[1].
std::string made_by_python(const std::string& script);

/// A folder for the submissions of one test.
class Desk {
 public:
  const std::filesystem::path& path() const { return folder_.path(); }
  /// Writes a file, with its folders. @returns its path
  std::filesystem::path file(const std::string& name, std::string_view bytes) const;
  /// Makes a folder with these files and folders.
  std::filesystem::path folder(const std::string& name, const std::vector<Item>& items) const;

 private:
  TemporaryFolder folder_;
};

/// @returns why `take` refuses the path; "taken" when it does not.
std::string refusal(const std::filesystem::path& path, const Limits& limits = {});

/// Takes an archive of these bytes, called hw3.zip or as told.
Submission taken(std::string_view bytes, const std::string& name = "hw3.zip");
std::string refusal_of(std::string_view bytes, const std::string& name = "hw3.zip",
                       const Limits& limits = {});

}  // namespace pset3::intake::testing
