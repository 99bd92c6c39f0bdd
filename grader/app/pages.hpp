#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "grader/app/context.hpp"

namespace pset3::app {

/// The report of one submission as a page. Its links lead from `file` to the handouts of this
/// course's folder.
/// @param file  where the page will stand.
/// @throws InputError when the program was built without pages.
std::string report_page(const pipeline::Course& course, const report::SubmissionReport& judged,
                        report::Audience audience, const std::filesystem::path& file);
/// Writes that page. @throws as report_page().
void write_report_page(const pipeline::Course& course, const report::SubmissionReport& judged,
                       report::Audience audience, const std::filesystem::path& file);

/// The pages of a class, in the folder that it is graded into.
inline constexpr const char* kReportPage = "report.html";  ///< NAME/report.html: for the student
inline constexpr const char* kStaffPage = "staff.html";    ///< NAME/staff.html: hidden checks too
inline constexpr const char* kClassPage = "class.html";

/// Writes class.html, which links to the pages of submissions that are there.
void write_class_page(const nlohmann::json& class_json, const std::filesystem::path& folder);

}  // namespace pset3::app
