#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace pset3::pipeline {

/// A content-addressed store: a folder for each result of a stage, named by the hash of all that
/// went into it. Folders are made beside and renamed, so many processes, also over a network file
/// system, may use one store, and a killed run leaves nothing half done.
class Store {
 public:
  /// @throws GraderError when `root` cannot be made.
  explicit Store(const std::filesystem::path& root);

  /// @returns the folder of a finished result.
  std::optional<std::filesystem::path> find(std::string_view stage, const std::string& key) const;

  /// Finds a result or makes it: `make` fills an empty folder. When it throws, nothing is stored.
  /// @throws GraderError when the disk is full, and whatever `make` throws.
  std::filesystem::path get(std::string_view stage, const std::string& key,
                            const std::function<void(const std::filesystem::path&)>& make) const;

  const std::filesystem::path& root() const { return root_; }

 private:
  std::filesystem::path folder_of(std::string_view stage, const std::string& key) const;

  std::filesystem::path root_;
};

/// Reads a JSON document of a stored result.
/// @throws GraderError that says what to delete when it is damaged: a machine that lost power, say.
nlohmann::json read_stored(const std::filesystem::path& file);

}  // namespace pset3::pipeline
