#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "grader/base/descriptor.hpp"
#include "grader/base/error.hpp"

namespace pset3::pipeline {

/// A stored result that cannot be read: a machine that lost power, say.
struct DamagedEntry : GraderError {
  using GraderError::GraderError;
};

/// Something that would have to be built or run, where only what is stored may be used.
struct NotStored : GraderError {
  using GraderError::GraderError;
};

/// A content-addressed store: a folder for each result of a stage, named by the hash of all that
/// went into it. Folders are made beside and renamed, so many processes, also over a network file
/// system, may use one store, and a killed run leaves nothing half done.
class Store {
 public:
  /// As long as a store lives, nobody cleans it; while somebody does, the next one waits.
  /// @throws GraderError when `root` cannot be made.
  explicit Store(const std::filesystem::path& root);

  /// @returns the folder of a finished result.
  std::optional<std::filesystem::path> find(std::string_view stage, const std::string& key) const;

  /// Finds a result or makes it: `make` fills an empty folder. When it throws, nothing is stored.
  /// @throws GraderError when the disk is full, and whatever `make` throws.
  std::filesystem::path get(std::string_view stage, const std::string& key,
                            const std::function<void(const std::filesystem::path&)>& make) const;

  /// Reads a result that was found. One that is damaged is taken out of the store, so that it is
  /// made again, with a line on stderr. @returns nothing then.
  template <typename Read>
  auto read(std::string_view stage, const std::string& key, Read read) const
      -> std::optional<decltype(read(std::filesystem::path()))> {
    const std::optional<std::filesystem::path> folder = find(stage, key);
    if (!folder) return std::nullopt;
    try {
      return read(*folder);
    } catch (const DamagedEntry& damage) {
      discard(*folder, damage.what());
      return std::nullopt;
    }
  }

  /// Finds a result or makes it, and reads it.
  template <typename Read>
  auto get_and_read(std::string_view stage, const std::string& key,
                    const std::function<void(const std::filesystem::path&)>& make,
                    Read read) const {
    if (auto found = this->read(stage, key, read)) return *found;
    return read(get(stage, key, make));
  }

  const std::filesystem::path& root() const { return root_; }

 private:
  void discard(const std::filesystem::path& folder, const char* why) const;
  std::filesystem::path folder_of(std::string_view stage, const std::string& key) const;

  std::filesystem::path root_;
  std::shared_ptr<const Descriptor> in_use_;  ///< holds the lock against cleaning
};

/// The file in each result that has the SHA-256 of the others: `sha256sum -c` reads it.
inline constexpr const char* kSumsFile = "SHA256SUMS";
/// The file in a store whose lock is shared by all that use it; who cleans has it alone.
inline constexpr const char* kInUseFile = "in_use";
/// Folders of finished results, by stage.
inline constexpr const char* kStages[] = {"object", "program",  "run",
                                          "files",  "verdicts", "exercise"};

/// Reads a JSON document of a stored result.
/// @throws DamagedEntry
nlohmann::json read_stored(const std::filesystem::path& file);

/// The same for a field of it: one that is not there, or of another type.
template <typename T>
T stored_value(const nlohmann::json& document, const char* name) {
  try {
    return document.at(name).get<T>();
  } catch (const nlohmann::json::exception& error) {
    throw DamagedEntry(error.what());
  }
}

}  // namespace pset3::pipeline
