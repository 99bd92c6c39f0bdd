#include <gmock/gmock.h>

#include <csignal>

#include "tests/run/programs.hpp"

namespace pset3::run {
namespace {

using pset3::testing::carve_case;
using pset3::testing::carve_with;
using pset3::testing::CarveProgram;
using pset3::testing::solution;
using pset3::testing::survivors;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Ending : CaseOutcome {
  std::string student_frame;
};

Ending run_one(const std::string& source, std::uint64_t memory_bytes = 512ull << 20) {
  const CarveProgram program(source);
  const CaseOutcome outcome = program.run({carve_case()}, memory_bytes).at(0);
  return {outcome, build::student_frame(program.file(), outcome.addresses)};
}

TEST(Endings, AReturnBringsTheArrays) {
  const Ending outcome = run_one(solution("carve.cpp"));
  ASSERT_EQ(outcome.ended, Ended::kReturned) << outcome.message;
  EXPECT_THAT(survivors(outcome), ElementsAre(0.0, 2.0));
  EXPECT_GT(outcome.wall_ms, 0.0);
  EXPECT_GT(outcome.peak_mib, 1.0);
}

TEST(Endings, AStubNamesItsFunction) {
  const Ending outcome = run_one(carve_with("PSET3_TODO();"));
  EXPECT_EQ(outcome.ended, Ended::kNotImplemented);
  EXPECT_EQ(outcome.function, "carve");
}

TEST(Endings, ASegmentationFaultTellsTheStudentsLine) {
  const Ending outcome =
      run_one(carve_with("volatile int* nowhere = nullptr;\n"
                         "*nowhere = 1;\n"
                         "return voxels;"));
  EXPECT_EQ(outcome.ended, Ended::kSignalled);
  EXPECT_EQ(outcome.code, SIGSEGV);
  EXPECT_THAT(outcome.student_frame, StartsWith("carve.cpp:6 in "));
  EXPECT_THAT(outcome.student_frame, HasSubstr("carve"));
}

TEST(Endings, AStackThatOverflowsIsASegmentationFault) {
  const Ending outcome = run_one(
      carve_with("volatile int depth = 0;\nfall(depth);\nreturn voxels;",
                 "static int fall(volatile int& n) { volatile char room[4096]; room[0] = 1;\n"
                 "  ++n; return fall(n) + room[0]; }\n"));
  EXPECT_EQ(outcome.ended, Ended::kSignalled);
  EXPECT_EQ(outcome.code, SIGSEGV);
  EXPECT_THAT(outcome.student_frame, StartsWith("carve.cpp:"));
  EXPECT_EQ(outcome.message, "stack overflow");
}

TEST(Endings, AnArrayLargerThanTheStackIsAStackOverflow) {
  const Ending outcome =
      run_one(carve_with("volatile char room[200 << 20];\n"
                         "for (int i = (200 << 20) - 1; i >= 0; i -= 4096) room[i] = 1;\n"
                         "return voxels;"));
  EXPECT_EQ(outcome.code, SIGSEGV);
  EXPECT_EQ(outcome.message, "stack overflow");
}

TEST(Endings, AVectorsIndexBeyondItsEndTellsWhatDidNotHold) {
  const Ending outcome =
      run_one(carve_with("std::vector<double> few(3);\n"
                         "Voxels out = voxels;\n"
                         "out(0, 0) = few[static_cast<std::size_t>(voxels.rows())];\n"
                         "return out;"));
  EXPECT_EQ(outcome.ended, Ended::kSignalled);
  EXPECT_EQ(outcome.code, SIGABRT);
  EXPECT_THAT(outcome.message, StartsWith("assertion failed: __n < this->size(), in "));
  EXPECT_THAT(outcome.message, HasSubstr("std::vector"));
  EXPECT_THAT(outcome.student_frame, StartsWith("carve.cpp:7 in carve"));
}

TEST(Endings, AFailedAssertTellsItsCondition) {
  const Ending outcome =
      run_one(carve_with("assert(voxels.rows() == 7);\nreturn voxels;", "#include <cassert>\n"));
  EXPECT_EQ(outcome.code, SIGABRT);
  EXPECT_THAT(outcome.message, StartsWith("assertion failed: voxels.rows() == 7"));
  EXPECT_THAT(outcome.student_frame, StartsWith("carve.cpp:6 in carve"));
}

TEST(Endings, DamagedMemoryTellsWhatGlibcFound) {
  const Ending outcome = run_one(carve_with(
      "void* volatile p = malloc(100); free(p); free(p);\nreturn voxels;", "#include <cstdlib>\n"));
  EXPECT_EQ(outcome.code, SIGABRT);
  EXPECT_THAT(outcome.message, StartsWith("damaged memory: "));
  EXPECT_THAT(outcome.message, HasSubstr("free()"));
}

TEST(Endings, AnExceptionThatLeavesANoexceptFunctionTellsItsText) {
  const Ending outcome =
      run_one(carve_with("fall();\nreturn voxels;",
                         "static void fall() noexcept { throw std::runtime_error(\"deep\"); }\n"));
  EXPECT_EQ(outcome.ended, Ended::kThrew);
  EXPECT_EQ(outcome.message, "std::runtime_error: deep");
  EXPECT_THAT(outcome.student_frame, StartsWith("carve.cpp:2 in "));
}

TEST(Endings, AThreadThatNobodyJoinedIsTold) {
  const Ending outcome =
      run_one(carve_with("{ std::thread t([] {}); }\nreturn voxels;", "#include <thread>\n"));
  EXPECT_EQ(outcome.code, SIGABRT);
  EXPECT_EQ(outcome.message, "terminate");
}

TEST(Endings, AnAbortOfItsOwnHasNoCause) {
  const Ending outcome =
      run_one(carve_with("std::abort();\nreturn voxels;", "#include <cstdlib>\n"));
  EXPECT_EQ(outcome.code, SIGABRT);
  EXPECT_EQ(outcome.message, "");
}

TEST(Endings, AnIndexOutOfRangeTellsTypeAndLine) {
  const Ending outcome =
      run_one(carve_with("std::vector<double> few(3);\n"
                         "Voxels out = voxels;\n"
                         "out(0, 0) = few.at(static_cast<std::size_t>(voxels.rows()));\n"
                         "return out;"));
  EXPECT_EQ(outcome.ended, Ended::kThrew);
  EXPECT_THAT(outcome.message, StartsWith("std::out_of_range: "));
  EXPECT_THAT(outcome.student_frame, StartsWith("carve.cpp:7 in carve"));
}

TEST(Endings, AMatrixElementOutOfRangeTellsTypeAndLine) {
  const Ending outcome =
      run_one(carve_with("Voxels out = voxels;\n"
                         "out(0, 0) = camera.silhouette.at<uchar>(camera.silhouette.rows, 0);\n"
                         "return out;"));
  EXPECT_EQ(outcome.ended, Ended::kThrew);
  EXPECT_THAT(outcome.message, StartsWith("cv::Exception: "));
  EXPECT_THAT(outcome.student_frame, StartsWith("carve.cpp:6 in carve"));
}

TEST(Endings, AnEigenAssertionTellsTypeAndLine) {
  const Ending outcome =
      run_one(carve_with("Voxels out = voxels;\n"
                         "out.row(voxels.rows() + 5).setZero();\n"
                         "return out;"));
  EXPECT_EQ(outcome.ended, Ended::kThrew);
  EXPECT_THAT(outcome.message, StartsWith("std::logic_error: Eigen: "));
  EXPECT_THAT(outcome.student_frame, StartsWith("carve.cpp:6 in carve"));
}

TEST(Endings, AnUnknownExceptionHasItsTypesName) {
  const Ending outcome = run_one(carve_with("throw 7;"));
  EXPECT_EQ(outcome.ended, Ended::kThrew);
  EXPECT_EQ(outcome.message, "int");
  EXPECT_THAT(outcome.student_frame, StartsWith("carve.cpp:5 in carve"));
}

TEST(Endings, AnAbortIsASignal) {
  const Ending outcome = run_one(carve_with("std::abort();"));
  EXPECT_EQ(outcome.ended, Ended::kSignalled);
  EXPECT_EQ(outcome.code, SIGABRT);
  EXPECT_THAT(outcome.student_frame, StartsWith("carve.cpp:5 in carve"));
}

TEST(Endings, AnExitInsideOfTheFunctionIsNoAnswer) {
  for (const char* exit : {"std::exit(0);", "_exit(0);", "std::quick_exit(0);"}) {
    const Ending outcome = run_one(carve_with(exit, "#include <unistd.h>\n#include <cstdlib>\n"));
    EXPECT_EQ(outcome.ended, Ended::kExited) << exit;
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.output, "");
  }
}

TEST(Endings, AnExitInAConstructorIsNoAnswerForAnyCase) {
  const CarveProgram program(carve_with(
      "return voxels;", "#include <cstdlib>\nstruct Early { Early() { std::exit(0); } } early;\n"));
  for (const CaseOutcome& outcome : program.run({carve_case(), carve_case()})) {
    EXPECT_EQ(outcome.ended, Ended::kExited);
    EXPECT_EQ(outcome.output, "");
  }
}

TEST(Endings, AMemoryBombIsOutOfMemory) {
  const Ending outcome =
      run_one(carve_with("std::vector<std::vector<char>> all;\n"
                         "for (;;) all.emplace_back(16 << 20, static_cast<char>(all.size()));"),
              256ull << 20);
  EXPECT_EQ(outcome.ended, Ended::kOutOfMemory) << outcome.message;
}

TEST(Endings, AnOutputOverItsCapIsNotTaken) {
  const Ending outcome = run_one(carve_with("return Voxels::Zero(100000, 3);"));
  EXPECT_EQ(outcome.ended, Ended::kProtocol);
  EXPECT_THAT(outcome.message, HasSubstr("at most 65536"));
  EXPECT_EQ(outcome.output, "");
}

TEST(Endings, TextThatTheFunctionPrintsIsNoAnswer) {
  const Ending outcome =
      run_one(carve_with("std::cout << std::string(1 << 20, 'P') << \"PASS\" << std::endl;\n"
                         "std::cerr << std::string(1 << 20, 'E') << std::endl;\nreturn voxels;",
                         "#include <iostream>\n"));
  ASSERT_EQ(outcome.ended, Ended::kReturned) << outcome.message;
  EXPECT_THAT(survivors(outcome), ElementsAre(0.0, 1.0, 2.0, 3.0));
}

TEST(Endings, AFunctionThatTheDriverDoesNotHaveIsNoAnswer) {
  RunCase run_case = carve_case();
  run_case.function = "shave";
  const CaseOutcome outcome = CarveProgram(solution("carve.cpp")).run({run_case}).at(0);
  EXPECT_EQ(outcome.ended, Ended::kProtocol);
  EXPECT_THAT(outcome.message, HasSubstr("does not have the function"));
}

}  // namespace
}  // namespace pset3::run
