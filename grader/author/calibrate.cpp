#include "grader/author/calibrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>

#include "grader/base/error.hpp"
#include "grader/base/parallel.hpp"
#include "grader/judge/answer.hpp"
#include "grader/pipeline/cases.hpp"
#include "grader/pipeline/mistakes.hpp"
#include "grader/pipeline/program.hpp"
#include "grader/pipeline/runs.hpp"

namespace pset3::author {
namespace {

using pipeline::Measured;

/// Deviations are taken for at least this: twenty equal values do not mean that all are.
constexpr double kLeastDeviation = 0.005;
constexpr std::chrono::minutes kLimit(5);

double chance_below(double threshold, const Measured& measured) {
  const double deviation = std::max(measured.deviation, kLeastDeviation);
  return 0.5 * std::erfc((measured.mean - threshold) / deviation / std::sqrt(2.0));
}

/// The value that a right solution misses and a mistake exceeds with the same chance.
double as_unlikely(const Measured& reference, const Measured& mistake) {
  const double above = std::max(reference.deviation, kLeastDeviation);
  const double below = std::max(mistake.deviation, kLeastDeviation);
  return (reference.mean * below + mistake.mean * above) / (above + below);
}

/// The z for which a normal value is below it with a chance.
double normal_quantile(double chance) {
  double low = -10.0;
  double high = 10.0;
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    (0.5 * std::erfc(-middle / std::sqrt(2.0)) < chance ? low : high) = middle;
  }
  return low;
}

/// One program on one case of one draw.
struct Job {
  std::string check;
  std::string mistake;  ///< empty = the reference
  int draw = 0;
};

class Calibrator {
 public:
  Calibrator(const pipeline::Course& course, const judge::Rubric& rubric,
             const pipeline::Store& store)
      : course_(course),
        rubric_(rubric),
        store_(store),
        toolkit_(build::prepare_toolkit(course.home, rubric.part, rubric.folder, rubric.libraries)),
        patches_(pipeline::read_patches(course.fixtures(rubric), pipeline::PatchKind::kMistake,
                                        rubric)) {}

  std::vector<Job> jobs(const CalibrateOptions& options) const {
    std::vector<Job> all;
    for (const judge::CheckSpec& check : rubric_.checks) {
      if (!course_.checks.at(check.judge).metric) continue;
      if (check.cases.size() != 1) {
        throw InputError("check " + check.id + " has a metric and must have exactly one case");
      }
      for (int i = 0; i < options.reference_draws; ++i) all.push_back({check.id, "", i});
      for (const pipeline::Patch& patch : patches_) {
        if (std::count(patch.fails.begin(), patch.fails.end(), check.id) == 0) continue;
        for (int i = 0; i < options.mistake_draws; ++i) all.push_back({check.id, patch.name, i});
      }
    }
    return all;
  }

  /// @returns the metric; 0 for a program that gave nothing to measure.
  double measure(const Job& job) const {
    const judge::CheckSpec& check = *rubric_.find_check(job.check);
    judge::CaseSpec spec = rubric_.case_named(check.cases[0]);
    spec.hidden = true;  // so that its seed is drawn
    const std::vector<pipeline::PreparedCase> cases = {
        pipeline::prepare_case(course_, rubric_, spec, {"calibrate", fmt::format("{}", job.draw)})};
    const pipeline::PartContext part{course_, rubric_, toolkit_, store_};
    const pipeline::BuiltProgram program = pipeline::build_program(part, files_of(job.mistake));
    const pipeline::Outcomes outcomes =
        pipeline::run_stored(part, program, cases, {{spec.id, kLimit}});
    judge::CaseEvidence evidence{spec.id, &cases[0].judge_inputs, &cases[0].outputs, nullptr,
                                 &outcomes.at(spec.id).outcome};
    const bool returned = evidence.outcome->ended == run::Ended::kReturned;
    if (job.mistake.empty() && !returned) {
      throw GraderError("the reference fails on " + spec.id + ": " + evidence.outcome->message);
    }
    if (!returned) return 0.0;
    const judge::Answer answer = judge::read_answer(evidence);
    if (!answer.valid()) return 0.0;
    return course_.checks.at(check.judge)
        .metric.value({check, cases[0].judge_inputs, {}, answer.outputs});
  }

  const judge::Metric& metric_of(const std::string& check) const {
    return course_.checks.at(rubric_.find_check(check)->judge).metric;
  }

 private:
  std::map<std::string, std::string> files_of(const std::string& mistake) const {
    const auto solution = course_.solution(rubric_);
    if (mistake.empty()) return pipeline::read_files(solution, rubric_.files);
    const auto patch = std::find_if(patches_.begin(), patches_.end(),
                                    [&](const auto& other) { return other.name == mistake; });
    return pipeline::apply_patch(*patch, solution, rubric_.files);
  }

  const pipeline::Course& course_;
  const judge::Rubric& rubric_;
  const pipeline::Store& store_;
  build::Toolkit toolkit_;
  std::vector<pipeline::Patch> patches_;
};

}  // namespace

Measured measured(std::vector<double> values) {
  Measured result{std::move(values), 0.0, 0.0};
  const auto count = static_cast<double>(result.values.size());
  result.mean = std::accumulate(result.values.begin(), result.values.end(), 0.0) / count;
  double squares = 0.0;
  for (const double value : result.values) squares += std::pow(value - result.mean, 2);
  result.deviation = count > 1.0 ? std::sqrt(squares / (count - 1.0)) : 0.0;
  return result;
}

double tolerance_factor(std::size_t count, double coverage, double confidence) {
  const auto n = static_cast<double>(count);
  const double z_coverage = normal_quantile(coverage);
  const double z_confidence = normal_quantile(confidence);
  const double a = 1.0 - z_confidence * z_confidence / (2.0 * (n - 1.0));
  const double b = z_coverage * z_coverage - z_confidence * z_confidence / n;
  return (z_coverage + std::sqrt(z_coverage * z_coverage - a * b)) / a;
}

void choose_threshold(pipeline::CheckCalibration& check) {
  const double deviation = std::max(check.reference.deviation, kLeastDeviation);
  const double lowest =
      check.reference.mean - tolerance_factor(check.reference.values.size()) * deviation;
  check.threshold = lowest;
  if (!check.mistakes.empty()) {
    const Measured* best = &check.mistakes.begin()->second;
    for (const auto& [name, mistake] : check.mistakes) {
      if (mistake.mean > best->mean) best = &mistake;
    }
    const double middle =
        std::max(0.5 * (lowest + best->mean), as_unlikely(check.reference, *best));
    check.threshold = std::min(lowest, middle);
  }
  check.false_fail = chance_below(check.threshold, check.reference);
  for (const auto& [name, mistake] : check.mistakes) {
    check.false_passes[name] = 1.0 - chance_below(check.threshold, mistake);
  }
}

pipeline::Calibration calibrate(const pipeline::Course& course, const judge::Rubric& rubric,
                                const pipeline::Store& store, const CalibrateOptions& options,
                                const Progress& progress) {
  const Calibrator calibrator(course, rubric, store);
  const std::vector<Job> jobs = calibrator.jobs(options);
  std::vector<double> values(jobs.size());
  std::mutex telling;
  std::size_t done = 0;
  parallel_for(static_cast<int>(jobs.size()), [&](int index) {
    const auto i = static_cast<std::size_t>(index);
    values[i] = calibrator.measure(jobs[i]);
    const std::lock_guard lock(telling);
    const std::string who = jobs[i].mistake.empty() ? "reference" : jobs[i].mistake;
    progress(fmt::format("{}: {}, draw {}", jobs[i].check, who, jobs[i].draw), done++, jobs.size());
  });
  std::map<std::string, std::map<std::string, std::vector<double>>> by_check;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    by_check[jobs[i].check][jobs[i].mistake].push_back(values[i]);
  }
  pipeline::Calibration calibration;
  for (auto& [id, programs] : by_check) {
    pipeline::CheckCalibration& check = calibration[id];
    check.metric = calibrator.metric_of(id).name;
    for (auto& [name, sample] : programs) {
      (name.empty() ? check.reference : check.mistakes[name]) = measured(std::move(sample));
    }
    choose_threshold(check);
  }
  return calibration;
}

std::string to_text(const pipeline::Calibration& calibration) {
  std::string text;
  for (const auto& [id, check] : calibration) {
    text += fmt::format("{}: {}, at least {:.4f}\n", id, check.metric, check.threshold);
    text += fmt::format("  {:<40} {:.4f} ± {:.4f}   falls below with {:.1e}\n", "reference",
                        check.reference.mean, check.reference.deviation, check.false_fail);
    for (const auto& [name, mistake] : check.mistakes) {
      text += fmt::format("  {:<40} {:.4f} ± {:.4f}   gets above with {:.1e}\n", name, mistake.mean,
                          mistake.deviation, check.false_passes.at(name));
    }
  }
  return text;
}

}  // namespace pset3::author
