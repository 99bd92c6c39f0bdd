#include "tests/gradebook/run_folder.hpp"

#include "grader/base/files.hpp"
#include "grader/gradebook/class_summary.hpp"

namespace pset3::gradebook {

using nlohmann::json;

json hand_in_of(const std::string& id, const std::string& name, const std::string& at) {
  json hand_in = {{"identities", {"canvas:" + id}},
                  {"students", {{{"id", id}, {"name", name}, {"email", id + "@uni.edu"}}}}};
  if (!at.empty()) hand_in["at"] = at;
  return hand_in;
}

void write_run(const std::filesystem::path& folder, const std::map<std::string, SampleRow>& rows) {
  ClassSummary summary;
  for (const auto& [name, row] : rows) {
    report::SubmissionReport report = row.report;
    report.name = name;
    const json results = report::to_results_json(report);
    std::filesystem::create_directories(folder / name);
    write_file(folder / name / "results.json", report::to_file_text(results));
    write_file(folder / name / "hand_in.json", row.hand_in.dump());
    summary.add(results, name + "/results.json", row.hand_in);
  }
  write_file(folder / "class.json", report::to_file_text(summary.finish()));
}

}  // namespace pset3::gradebook
