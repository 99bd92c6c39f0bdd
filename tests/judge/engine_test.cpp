#include "grader/judge/engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <csignal>
#include <limits>

#include "grader/base/error.hpp"
#include "grader/judge/endings.hpp"
#include "grader/judge/findings.hpp"

namespace pset3::judge {
namespace {

using arrays::Array;
using arrays::Arrays;
using arrays::DType;
using run::CaseOutcome;
using run::Ended;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// A check that passes when "value" is 1.
Checks toy_checks() {
  Check check;
  check.judge = [](const CaseView& view) {
    const double value = get(view.outputs, "value").data<double>()[0];
    if (!(std::abs(value - 1.0) <= 1e-9)) return failed("1", std::to_string(value));
    return passed("1", "1");
  };
  check.sketch = sketch_arrays;
  Check lazy;
  lazy.judge = [](const CaseView&) { return CaseFinding{}; };
  Check broken;
  broken.judge = [](const CaseView&) -> CaseFinding { throw std::invalid_argument("\x1b[31mno"); };
  Check blocking;
  blocking.judge = [](const CaseView&) { return blocked("p1.a.side", "x", "y"); };
  return {{"toy", check}, {"lazy", lazy}, {"broken", broken}, {"blocking", blocking}};
}

CheckSpec toy_spec() {
  CheckSpec spec;
  spec.id = "p1.toy";
  spec.points = 1.0;
  spec.judge = "toy";
  spec.files = {"own.cpp", "other.cpp"};
  spec.functions = {"own"};
  return spec;
}

CaseOutcome returned(const Arrays& arrays) {
  CaseOutcome outcome;
  outcome.ended = Ended::kReturned;
  outcome.output = arrays::encode(arrays);
  outcome.wall_ms = 12.5;
  return outcome;
}

CaseOutcome returned_value(double value) {
  return returned({{"value", Array::of<double>({value})}});
}

CaseOutcome ended(Ended how, int code = 0, std::string message = "", std::string function = "") {
  CaseOutcome outcome;
  outcome.ended = how;
  outcome.code = code;
  outcome.message = std::move(message);
  outcome.function = std::move(function);
  return outcome;
}

const Arrays kInputs;
const Arrays kExpected = {{"value", Array::of<double>({1.0})}};
const arrays::ArraySpecs kSpecs = {{"value", arrays::exactly(DType::kF64, {1})}};

CheckResult judged(const CheckSpec& spec, const std::vector<CaseOutcome>& outcomes) {
  std::vector<CaseEvidence> evidence;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    evidence.push_back(
        {"case" + std::to_string(i), &kInputs, &kSpecs, &kExpected, &outcomes[i], ""});
  }
  return judge_check(spec, evidence, toy_checks());
}

CaseFinding finding_for(const CaseOutcome& outcome, const std::string& student_frame = "") {
  const CaseEvidence evidence{"case0", &kInputs, &kSpecs, &kExpected, &outcome, student_frame};
  return judge_check(toy_spec(), {evidence}, toy_checks()).findings.at(0);
}

TEST(Engine, GivesAVerdictForEveryEnding) {
  EXPECT_EQ(finding_for(returned_value(1)).verdict, Verdict::kPassed);
  EXPECT_EQ(finding_for(returned_value(2)).verdict, Verdict::kFailed);
  EXPECT_EQ(finding_for(ended(Ended::kNotImplemented, 0, "", "own")).verdict,
            Verdict::kNotAttempted);
  EXPECT_EQ(finding_for(ended(Ended::kThrew, 0, "std::out_of_range: at")).verdict,
            Verdict::kCrashed);
  EXPECT_EQ(finding_for(ended(Ended::kSignalled, SIGSEGV)).verdict, Verdict::kCrashed);
  EXPECT_EQ(finding_for(ended(Ended::kExited, 0)).verdict, Verdict::kCrashed);
  EXPECT_EQ(finding_for(ended(Ended::kTimeout)).verdict, Verdict::kTimeout);
  EXPECT_EQ(finding_for(ended(Ended::kOutOfMemory)).verdict, Verdict::kOutOfMemory);
  EXPECT_EQ(finding_for(ended(Ended::kProtocol)).verdict, Verdict::kInvalidOutput);
  EXPECT_EQ(finding_for(ended(Ended::kMissing, 0, "own.cpp")).verdict, Verdict::kNotAttempted);
  EXPECT_EQ(finding_for(ended(Ended::kNotBuilt, 0, "own.cpp")).verdict, Verdict::kBuildFailed);
  EXPECT_EQ(finding_for(ended(Ended::kNotBuilt, 0, "other.cpp")).verdict, Verdict::kBlocked);
  EXPECT_EQ(finding_for(ended(Ended::kBoxFailed)).verdict, Verdict::kGraderError);
}

TEST(Engine, SaysByWhatACheckIsBlocked) {
  const CaseFinding stub = finding_for(ended(Ended::kNotImplemented, 0, "", "carve"));
  EXPECT_EQ(stub.verdict, Verdict::kBlocked);
  EXPECT_EQ(stub.blocked_by, "carve");
  EXPECT_EQ(stub.got, "needs carve, which is not written yet");
  EXPECT_EQ(finding_for(ended(Ended::kNotBuilt, 0, "other.cpp")).blocked_by, "other.cpp");
}

TEST(Engine, PutsSignalsInWordsAndNamesThePlace) {
  const CaseFinding finding =
      finding_for(ended(Ended::kSignalled, SIGSEGV), "carve.cpp:42 in carve");
  EXPECT_EQ(finding.got,
            "segmentation fault: memory outside of an array was read or written (SIGSEGV)");
  EXPECT_EQ(finding.detail, "at carve.cpp:42 in carve");
  EXPECT_EQ(finding_for(ended(Ended::kSignalled, 60)).got, "the program was ended by signal 60");
}

std::string words_for_abort(const std::string& message) {
  return finding_for(ended(Ended::kSignalled, SIGABRT, message)).got;
}

TEST(Engine, TellsCausesOfACrashApart) {
  EXPECT_THAT(finding_for(ended(Ended::kSignalled, SIGSEGV, "stack overflow")).got,
              HasSubstr("a function calls itself without end"));
  EXPECT_EQ(words_for_abort("assertion failed: __n < this->size(), in T& "
                            "std::vector<double>::operator[](size_type)"),
            "an index is beyond the end of its array (std::vector)");
  EXPECT_EQ(words_for_abort("assertion failed: rows == 7, in carve"),
            "an assertion failed: rows == 7, in carve");
  EXPECT_THAT(words_for_abort("damaged memory: free(): invalid pointer"),
              AllOf(HasSubstr("damaged memory"), HasSubstr("(free(): invalid pointer)")));
  EXPECT_THAT(words_for_abort("terminate"), HasSubstr("neither joined nor detached"));
  EXPECT_THAT(words_for_abort("terminate: deep"), HasSubstr("noexcept"));
  EXPECT_THAT(words_for_abort(""), HasSubstr("abort: the program gave up"));
}

TEST(Engine, SaysThatGlobalVariablesDoNotFit) {
  EXPECT_THAT(
      finding_for(ended(Ended::kNotLoaded, 0, "/object: failed to map segment from shared object"))
          .got,
      HasSubstr("global variables take more memory"));
}

TEST(Engine, SaysThatThreadsRanOut) {
  const std::string text = "Resource temporarily unavailable";
  EXPECT_THAT(words_for_abort("terminate: " + text), HasSubstr("no more threads"));
  EXPECT_THAT(finding_for(ended(Ended::kThrew, 0, "std::system_error: " + text)).got,
              HasSubstr("no more threads"));
}

TEST(Engine, SaysThatThereIsNoGpuAndTakesItForNoKnownMistake) {
  const CaseOutcome no_gpu =
      ended(Ended::kThrew, 0, "c10::Error: PyTorch is not linked with support for cuda devices");
  EXPECT_THAT(finding_for(no_gpu).got, HasSubstr("asked for a GPU (CUDA), and there is none"));
  EXPECT_NE(ending_name(no_gpu), ending_name(ended(Ended::kThrew, 0, "c10::Error: wrong shape")));
}

TEST(Engine, MakesForeignTextPrintable) {
  const std::string hostile = "\x1b[2J\x1b]0;PASS\x07";
  for (const Ended how : {Ended::kThrew, Ended::kNotImplemented, Ended::kProtocol, Ended::kNotBuilt,
                          Ended::kBoxFailed, Ended::kSignalled}) {
    const CaseFinding finding = finding_for(ended(how, SIGSEGV, hostile, hostile), hostile);
    const std::string all = finding.expected + finding.got + finding.detail + finding.blocked_by;
    EXPECT_EQ(all.find('\x1b'), std::string::npos) << static_cast<int>(how);
    EXPECT_EQ(all.find('\x07'), std::string::npos) << static_cast<int>(how);
  }
}

TEST(Engine, NeverPassesWhatIsNotFinite) {
  for (const double value :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    const CaseFinding finding = finding_for(returned_value(value));
    EXPECT_EQ(finding.verdict, Verdict::kInvalidOutput);
    EXPECT_EQ(finding.got.find("value[0] is "), 0u) << finding.got;
  }
}

TEST(Engine, NamesTheFirstIndexThatIsNotFinite) {
  Array matrix(DType::kF32, {4, 3});
  matrix.data<float>()[7] = std::numeric_limits<float>::infinity();
  const CaseOutcome outcome = returned({{"value", matrix}});
  const arrays::ArraySpecs specs = {{"value", arrays::exactly(DType::kF32, {4, 3})}};
  const CheckResult result =
      judge_check(toy_spec(), {{"case", &kInputs, &specs, &kExpected, &outcome}}, toy_checks());
  EXPECT_EQ(result.findings[0].got, "value[2, 1] is inf");
}

TEST(Engine, RefusesWrongNamesTypesShapesAndBytes) {
  for (const Arrays& arrays :
       {Arrays{{"other", Array::of<double>({1})}}, Arrays{{"value", Array::of<float>({1})}},
        Arrays{{"value", Array::of<double>({1, 1})}}, Arrays{}}) {
    EXPECT_EQ(finding_for(returned(arrays)).verdict, Verdict::kInvalidOutput);
  }
  CaseOutcome garbage = ended(Ended::kReturned);
  garbage.output = "PASS";
  EXPECT_EQ(finding_for(garbage).verdict, Verdict::kInvalidOutput);
}

TEST(Engine, DoesNotPassWithoutAWordFromTheJudge) {
  CheckSpec spec = toy_spec();
  spec.judge = "lazy";
  EXPECT_EQ(judged(spec, {returned_value(1)}).verdict, Verdict::kFailed);
  EXPECT_EQ(judged(spec, {returned_value(1)}).points, 0.0);
}

TEST(Engine, TakesTheBlameForAJudgeThatThrows) {
  CheckSpec spec = toy_spec();
  spec.judge = "broken";
  const CheckResult result = judged(spec, {returned_value(1)});
  EXPECT_EQ(result.verdict, Verdict::kGraderError);
  EXPECT_EQ(result.findings[0].got.find('\x1b'), std::string::npos);
}

TEST(Engine, RefusesAMissingJudgeAndAnEmptyListOfCases) {
  CheckSpec spec = toy_spec();
  EXPECT_THROW(judged(spec, {}), GraderError);
  spec.judge = "tov";
  EXPECT_THROW(judged(spec, {returned_value(1)}), InputError);
  const CaseOutcome outcome = returned_value(1);
  EXPECT_THROW(
      judge_check(toy_spec(), {{"case", &kInputs, nullptr, &kExpected, &outcome}}, toy_checks()),
      GraderError);
}

TEST(Engine, WantsAllCasesUnlessTheCheckIsPartial) {
  CheckSpec spec = toy_spec();
  const std::vector<CaseOutcome> mixed = {returned_value(1), returned_value(2), returned_value(1)};
  EXPECT_EQ(judged(spec, mixed).verdict, Verdict::kFailed);
  EXPECT_EQ(judged(spec, mixed).points, 0.0);
  spec.partial = true;
  EXPECT_EQ(judged(spec, mixed).verdict, Verdict::kPartial);
  EXPECT_EQ(judged(spec, mixed).points, 0.666666667);
  EXPECT_EQ(judged(spec, {returned_value(2), returned_value(3)}).verdict, Verdict::kFailed);
  EXPECT_EQ(judged(spec, {returned_value(1), returned_value(1)}).verdict, Verdict::kPassed);
  EXPECT_EQ(judged(spec, {returned_value(1), returned_value(1)}).points, 1.0);
}

TEST(Engine, GivesExtraCreditOnTopOfWhatThereIs) {
  CheckSpec spec = toy_spec();
  spec.extra = true;
  const CheckResult passed = judged(spec, {returned_value(1)});
  EXPECT_EQ(passed.points, 1.0);
  EXPECT_EQ(passed.max_points, 0.0);
  EXPECT_EQ(judged(spec, {returned_value(2)}).points, 0.0);
}

TEST(Engine, ReportsTheMostTellingOfSeveralVerdicts) {
  const CheckSpec spec = toy_spec();
  const CaseOutcome crash = ended(Ended::kSignalled, SIGSEGV);
  const CaseOutcome stub = ended(Ended::kNotImplemented, 0, "", "own");
  const CaseOutcome other_stub = ended(Ended::kNotImplemented, 0, "", "other");
  EXPECT_EQ(judged(spec, {other_stub, stub}).verdict, Verdict::kNotAttempted);
  EXPECT_EQ(judged(spec, {returned_value(2), crash}).verdict, Verdict::kCrashed);
  EXPECT_EQ(judged(spec, {other_stub, returned_value(2)}).verdict, Verdict::kFailed);
  EXPECT_EQ(judged(spec, {returned_value(1), other_stub}).verdict, Verdict::kBlocked);
  EXPECT_EQ(judged(spec, {crash, ended(Ended::kBoxFailed)}).verdict, Verdict::kGraderError);
}

CheckResult result_of(const std::string& check, Verdict verdict) {
  CheckResult result;
  result.check = check;
  result.verdict = verdict;
  CaseFinding finding;
  finding.verdict = verdict;
  result.findings = {finding};
  return result;
}

TEST(Engine, BlocksWhatFailsAfterACheckThatItNeeds) {
  CheckSpec spec = toy_spec();
  spec.needs = {"p1.first", "p1.second"};
  const auto verdict_after = [&](Verdict first, Verdict own) {
    CheckResult result = result_of("p1.toy", own);
    block_by_needs(spec.needs,
                   {result_of("p1.first", Verdict::kPassed), result_of("p1.second", first)},
                   result);
    const bool blocked = result.verdict == Verdict::kBlocked;
    EXPECT_EQ(result.findings[0].blocked_by, blocked ? "p1.second" : "");
    EXPECT_EQ(result.findings[0].verdict, result.verdict);
    return result.verdict;
  };
  EXPECT_EQ(verdict_after(Verdict::kFailed, Verdict::kFailed), Verdict::kBlocked);
  EXPECT_EQ(verdict_after(Verdict::kNotAttempted, Verdict::kCrashed), Verdict::kBlocked);
  EXPECT_EQ(verdict_after(Verdict::kFailed, Verdict::kPassed), Verdict::kPassed);
  EXPECT_EQ(verdict_after(Verdict::kPassed, Verdict::kFailed), Verdict::kFailed);
  EXPECT_EQ(verdict_after(Verdict::kFailed, Verdict::kNotAttempted), Verdict::kNotAttempted);
  EXPECT_EQ(verdict_after(Verdict::kFailed, Verdict::kBuildFailed), Verdict::kBuildFailed);
  EXPECT_EQ(verdict_after(Verdict::kFailed, Verdict::kGraderError), Verdict::kGraderError);
}

TEST(Engine, LeavesAPartialCheckOpenWhenACaseWasOurFault) {
  CheckSpec spec = toy_spec();
  spec.partial = true;
  EXPECT_EQ(judged(spec, {returned_value(1), ended(Ended::kBoxFailed)}).verdict,
            Verdict::kGraderError);
}

TEST(Engine, KeepsTheOrderTimesAndNamesOfCases) {
  const CheckResult result = judged(toy_spec(), {returned_value(2), returned_value(1)});
  ASSERT_EQ(result.findings.size(), 2u);
  EXPECT_EQ(result.findings[0].case_id, "case0");
  EXPECT_EQ(result.findings[1].case_id, "case1");
  EXPECT_EQ(result.findings[0].wall_ms, 12.5);
  EXPECT_EQ(result.max_points, 1.0);
}

TEST(Verdicts, HaveNamesThatLeadBackToThem) {
  for (int i = 0; i <= static_cast<int>(Verdict::kGraderError); ++i) {
    const auto verdict = static_cast<Verdict>(i);
    EXPECT_EQ(verdict_named(name_of(verdict)), verdict);
  }
  EXPECT_THROW(verdict_named("PASS"), InputError);
}

}  // namespace
}  // namespace pset3::judge
