#include "grader/pipeline/part_grader.hpp"

#include "grader/judge/one_bug.hpp"
#include "grader/pipeline/pictures.hpp"
#include "grader/pipeline/printed.hpp"
#include "grader/pipeline/stand_ins.hpp"

namespace pset3::pipeline {
namespace {

nlohmann::json provenance(const PreparedPart& part, const BuiltProgram& program) {
  nlohmann::json cases = nlohmann::json::object();
  for (const PreparedCase& item : part.cases()) {
    cases[item.spec->id] = {{"seed", item.seed},
                            {"input_sha256", item.box_input_hash},
                            {"time_limit_ms", part.limits().at(item.spec->id).count()}};
  }
  return {{"toolkit", part.toolkit().hash},   {"program", program.key},
          {"missing_files", program.missing}, {"flags", program.flags},
          {"run", part.options().draw.run},   {"cases", cases}};
}

}  // namespace

report::PartReport PartGrader::grade(const std::map<std::string, std::string>& files,
                                     const std::set<std::string>& left_out) {
  const bool once = part_.rubric().one_bug == judge::OneBug::kOnce;
  const JudgedPart judged = judge_with_stand_ins(part_, files, part_.judged_checks(left_out));
  report::PartReport report;
  report.rubric = &part_.rubric();
  report.diagnostics = judged.own.program.diagnostics;
  report.checks = judged.results;
  explainer_.explain(judged.deciding(), report.checks);
  judge::block_by_needs(part_.rubric(), report.checks);
  if (once) judge::count_bugs_once(part_.rubric(), explainer_.known(), report.checks);
  if (part_.options().pictures) {
    report.pictures = pictures_of(part_, pictures_, judged, report.checks);
  }
  add_what_was_printed(part_, judged.deciding(), report.checks);
  report.provenance = provenance(part_, judged.own.program);
  return report;
}

}  // namespace pset3::pipeline
