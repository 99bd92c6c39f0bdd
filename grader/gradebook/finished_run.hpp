#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grader/report/document.hpp"

namespace pset3::gradebook {

/// A student as a run names them.
struct RunPerson {
  std::string name;
  std::string id;
  std::string email;
  std::string section;
  /// By which the same student is found again in another run.
  std::vector<std::string> keys;
};

/// One row of a run.
struct RunRow {
  std::string name;
  std::filesystem::path results;  ///< the file
  report::Document document;
  std::vector<RunPerson> people;
  std::string at;           ///< when it was handed in, as the platform wrote it
  std::string uploaded_as;  ///< what Canvas calls the upload
  bool is_late = false;
  bool is_nothing = false;  ///< nothing was handed in
};

/// The folder that `pset3 grade --out` wrote.
class FinishedRun {
 public:
  /// Reads class.json. @throws InputError when it is no such folder.
  explicit FinishedRun(const std::filesystem::path& folder);

  const std::filesystem::path& folder() const { return folder_; }
  /// The same for the same results.
  const std::string& hash() const { return hash_; }
  const nlohmann::json& class_json() const { return class_; }

  /// Reads the rows one after the other, so that only one of them is in memory.
  /// @throws InputError for a row that cannot be read, with its file.
  void for_each_row(const std::function<void(const RunRow&)>& take) const;

 private:
  std::filesystem::path folder_;
  nlohmann::json class_;
  std::string hash_;
};

/// The keys of a person with an id or an address, as all runs of a course write them.
std::vector<std::string> keys_of(const std::string& id, const std::string& email);

}  // namespace pset3::gradebook
