#include "grader/pipeline/part_grader.hpp"

namespace pset3::pipeline {
namespace {

nlohmann::json provenance(const PreparedPart& part, const BuiltProgram& program) {
  nlohmann::json cases = nlohmann::json::object();
  for (const PreparedCase& item : part.cases()) {
    cases[item.spec->id] = {{"seed", item.seed},
                            {"input_sha256", item.box_input_hash},
                            {"time_limit_ms", part.limits().at(item.spec->id).count()}};
  }
  return {{"toolkit", part.toolkit().hash},
          {"program", program.key},
          {"missing_files", program.missing},
          {"flags", program.flags},
          {"run", part.options().draw.run},
          {"cases", cases}};
}

}  // namespace

report::PartReport judge_part(const PreparedPart& part, const PartRun& run) {
  report::PartReport report;
  report.rubric = &part.rubric();
  report.diagnostics = run.program.diagnostics;
  for (const judge::CheckSpec* check : run.checks) {
    const CheckEvidence evidence = evidence_for(part, *check, run);
    judge::CheckResult result = judge::judge_check(*check, evidence.cases, part.course().checks);
    judge::block_by_needs(*check, report.checks, result);
    report.checks.push_back(std::move(result));
  }
  report.provenance = provenance(part, run.program);
  return report;
}

report::PartReport PartGrader::grade(const std::map<std::string, std::string>& files,
                                     const std::set<std::string>& left_out) {
  const PartRun run = build_and_run(part_, files, part_.judged_checks(left_out));
  report::PartReport report = judge_part(part_, run);
  explainer_.explain(run, report.checks);
  return report;
}

}  // namespace pset3::pipeline
