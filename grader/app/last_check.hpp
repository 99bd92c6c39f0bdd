#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pset3::app {

/// The results of the last check of some files, kept in the cache, so that the next one can begin
/// with what changed. Losing them costs nothing, so no fault of the disk is told.
class LastCheck {
 public:
  /// @param names  parts and checks that were asked for: others are not compared.
  LastCheck(const std::filesystem::path& submission, const std::vector<std::string>& names);

  /// @returns null when there is none.
  nlohmann::json read() const;
  void write(const nlohmann::json& results) const;

 private:
  std::filesystem::path file_;
};

}  // namespace pset3::app
