#include "grader/report/html/report_html.hpp"

#include "grader/report/html/web_page.hpp"

namespace pset3::report::html {
namespace {

/// The library for them is most of what a page weighs.
bool has_voxels(const nlohmann::json& model) {
  for (const nlohmann::json& part : model.at("parts")) {
    for (const nlohmann::json& check : part.at("checks")) {
      for (const nlohmann::json& picture : check.at("pictures")) {
        if (picture.at("kind") == "voxels") return true;
      }
    }
  }
  return false;
}

}  // namespace

std::string report_html(const SubmissionReport& report, const ReportOptions& options) {
  require_pages();
  const nlohmann::json model = report_model(report, options);
  std::vector<Asset> scripts = {assets().report};
  if (has_voxels(model)) scripts.insert(scripts.begin(), assets().voxels);
  return web_page(model.at("submission").get<std::string>() + " – report", model, scripts);
}

}  // namespace pset3::report::html
