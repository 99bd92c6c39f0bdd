#pragma once

#include <algorithm>
#include <filesystem>
#include <string>

#include "grader/base/files.hpp"
#include "grader/box/box.hpp"

namespace pset3::testing {

/// A repository with only the tiny part in it, to write into, and room for a store beside it.
class TinyHome {
 public:
  TinyHome() {
    // Follows the links of the folder that CMake lays out: what tests change is a copy.
    std::filesystem::copy(PSET3_TINY_HOME, root(), std::filesystem::copy_options::recursive);
  }

  std::filesystem::path root() const { return folder_.path() / "home"; }
  std::filesystem::path store() const { return folder_.path() / "store"; }
  std::filesystem::path starter() const { return root() / "starter/t0_tiny"; }
  std::filesystem::path solution() const { return root() / "solution/t0_tiny"; }
  std::filesystem::path fixtures() const { return root() / "fixtures/t0_tiny"; }

  /// Writes NAME.patch in mistakes/ or variants/: the header, and the line of the solution's file
  /// that holds `from` with `to` in its stead.
  void add_patch(const std::string& name, const std::string& header, const std::string& file,
                 const std::string& from, const std::string& to) const {
    const std::string text = read_file(solution() / file);
    const auto at = text.find(from);
    const auto begin = text.rfind('\n', at) + 1;
    const std::string line = text.substr(begin, text.find('\n', at) - begin);
    std::string changed = line;
    changed.replace(at - begin, from.size(), to);
    const auto number = std::count(text.begin(), text.begin() + static_cast<long>(begin), '\n') + 1;
    const std::string place = std::to_string(number) + ",1";
    const std::string path = "solution/t0_tiny/" + file;
    write_file(fixtures() / (name + ".patch"), header + "\n--- a/" + path + "\n+++ b/" + path +
                                                   "\n@@ -" + place + " +" + place + " @@\n-" +
                                                   line + "\n+" + changed + "\n");
  }

 private:
  /// Below the cache, since boxes run programs of the store.
  TemporaryFolder folder_{box::cache_folder(), 0755};
};

}  // namespace pset3::testing
