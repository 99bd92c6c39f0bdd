#include "grader/app/class_folder.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "grader/app/context.hpp"
#include "grader/base/files.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRosterFile = "roster.csv";
constexpr const char* kRubricPrefix = "rubric_";

}  // namespace

fs::path kept_roster(const fs::path& folder) {
  const fs::path file = folder / kRosterFile;
  return fs::is_regular_file(file) ? file : fs::path();
}

void keep_roster(const fs::path& folder, const fs::path& roster) {
  std::error_code not_there;
  if (fs::equivalent(roster, folder / kRosterFile, not_there)) return;
  make_folder(folder);
  write_file(folder / kRosterFile, read_file(roster));
}

std::vector<fs::path> kept_rubrics(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.rfind(kRubricPrefix, 0) != 0 || entry->path().extension() != ".json") continue;
    if (fs::is_regular_file(entry->path())) files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void keep_rubrics(const fs::path& folder, const std::vector<std::string>& rubrics) {
  // Read first: one of them may be the folder's own.
  std::vector<std::pair<fs::path, std::string>> texts;
  for (const std::string& rubric : rubrics) {
    const std::string text = read_file(rubric);
    const auto part = nlohmann::json::parse(text).at("part").get<std::string>();
    texts.emplace_back(folder / (kRubricPrefix + part + ".json"), text);
  }
  for (const fs::path& file : kept_rubrics(folder)) fs::remove(file);
  for (const auto& [file, text] : texts) write_file(file, text);
}

}  // namespace pset3::app
