#pragma once

// The repository as the rules' tests read it.

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace pset3::rules {

inline const std::filesystem::path kRoot = PSET3_SOURCE_DIR;

inline std::string read(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

inline bool starts_with(const std::string& text, const std::string& prefix) {
  return text.rfind(prefix, 0) == 0;
}

/// The folders of starter/ that are parts, "p1_space_carving".
inline std::set<std::string> parts() {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kRoot / "starter")) {
    if (std::filesystem::is_directory(entry.path() / "given")) {
      names.insert(entry.path().filename().string());
    }
  }
  return names;
}

}  // namespace pset3::rules
