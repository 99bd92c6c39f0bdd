#include "tests/report/samples.hpp"

#include <stdexcept>

namespace pset3::report::samples {
namespace {

using judge::CaseFinding;
using judge::CheckSpec;
using judge::Verdict;
using judge::Visibility;

struct Row {
  const char* id;
  const char* title;
  double points;
  const char* function;
  const char* section;
  const char* hint;
  Visibility visibility = Visibility::kPublic;
};

CheckSpec spec_of(const Row& row, const std::string& file) {
  CheckSpec spec;
  spec.id = row.id;
  spec.title = row.title;
  spec.points = row.points;
  spec.visibility = row.visibility;
  spec.cases = {"one"};
  spec.files = {file};
  spec.functions = {row.function};
  spec.section = row.section;
  spec.hint = row.hint;
  return spec;
}

judge::Rubric make_carving_rubric() {
  static constexpr const char* kA = "(a) A box of voxels";
  static constexpr const char* kB = "(b) Carving with one view";
  static constexpr const char* kD = "(d) A better box";
  static constexpr const char* kPixel =
      "A pixel is (u, v) = (column, row), but cv::Mat::at wants (row, column).";
  const Row rows[] = {
      {"p1.a.side", "The side is the cube root of a voxel's share of the volume", 2,
       "form_initial_voxels", kA, "volume of the box / num_voxels, then std::cbrt."},
      {"p1.a.coverage", "The grid covers the box on every axis", 3, "form_initial_voxels", kA,
       "Count the cells of each axis from its own extent."},
      {"p1.b.survivors", "The right voxels survive", 6, "carve", kB, kPixel},
      {"p1.b.outside", "What projects outside the image is carved", 3, "carve", kB,
       "Test 0 <= u < width and 0 <= v < height before you look into the silhouette."},
      {"p1.b.moved", "Nothing is moved, duplicated or invented", 2, "carve", kB,
       "Copy whole rows of the input."},
      {"p1.b.fresh", "The right voxels survive on fresh shapes", 4, "carve", kB, kPixel,
       Visibility::kHidden},
      {"p1.d.box", "The box is the coarse carve widened by one side", 7, "get_voxel_bounds", kD,
       "Widen in both directions of all three axes."},
      {"p1.d.fresh", "The box fits fresh shapes", 3, "get_voxel_bounds", kD, "As before.",
       Visibility::kAfterDueDate}};
  judge::Rubric rubric;
  rubric.part = "p1";
  rubric.folder = "p1_space_carving";
  rubric.title = "Space carving";
  rubric.handout = "handouts/p1_space_carving.md";
  rubric.files = {"space_carving.cpp"};
  for (const Row& row : rows) rubric.checks.push_back(spec_of(row, "space_carving.cpp"));
  rubric.checks[2].partial = true;
  rubric.manual = {{"p1.e", "(e) Why inexact silhouettes still give a decent hull", 5}};
  return rubric;
}

judge::Rubric make_depth_rubric() {
  judge::Rubric rubric;
  rubric.part = "p4";
  rubric.title = "Unsupervised depth";
  rubric.handout = "handouts/p4_unsupervised_depth.md";
  const Row row = {"p4.b.sampler",
                   "A constant disparity moves the picture",
                   5,
                   "bilinear_sampler",
                   "(b) Sampling along a row",
                   "Disparities are fractions of the width."};
  rubric.checks = {spec_of(row, "sampler.cpp")};
  return rubric;
}

/// A part half of which is extra credit.
judge::Rubric make_extra_rubric() {
  judge::Rubric rubric;
  rubric.part = "p3";
  rubric.title = "Supervised depth";
  rubric.handout = "handouts/p3_supervised_depth.md";
  const Row rows[] = {{"p3.a.loss", "The loss of a pixel without depth is 0", 8.2, "loss",
                       "(a) A loss", "Leave such pixels out."},
                      {"p3.e.pretraining", "Pretraining helps", 10, "pretrain", "(e) Pretraining",
                       "Keep the weights."}};
  for (const Row& row : rows) rubric.checks.push_back(spec_of(row, "losses.cpp"));
  rubric.checks[1].extra = true;
  return rubric;
}

SubmissionReport submission(const std::string& name, PartReport part) {
  SubmissionReport report;
  report.name = name;
  report.box_level = "L2 (namespaces, no cgroup)";
  report.wall_ms = 1840.0;
  part.provenance = {{"rubric", "9f2c61"}, {"seeds", {{"carve.ellipsoid", 17}}}};
  report.parts.push_back(std::move(part));
  return report;
}

void find_fault(judge::CheckResult& check, CaseFinding finding) {
  check.verdict = finding.verdict;
  check.points = 0.0;
  check.findings = {std::move(finding)};
}

const CaseFinding kSwapped = {
    "carve.ellipsoid",
    Verdict::kFailed,
    "1,204 of 8,000 voxels survive",
    "1,377 survive: 201 that should be gone, 28 are missing",
    "farthest wrong voxel (0.125, -0.4, 1.1): it projects to the pixel (311, 88), which is "
    "background",
    "",
    4.2,
    31.0};
const judge::Diagnosis kSwapMistake = {
    "swap_row_column",
    "rows and columns are swapped: the silhouette is read at (u, v) where (v, u) was meant."};

SubmissionReport one_failing() {
  PartReport part = part_with(carving_rubric(), Verdict::kPassed, Which::kPublic);
  find_fault(in(part, "p1.b.survivors"), kSwapped);
  in(part, "p1.b.survivors").diagnoses = {kSwapMistake};
  return submission("one_failing", std::move(part));
}

SubmissionReport partly_right() {
  PartReport part = part_with(carving_rubric(), Verdict::kPassed, Which::kPublic);
  judge::CheckResult& check = in(part, "p1.b.survivors");
  find_fault(check, kSwapped);
  check.verdict = Verdict::kPartial;
  check.points = 2.0;
  check.findings.insert(check.findings.begin(),
                        {"carve.empty", Verdict::kPassed, "", "", "", "", 1.0, 20.0});
  check.findings.push_back({"carve.two_boxes", Verdict::kTimeout, "an answer within 2.0 s",
                            "stopped after 2.0 s", "", "", 2000.0, 31.0});
  check.diagnoses = {kSwapMistake,
                     {"limits_swapped", "the limits of x and y are swapped before the loop."}};
  return submission("partly_right", std::move(part));
}

SubmissionReport everything_failing() {
  PartReport part = part_with(carving_rubric(), Verdict::kFailed, Which::kAll);
  for (judge::CheckResult& check : part.checks) {
    find_fault(check, kSwapped);
    check.diagnoses = {kSwapMistake};
  }
  find_fault(in(part, "p1.a.side"),
             {"grid.cube", Verdict::kFailed, "a side of 0.1", "0.215443", "", "", 0.1, 12.0});
  in(part, "p1.a.side").diagnoses = {
      {"side_is_volume", "the share of the volume is used as the side, without the cube root."}};
  find_fault(in(part, "p1.b.outside"), {"carve.beside", Verdict::kInvalidOutput,
                                        "\"voxels\" of F64 (N, 3)", "F64 (3, 411)", "", "", 1, 9});
  find_fault(in(part, "p1.d.box"), {"bounds.default", Verdict::kBlocked, "", "", "",
                                    "carve, which still throws", 1.0, 9.0});
  find_fault(in(part, "p1.b.moved"), {"carve.copy", Verdict::kForbidden, "no use of std::system",
                                      "called in carve.cpp:12", "", "", 1.0, 9.0});
  return submission("everything_failing", std::move(part));
}

SubmissionReport build_failure() {
  PartReport part = part_with(carving_rubric(), Verdict::kBuildFailed, Which::kPublic);
  part.diagnostics = {
      {"space_carving.cpp", 42, 17, "error", "use of undeclared identifier 'voxel_count'"},
      {"space_carving.cpp", 40, 7, "note", "'num_voxels' declared here"},
      {"space_carving.cpp", 57, 3, "error",
       "no matching function for call to 'cbrt'\ncandidate: expects 1 argument, 2 provided"},
      {"space_carving.cpp", 12, 9, "warning", "unused variable 'i'"}};
  return submission("build_failure", std::move(part));
}

SubmissionReport crash() {
  PartReport part = part_with(carving_rubric(), Verdict::kPassed, Which::kPublic);
  find_fault(in(part, "p1.b.outside"),
             {"carve.beside", Verdict::kCrashed, "412 of 8,000 voxels survive",
              "SIGSEGV: memory that is not the program's own was read or written",
              "in carve at space_carving.cpp:42", "", 3.0, 14.0});
  in(part, "p1.b.outside").diagnoses = {
      {"no_bounds_test", "pixels outside the image are looked up in the silhouette."}};
  return submission("crash", std::move(part));
}

SubmissionReport timeout() {
  PartReport part = part_with(carving_rubric(), Verdict::kPassed, Which::kPublic);
  find_fault(in(part, "p1.d.box"), {"bounds.ring", Verdict::kTimeout,
                                    "an answer within 2.0 s (the reference takes 41 ms)",
                                    "stopped after 2.0 s", "", "", 2004.0, 80.0});
  for (const char* check : {"p1.b.survivors", "p1.b.moved"}) {
    find_fault(in(part, check), {"one", Verdict::kNotAttempted, "", "", "", "", 0.0, 0.0});
  }
  return submission("timeout", std::move(part));
}

SubmissionReport refused() {
  SubmissionReport report;
  report.name = "refused";
  report.refused =
      "homework.zip unpacks to more than 64 MiB, which no submission needs: hand in the part files "
      "only, as `pset3 pack` does.";
  report.box_level = "L2 (namespaces, no cgroup)";
  report.wall_ms = 12.0;
  return report;
}

SubmissionReport our_fault() {
  PartReport part = part_with(carving_rubric(), Verdict::kPassed, Which::kAll);
  find_fault(in(part, "p1.b.moved"), {"carve.copy", Verdict::kGraderError, "", "",
                                      "the box could not be made: no space left", "", 0.0, 0.0});
  return submission("our_fault", std::move(part));
}

SubmissionReport two_parts() {
  SubmissionReport report =
      submission("two_parts", part_with(carving_rubric(), Verdict::kPassed, Which::kAll));
  report.parts.push_back(part_with(depth_rubric(), Verdict::kFailed, Which::kAll));
  find_fault(report.parts[1].checks[0],
             {"sampler.half", Verdict::kFailed, "the right half of the picture on the left",
              "the left half on the right", "", "", 1.0, 99.0});
  report.notes = {"depth.cpp is not a file of this assignment: did you mean sampler.cpp?"};
  return report;
}

SubmissionReport extra_credit() {
  static const judge::Rubric kRubric = make_extra_rubric();
  PartReport part = part_with(kRubric, Verdict::kPassed, Which::kAll);
  find_fault(in(part, "p3.a.loss"), {"loss.holes", Verdict::kFailed, "0", "nan", "", "", 1.0, 9.0});
  in(part, "p3.e.pretraining").verdict = Verdict::kPartial;
  in(part, "p3.e.pretraining").points = 2.5;
  return submission("extra_credit", std::move(part));
}

/// Four parts, in one of which something is written.
SubmissionReport four_parts() {
  SubmissionReport report = one_failing();
  report.name = "four_parts";
  static std::vector<judge::Rubric> rubrics(3, depth_rubric());
  for (std::size_t i = 0; i < rubrics.size(); ++i) {
    const bool before = i == 0;
    rubrics[i].part = before ? "p0" : "p" + std::to_string(i + 1);
    rubrics[i].title = "Part " + rubrics[i].part;
    rubrics[i].checks[0].id = rubrics[i].part + ".b.sampler";
    report.parts.insert(before ? report.parts.begin() : report.parts.end(),
                        part_with(rubrics[i], Verdict::kNotAttempted, Which::kAll));
  }
  // What it printed while it failed.
  in(report.parts[1], "p1.b.survivors").findings[0].printed = "voxels: 1377\n\x1b[31mred\n";
  return report;
}

}  // namespace

const judge::Rubric& carving_rubric() {
  static const judge::Rubric kRubric = make_carving_rubric();
  return kRubric;
}

const judge::Rubric& depth_rubric() {
  static const judge::Rubric kRubric = make_depth_rubric();
  return kRubric;
}

judge::CheckResult result(const judge::Rubric& rubric, const std::string& check,
                          judge::Verdict verdict) {
  for (const CheckSpec& spec : rubric.checks) {
    if (spec.id != check) continue;
    const double points = verdict == Verdict::kPassed ? spec.points : 0.0;
    judge::CheckResult result;
    result.check = check;
    result.verdict = verdict;
    result.points = points;
    result.max_points = spec.max_points();
    result.findings = {{"one", verdict, "", "", "", "", 1.5, 12.0}};
    return result;
  }
  throw std::invalid_argument("no check " + check);
}

PartReport part_with(const judge::Rubric& rubric, judge::Verdict verdict, Which which) {
  PartReport part;
  part.rubric = &rubric;
  for (const CheckSpec& spec : rubric.checks) {
    if (which == Which::kPublic && spec.visibility != Visibility::kPublic) continue;
    part.checks.push_back(result(rubric, spec.id, verdict));
  }
  return part;
}

judge::CheckResult& in(PartReport& part, const std::string& check) {
  for (judge::CheckResult& found : part.checks) {
    if (found.check == check) return found;
  }
  throw std::invalid_argument("no result of " + check);
}

std::map<std::string, SubmissionReport> all() {
  const judge::Rubric& rubric = carving_rubric();
  return {
      {"all_passed", submission("all_passed", part_with(rubric, Verdict::kPassed, Which::kPublic))},
      {"graded_in_full",
       submission("graded_in_full", part_with(rubric, Verdict::kPassed, Which::kAll))},
      {"untouched_starter",
       submission("untouched_starter", part_with(rubric, Verdict::kNotAttempted, Which::kPublic))},
      {"one_failing", one_failing()},
      {"partly_right", partly_right()},
      {"everything_failing", everything_failing()},
      {"build_failure", build_failure()},
      {"crash", crash()},
      {"timeout", timeout()},
      {"refused", refused()},
      {"our_fault", our_fault()},
      {"extra_credit", extra_credit()},
      {"four_parts", four_parts()},
      {"two_parts", two_parts()}};
}

}  // namespace pset3::report::samples
