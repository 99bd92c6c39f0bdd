// browser_pages FOLDER: writes the pages that pages_test.mjs opens, from the samples of the
// report's tests.

#include <cmath>
#include <filesystem>
#include <fstream>

#include "grader/gradebook/class_summary.hpp"
#include "grader/pipeline/pictures.hpp"
#include "grader/report/html/class_html.hpp"
#include "grader/report/html/report_html.hpp"
#include "tests/report/samples.hpp"

namespace pset3 {
namespace {

namespace fs = std::filesystem;
using arrays::Array;
using nlohmann::json;
using report::Audience;
using report::SubmissionReport;

void write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

void write_report(const fs::path& file, const SubmissionReport& report, Audience audience) {
  write(file, report::html::report_html(report, {audience, "../handouts/"}));
}

/// A ball of voxels, of which every voxel beyond x = `cut` is missing, and as many beside it.
Array ball(double cut) {
  std::vector<double> values;
  for (int x = -9; x <= 9; ++x) {
    for (int y = -9; y <= 9; ++y) {
      for (int z = -9; z <= 9; ++z) {
        if (x * x + y * y + z * z > 81 || x > cut) continue;
        values.insert(values.end(), {0.1 * x + (x < -4 && cut < 9 ? -0.4 : 0.0), 0.1 * y, 0.1 * z});
      }
    }
  }
  return Array::copy_of(values.data(), {static_cast<std::int64_t>(values.size() / 3), 3});
}

Array wave(std::int64_t rows, std::int64_t columns, double shift) {
  std::vector<float> values;
  for (std::int64_t i = 0; i < rows * columns; ++i) {
    values.push_back(
        static_cast<float>(0.5 + 0.5 * std::sin(0.2 * static_cast<double>(i % columns) + shift) *
                                     std::cos(0.15 * static_cast<double>(i / columns))));
  }
  return Array::copy_of(values.data(), {1, 1, rows, columns});
}

/// A picture of each kind, made as those of submissions are.
json sample_pictures() {
  using pipeline::PictureKind;
  pipeline::PictureRules rules;
  rules["survivors"] = {PictureKind::kVoxels, "What your carving keeps"};
  rules["depth"] = {PictureKind::kMap, "Depth", "m", "", "BCHW"};
  rules["image"] = {PictureKind::kImage, "The sampled picture", "", "", "BCHW"};
  rules["losses"] = {PictureKind::kCurve, "Loss of each epoch", "", "", "N"};
  rules["bounds"] = {PictureKind::kBox, "Your box"};
  rules["bounds"].points = "survivors";
  rules["bounds"].margin = "side";
  const judge::CheckSpec check = {};
  json pictures = json::array();
  const auto add = [&](const std::string& name, const Array& expected, const Array& got,
                       const arrays::Arrays& besides = {}) {
    const arrays::Arrays right = {{name, expected}};
    arrays::Arrays wrong = besides;
    wrong[name] = got;
    for (json picture : pipeline::pictures_of_case(rules, {check, right, right, wrong})) {
      picture["case"] = "case." + name;
      pictures.push_back(picture);
    }
  };
  add("survivors", ball(9), ball(5));
  const std::vector<double> narrow = {-0.95, 0.6, -0.95, 0.95, -1.0, 1.0};
  const Array bounds = Array::copy_of(narrow.data(), {3, 2});
  add("bounds", bounds, bounds,
      {{"survivors", ball(9)}, {"side", Array::of(std::vector<double>{0.1})}});
  add("depth", wave(48, 64, 0.0), wave(48, 64, 0.4));
  add("image", wave(40, 60, 0.0), wave(40, 60, 0.8));
  add("losses", Array::of(std::vector<double>{2.0, 1.2, 0.7, 0.5, 0.4}),
      Array::of(std::vector<double>{2.0, 1.7, 1.6, 1.5, 1.5}));
  return pictures;
}

SubmissionReport with_pictures() {
  SubmissionReport report = report::samples::all().at("one_failing");
  for (const judge::CheckResult& check : report.parts[0].checks) {
    if (check.verdict == judge::Verdict::kPassed) continue;
    report.parts[0].pictures[check.check] = sample_pictures();
  }
  for (judge::CheckResult& check : report.parts[0].checks) {
    if (check.verdict == judge::Verdict::kPassed) continue;
    check.diagnoses = {{"slip_in_the_column_of_the_pixel__y_instead_of_x",
                        "Look first at the column of the pixel: `y` stands where `x` belongs."}};
  }
  return report;
}

/// Every foreign text of a report says something that would do harm, were it more than text.
SubmissionReport hostile() {
  const std::string text =
      "</script><script>window.harmed = 1</script><img src=x onerror='window.harmed = 2'>"
      "\x1b[2J \xe2\x80\xae desrever <!-- =HYPERLINK(\"http://127.0.0.1/\") "
      "javascript:window.harmed=3";
  SubmissionReport report = report::samples::all().at("everything_failing");
  report.name = text;
  report.notes = {text};
  report::PartReport& part = report.parts[0];
  part.diagnostics.assign(3, {text, 1, 1, "error", text});
  for (judge::CheckResult& check : part.checks) {
    check.remarks = {text};
    check.diagnoses = {{text, text}};
    for (judge::CaseFinding& finding : check.findings) finding.got = finding.detail = text;
  }
  return report;
}

/// @returns a class of so many rows, with late ones, groups, refusals and the hostile one.
std::string class_page(int rows) {
  gradebook::ClassSummary summary;
  std::vector<SubmissionReport> reports;
  for (const auto& [name, report] : report::samples::all()) reports.push_back(report);
  reports.push_back(hostile());
  json links = json::object();
  for (int i = 0; i < rows; ++i) {
    SubmissionReport report = reports[static_cast<std::size_t>(i) % reports.size()];
    if (i >= static_cast<int>(reports.size())) report.name = "student_" + std::to_string(i);
    const json student = {{"name", "Student " + std::to_string(i)},
                          {"section", i % 2 == 0 ? "A" : "B"}};
    json hand_in = {{"attempts", 1 + i % 3},
                    {"late", i % 7 == 0},
                    {"at", "2026-10-" + std::to_string(10 + i % 9) + "T12:00:00Z"},
                    {"students", json::array({student})}};
    const std::string results = "row " + std::to_string(i) + "/results.json";
    links[results] = "row " + std::to_string(i) + "/report.html";
    summary.add(report::to_results_json(report), results, hand_in);
  }
  return report::html::class_html(summary.finish(), links);
}

}  // namespace
}  // namespace pset3

int main(int, char** arguments) {
  using namespace pset3;
  const std::filesystem::path folder = arguments[1];
  for (const auto& [name, report] : report::samples::all()) {
    write_report(folder / (name + ".html"), report, report::Audience::kStudent);
    write_report(folder / (name + ".staff.html"), report, report::Audience::kStaff);
  }
  write_report(folder / "pictures.html", with_pictures(), report::Audience::kStudent);
  write_report(folder / "hostile.html", hostile(), report::Audience::kStaff);
  write(folder / "class.html", class_page(60));
  write(folder / "large_class.html", class_page(10000));
  return 0;
}
