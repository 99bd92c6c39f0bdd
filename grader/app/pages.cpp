#include "grader/app/pages.hpp"

#include "grader/base/files.hpp"
#include "grader/report/html/class_html.hpp"
#include "grader/report/html/report_html.hpp"
#include "grader/report/html/web_page.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

/// "../../handouts/" where the page is two folders below the course; empty where there is no way.
std::string way_to(const fs::path& handouts, const fs::path& page) {
  std::error_code error;
  const fs::path folder = fs::absolute(page, error).parent_path();
  const fs::path way = fs::relative(handouts, folder, error);
  return error || way.empty() ? "" : way.generic_string() + "/";
}

}  // namespace

std::string report_page(const pipeline::Course& course, const report::SubmissionReport& judged,
                        report::Audience audience, const fs::path& file) {
  if (!course.handouts_address.empty()) {
    return report::html::report_html(judged, {audience, course.handouts_address, true});
  }
  const fs::path handouts = course.home.source / "handouts";
  // Browsers show Markdown as it was typed, so pages are preferred: a students' release has them.
  const bool has_pages = fs::exists(handouts / "pages" / "index.html");
  const std::string way = way_to(has_pages ? handouts / "pages" : handouts, file);
  return report::html::report_html(judged, {audience, way, has_pages});
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
