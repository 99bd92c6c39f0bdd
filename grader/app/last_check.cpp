#include "grader/app/last_check.hpp"

#include <exception>

#include "grader/base/files.hpp"
#include "grader/base/hash.hpp"
#include "grader/box/box.hpp"
#include "grader/report/results.hpp"

namespace pset3::app {

namespace fs = std::filesystem;

LastCheck::LastCheck(const fs::path& submission, const std::vector<std::string>& names) {
  std::error_code error;
  Hasher hasher;
  hasher.add(fs::weakly_canonical(submission, error).string());
  for (const std::string& name : names) hasher.add(name);
  file_ = box::cache_folder() / "last_check" / (hasher.hex().substr(0, 32) + ".json");
}

nlohmann::json LastCheck::read() const {
  std::error_code error;
  if (!fs::is_regular_file(file_, error)) return nullptr;
  try {
    const nlohmann::json results = nlohmann::json::parse(read_file(file_), nullptr, false);
    return results.is_discarded() ? nlohmann::json() : results;
  } catch (const std::exception&) {
    return nullptr;
  }
}

void LastCheck::write(const nlohmann::json& results) const {
  std::error_code error;
  fs::create_directories(file_.parent_path(), error);
  try {
    write_file(file_, report::to_file_text(results));
  } catch (const std::exception&) {
  }
}

}  // namespace pset3::app
