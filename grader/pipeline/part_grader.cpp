#include "grader/pipeline/part_grader.hpp"

#include <algorithm>
#include <future>

#include "grader/base/error.hpp"
#include "grader/base/hash.hpp"
#include "grader/judge/one_bug.hpp"
#include "grader/judge/only_where.hpp"
#include "grader/judge/relation.hpp"
#include "grader/pipeline/kept.hpp"
#include "grader/pipeline/pictures.hpp"
#include "grader/pipeline/printed.hpp"
#include "grader/pipeline/stand_ins.hpp"

namespace pset3::pipeline {
namespace {

/// Whether the same would come out again: no case that a busy machine has spoilt, no fault of ours.
bool is_final(const PartRun& run) {
  const bool all_kept = std::all_of(run.outcomes.begin(), run.outcomes.end(),
                                    [](const auto& item) { return item.second.is_kept; });
  return all_kept && (run.without_it == nullptr || is_final(*run.without_it));
}

bool is_final(const JudgedPart& judged) {
  const bool no_fault = std::none_of(
      judged.results.begin(), judged.results.end(),
      [](const auto& result) { return result.verdict == judge::Verdict::kGraderError; });
  return no_fault && is_final(judged.own) &&
         std::all_of(judged.mixed.begin(), judged.mixed.end(),
                     [](const auto& run) { return is_final(*run); });
}

/// Once more after a fault of ours: something may have killed a box, or the machine was full.
template <typename Work>
auto tried_twice(const Work& work) {
  try {
    return work();
  } catch (const GraderError&) {
    return work();
  }
}

}  // namespace

PartGrader::PartGrader(const Course& course, const judge::Rubric& rubric, const Store& store,
                       PartOptions options)
    : course_(course),
      rubric_(rubric),
      store_(store),
      options_(std::move(options)),
      toolkit_(tried_twice([&] { return prepare_part_toolkit(course, rubric); })),
      origin_(origin_of(course, rubric, toolkit_, options_)) {
  if (options_.pictures) pictures_ = read_picture_rules(course.fixtures(rubric));
  if (options_.only_what_changed) part();
}

const PreparedPart& PartGrader::part() {
  std::call_once(is_prepared_, [&] {
    if (options_.progress) options_.progress("preparing " + rubric_.part);
    part_ = tried_twice([&] {
      return std::make_unique<PreparedPart>(course_, rubric_, store_, options_, toolkit_);
    });
    explainer_ = std::make_unique<Explainer>(*part_);
    is_ready_ = true;
  });
  return *part_;
}

nlohmann::json PartGrader::provenance(const BuiltProgram& program,
                                      const std::map<std::string, std::string>& files) const {
  nlohmann::json cases = nlohmann::json::object();
  for (const PreparedCase& item : part_->cases()) {
    cases[item.spec->id] = {{"seed", item.seed},
                            {"input_sha256", item.box_input_hash},
                            {"time_limit_ms", part_->limits().at(item.spec->id).count()}};
  }
  nlohmann::json hashes = nlohmann::json::object();
  for (const auto& [name, bytes] : files) hashes[name] = hash_of(bytes);
  return {{"toolkit", toolkit_.hash},
          {"program", program.key},
          {"missing_files", program.missing},
          {"flags", program.flags},
          {"run", options_.draw.run},
          {"cases", cases},
          {"files", hashes},
          {"submission", key_of_files(rubric_, files)},
          {"made_with", origin_.to_json()}};
}

report::PartReport PartGrader::grade(const std::map<std::string, std::string>& files,
                                     const std::set<std::string>& left_out) {
  if (!options_.keeps_verdicts) {
    prepare_while_building(files);
    return judge(files, left_out, "");
  }
  Hasher hasher;
  hasher.add(options_.pictures ? "verdicts and pictures 1" : "verdicts 1");
  hasher.add(origin_.key()).add(key_of_files(rubric_, files));
  for (const std::string& check : left_out) hasher.add(check);
  const std::string key = hasher.hex();
  if (std::optional<report::PartReport> kept = kept_report(store_, key)) {
    kept->rubric = &rubric_;
    return *kept;
  }
  keep_files(store_, key_of_files(rubric_, files), files);
  prepare_while_building(files);
  return judge(files, left_out, key);
}

/// The first files are compiled beside the preparation, which takes as long. What comes of it is in
/// the store; a fault comes again where it is judged.
void PartGrader::prepare_while_building(const std::map<std::string, std::string>& files) {
  std::future<void> building;
  if (!is_ready_) {
    building = std::async(std::launch::async, [&] {
      try {
        build_program({course_, rubric_, toolkit_, store_, false, !options_.only_stored}, files);
      } catch (const std::exception&) {
      }
    });
  }
  try {
    part();
  } catch (const std::exception&) {
    throw CannotPrepare{std::current_exception()};
  }
}

namespace {

/// Says what wrong numbers have to do with the right ones.
/// @param runs  the run that decided each of `checks`, in their order.
void say_relations(const PreparedPart& part, const std::vector<const PartRun*>& runs,
                   std::vector<judge::CheckResult>& checks) {
  for (std::size_t i = 0; i < checks.size(); ++i) {
    if (!judge::can_be_blocked(checks[i].verdict)) continue;
    const judge::CheckSpec& spec = *part.rubric().find_check(checks[i].check);
    // Where something is learnt, numbers differ for many reasons.
    if (part.course().checks.at(spec.judge).metric) continue;
    judge::say_relation(evidence_for(part, spec, *runs.at(i)).cases, checks[i]);
  }
}

}  // namespace

report::PartReport PartGrader::judge(const std::map<std::string, std::string>& files,
                                     const std::set<std::string>& left_out,
                                     const std::string& key) {
  const JudgedPart judged = judge_with_stand_ins(*part_, files, part_->judged_checks(left_out));
  report::PartReport report;
  report.rubric = &rubric_;
  report.diagnostics = judged.own.program.diagnostics;
  report.checks = judged.results;
  const Explained explained = explainer_->explain(judged.deciding(), report.checks);
  judge::block_by_needs(rubric_, report.checks);
  if (rubric_.one_bug == judge::OneBug::kOnce) {
    judge::count_bugs_once(rubric_, explainer_->known(), explained.fitting, report.checks);
  }
  judge::say_where(rubric_, report.checks);
  say_relations(*part_, judged.deciding(), report.checks);
  if (options_.pictures) {
    report.pictures = pictures_of(*part_, pictures_, judged, report.checks);
  }
  add_what_was_printed(*part_, judged.deciding(), report.checks);
  report.provenance = provenance(judged.own.program, files);
  if (!key.empty() && explained.all_work && is_final(judged)) {
    try {
      keep_report(store_, key, report);
    } catch (const GraderError&) {
      // A full disk: the verdicts hold all the same.
    }
  }
  return report;
}

}  // namespace pset3::pipeline
