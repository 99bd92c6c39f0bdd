#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "grader/report/results.hpp"

namespace pset3::report::html {

struct ReportOptions {
  Audience audience = Audience::kStudent;
  /// Where the handouts are, with a '/' at the end: a folder as seen from the page, or a site's
  /// address. Empty = the page names the section without a link.
  std::string handouts = {};
  bool handouts_are_pages = false;  ///< .html as handouts/make_site.sh makes them, and not .md
};

/// The report of one submission as a page. @throws InputError without pages, see require_pages();
/// std::invalid_argument as to_results_json.
std::string report_html(const SubmissionReport& report, const ReportOptions& options);

/// What the page draws, see src/model.ts. Students' pages have nothing of hidden checks in them.
nlohmann::json report_model(const SubmissionReport& report, const ReportOptions& options);

}  // namespace pset3::report::html
