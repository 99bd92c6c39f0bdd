#include "grader/app/pages.hpp"

#include "grader/base/files.hpp"
#include "grader/report/html/class_html.hpp"
#include "grader/report/html/report_html.hpp"
#include "grader/report/html/web_page.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

/// "../../" where the page is two folders below the course.
std::string way_to_course(const pipeline::Course& course, const fs::path& page) {
  std::error_code error;
  const fs::path folder = fs::absolute(page, error).parent_path();
  const fs::path way = fs::relative(course.home.source, folder, error);
  return error || way.empty() ? "" : way.generic_string() + "/";
}

}  // namespace

std::string report_page(const pipeline::Course& course, const report::SubmissionReport& judged,
                        report::Audience audience, const fs::path& file) {
  return report::html::report_html(judged, {audience, way_to_course(course, file)});
}

void write_report_page(const pipeline::Course& course, const report::SubmissionReport& judged,
                       report::Audience audience, const fs::path& file) {
  write_file(file, report_page(course, judged, audience, file));
}

void write_class_page(const nlohmann::json& class_json, const fs::path& folder) {
  nlohmann::json links = nlohmann::json::object();
  for (const nlohmann::json& submission : class_json.at("submissions")) {
    const auto results = submission.at("results").get<std::string>();
    for (const char* page : {kReportPage, kStaffPage}) {
      const fs::path file = fs::path(results).parent_path() / page;
      if (fs::is_regular_file(folder / file)) links[results] = file.generic_string();
    }
  }
  write_file(folder / kClassPage, report::html::class_html(class_json, links));
}

}  // namespace pset3::app
