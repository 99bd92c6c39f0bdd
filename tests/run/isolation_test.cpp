// Submissions that try to leave something for their next case. Each case answers with a number of
// the submission's: 1 where nothing of an earlier case is seen.

#include <gmock/gmock.h>

#include "grader/run/protocol.hpp"
#include "tests/run/programs.hpp"

namespace pset3::run {
namespace {

using pset3::testing::carve_case;
using pset3::testing::carve_inputs;
using pset3::testing::carve_with;
using pset3::testing::CarveProgram;
using pset3::testing::solution;
using pset3::testing::survivors;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kHeaders = R"code(
#include <fcntl.h>
#include <sys/ipc.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>
)code";

/// The answers of three cases to `number`, the body of a function that returns an int.
std::vector<double> answers(const std::string& number, const std::string& before = "") {
  const CarveProgram program(
      carve_with("Voxels out(1, 3);\nout << number(), 0, 0;\nreturn out;",
                 kHeaders + before + "static int number() {\n" + number + "\n}\n"));
  std::vector<double> all;
  for (const CaseOutcome& outcome : program.run({carve_case(), carve_case(), carve_case()})) {
    EXPECT_EQ(outcome.ended, Ended::kReturned) << outcome.message;
    if (outcome.ended != Ended::kReturned) continue;
    all.push_back(survivors(outcome).at(0));
  }
  return all;
}

TEST(Isolation, AStaticVariableStartsAnew) {
  EXPECT_THAT(answers("static int calls = 0; return ++calls;"), ElementsAre(1, 1, 1));
}

TEST(Isolation, AConstructorRunsInEachCase) {
  EXPECT_THAT(answers("return count;",
                      "static int count = 0;\nstatic struct Early { Early() { ++count; } } early;"),
              ElementsAre(1, 1, 1));
}

/// A variable that the process which forks has at the same address, were it there at all.
TEST(Isolation, TheDriversMemoryCannotBeWritten) {
  EXPECT_THAT(
      answers("const std::string path = \"/proc/\" + std::to_string(getppid()) + \"/mem\";\n"
              "const int fd = open(path.c_str(), O_RDWR);\n"
              "int seen = calls + 1;\n"
              "if (fd >= 0) (void)!pwrite(fd, &seen, sizeof seen, (off_t)&calls);\n"
              "return fd >= 0 ? 100 + seen : seen;",
              "static int calls = 0;"),
      ElementsAre(1, 1, 1));
}

TEST(Isolation, NothingOfTheDriverCanBeRead) {
  EXPECT_THAT(answers("int open_files = 1;\n"
                      "for (const char* name : {\"environ\", \"maps\", \"mem\", \"auxv\"}) {\n"
                      "  const std::string path = \"/proc/\" + std::to_string(getppid()) + '/' + "
                      "name;\n"
                      "  char byte;\n"
                      "  const int fd = open(path.c_str(), O_RDONLY);\n"
                      "  if (fd >= 0 && read(fd, &byte, 1) == 1) ++open_files;\n"
                      "}\nreturn open_files;"),
              ElementsAre(1, 1, 1));
}

TEST(Isolation, SharedMemoryOfSystemVIsNotThere) {
  EXPECT_THAT(answers("const int id = shmget(77, 4096, IPC_CREAT | 0600);\n"
                      "if (id < 0) return 1;\n"
                      "return ++*static_cast<int*>(shmat(id, nullptr, 0));"),
              ElementsAre(1, 1, 1));
}

TEST(Isolation, NoFileCanBeLeft) {
  EXPECT_THAT(answers("int found = 1;\n"
                      "for (const char* folder : {\"/tmp\", \"/dev/shm\", \"/var/tmp\", \"/\", "
                      "\"/dev\", \"/proc/self\"}) {\n"
                      "  const std::string path = std::string(folder) + \"/left\";\n"
                      "  if (access(path.c_str(), F_OK) == 0) ++found;\n"
                      "  std::ofstream(path) << 1;\n"
                      "}\nreturn found;"),
              ElementsAre(1, 1, 1));
}

TEST(Isolation, FlagsOfTheOutputAreNotShared) {
  EXPECT_THAT(answers("const int flags = fcntl(2, F_GETFL);\n"
                      "fcntl(2, F_SETFL, flags | O_NONBLOCK);\n"
                      "fcntl(1, F_SETPIPE_SZ, 4096);\n"
                      "return 1 + ((flags & O_NONBLOCK) != 0);"),
              ElementsAre(1, 1, 1));
}

TEST(Isolation, LimitsAndPriorityOfTheDriverStay) {
  EXPECT_THAT(answers("rlimit limit{};\n"
                      "getrlimit(RLIMIT_NOFILE, &limit);\n"
                      "const rlimit less{limit.rlim_cur - 1, limit.rlim_max};\n"
                      "prlimit(getppid(), RLIMIT_NOFILE, &less, nullptr);\n"
                      "const int nice = getpriority(PRIO_PROCESS, 0);\n"
                      "setpriority(PRIO_PROCESS, getppid(), nice + 1);\n"
                      "static const auto first = limit.rlim_cur;\n"
                      "return 1 + (first % 2 != 0) + nice;"),
              ElementsAre(1, 1, 1));
}

/// The driver's own functions are not to be replaced: they are in another object.
TEST(Isolation, OwnFunctionsOfTheSystemsNamesReachNobodyElse) {
  const CarveProgram program(
      "extern \"C\" long write(int, const void*, unsigned long n) { return (long)n; }\n" +
      solution("carve.cpp"));
  const auto outcomes = program.run({carve_case(), carve_case()});
  for (const CaseOutcome& outcome : outcomes) {
    ASSERT_EQ(outcome.ended, Ended::kReturned) << outcome.message;
    EXPECT_THAT(survivors(outcome), ElementsAre(0.0, 2.0));
    EXPECT_GE(outcome.cpu_ms, 0.0);
    EXPECT_LT(outcome.cpu_ms, 1e4);
  }
}

TEST(Isolation, WhatACasePrintsIsItsOwn) {
  const CarveProgram program(
      carve_with("std::printf(\"%d voxels\\n\", (int)voxels.rows()); std::fflush(stdout);\n"
                 "return voxels;",
                 "#include <cstdio>\n"));
  const auto outcomes = program.run({carve_case(carve_inputs(2)), carve_case(carve_inputs(3))});
  EXPECT_EQ(outcomes[0].text, "2 voxels\n");
  EXPECT_EQ(outcomes[1].text, "3 voxels\n");
}

/// Everything that a case says goes through the driver, of which the next case's process is a copy.
TEST(Isolation, NothingThatACaseSaidIsInTheNextOnesMemory) {
  EXPECT_THAT(
      answers(
          "char mark[] = {'Q', 'z', '7', ':', 0};\n"
          "int most = 0;\n"
          "std::ifstream maps(\"/proc/self/maps\");\n"
          "for (std::string line; std::getline(maps, line);) {\n"
          "  unsigned long at = 0, end = 0;\n"
          "  char mode[5] = {};\n"
          "  std::sscanf(line.c_str(), \"%lx-%lx %4s\", &at, &end, mode);\n"
          "  if (mode[0] != 'r' || mode[1] != 'w') continue;\n"
          "  for (; at + 8 < end; ++at) {\n"
          "    const char* byte = reinterpret_cast<const char*>(at);\n"
          "    if (std::memcmp(byte, mark, 4) != 0 || byte[4] < '0' || byte[4] > '9') continue;\n"
          "    if (byte[4] - '0' > most) most = byte[4] - '0';\n"
          "  }\n"
          "}\n"
          "for (int i = 0; i < 500; ++i) std::printf(\"%s%d \", mark, most + 1);\n"
          "std::fflush(stdout);\n"
          "return most + 1;"),
      ElementsAre(1, 1, 1));
}

/// The next case's process has no copy of what this one was asked either.
TEST(Isolation, NothingThatACaseWasGivenIsInTheNextOnesMemory) {
  const CarveProgram program(carve_with(
      "const double x = voxels(0, 0);\nint found = 0;\n"
      "std::ifstream maps(\"/proc/self/maps\");\n"
      "for (std::string line; std::getline(maps, line);) {\n"
      "  if (line.find(\"[heap]\") == std::string::npos) continue;\n"
      "  unsigned long at = 0, end = 0;\n"
      "  std::sscanf(line.c_str(), \"%lx-%lx\", &at, &end);\n"
      "  for (; at + 8 < end; at += 8) {\n"
      "    const double value = *reinterpret_cast<const double*>(at);\n"
      "    if (value > 4e5 && value < 6e5 && value == std::floor(value) && value != x) ++found;\n"
      "  }\n}\nVoxels out(1, 3);\nout << found, 0, 0;\nreturn out;",
      kHeaders + std::string("#include <cmath>\n")));
  std::vector<RunCase> cases;
  for (const double first : {411111.0, 522222.0}) {
    arrays::Arrays inputs = carve_inputs(300);
    for (int i = 0; i < 900; ++i) inputs.at("voxels").data<double>()[i] = first;
    cases.push_back(carve_case(inputs));
  }
  const auto outcomes = program.run(cases);
  for (const CaseOutcome& outcome : outcomes) {
    ASSERT_EQ(outcome.ended, Ended::kReturned) << outcome.message;
    EXPECT_THAT(survivors(outcome), ElementsAre(0.0));
  }
}

TEST(Isolation, EndlessTextIsCut) {
  const CarveProgram program(
      carve_with("for (int i = 0; i < 100000; ++i) std::printf(\"line %d\\n\", i);\n"
                 "std::fflush(stdout);\nreturn voxels;",
                 "#include <cstdio>\n"));
  const auto outcomes = program.run({carve_case()});
  EXPECT_EQ(outcomes[0].ended, Ended::kReturned);
  EXPECT_EQ(outcomes[0].text.size(), kMaxTextBytes);
}

TEST(Limits, CountProcessorTime) {
  RunCase item = carve_case();
  item.time_limit = std::chrono::milliseconds(300);
  const CarveProgram sleeper(carve_with("usleep(600000);\nreturn voxels;", kHeaders));
  const auto slept = sleeper.run({item});
  EXPECT_EQ(slept[0].ended, Ended::kReturned) << "it sleeps as long as on a busy machine";
  const CarveProgram spinner(carve_with("for (volatile int i = 0;; i = i + 1) {}"));
  const auto spun = spinner.run({item});
  EXPECT_EQ(spun[0].ended, Ended::kTimeout);
  EXPECT_GE(spun[0].cpu_ms, 250.0);
}

TEST(Limits, EndASleeperOnTheWallClock) {
  RunCase item = carve_case();
  item.time_limit = std::chrono::milliseconds(100);
  const auto outcomes = CarveProgram(carve_with("for (;;) pause();", kHeaders)).run({item});
  EXPECT_EQ(outcomes[0].ended, Ended::kTimeout);
  EXPECT_GE(outcomes[0].wall_ms, 1300.0);
  EXPECT_LT(outcomes[0].wall_ms, 10'000.0);
}

TEST(Limits, TheBudgetIsForAllCases) {
  const CarveProgram program(carve_with("for (;;) pause();", kHeaders));
  RunOptions options;
  options.threads = 1;
  options.budget = std::chrono::milliseconds(2000);
  std::vector<RunCase> cases(40, carve_case());
  for (RunCase& item : cases) item.time_limit = std::chrono::milliseconds(100);
  const auto begin = std::chrono::steady_clock::now();
  const auto outcomes = program.run(cases, options);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  ASSERT_EQ(outcomes.size(), 40u);
  EXPECT_NE(outcomes[0].message, kBudgetUsedUp);
  EXPECT_EQ(outcomes[39].ended, Ended::kTimeout);
  EXPECT_EQ(outcomes[39].message, kBudgetUsedUp);
}

TEST(Loading, AnExceptionOfAGlobalVariableIsTold) {
  const CarveProgram program(
      carve_with("return voxels;",
                 "#include <stdexcept>\nstatic int load() { throw "
                 "std::runtime_error(\"no table.txt\"); }\nstatic int table = load();\n"));
  const CaseOutcome outcome = program.run({carve_case()}).at(0);
  EXPECT_EQ(outcome.ended, Ended::kThrew);
  EXPECT_TRUE(outcome.while_loading);
  EXPECT_THAT(outcome.message, HasSubstr("no table.txt"));
  EXPECT_THAT(build::student_frame(program.file(), outcome.addresses),
              HasSubstr("carve.cpp:3 in load"));
}

TEST(Loading, AnExceptionOfAThreadIsTold) {
  const CarveProgram program(
      carve_with("std::thread worker([] { throw std::runtime_error(\"in a thread\"); });\n"
                 "worker.join();\nreturn voxels;",
                 "#include <stdexcept>\n#include <thread>\n"));
  const CaseOutcome outcome = program.run({carve_case()}).at(0);
  EXPECT_EQ(outcome.ended, Ended::kThrew);
  EXPECT_FALSE(outcome.while_loading);
  EXPECT_THAT(outcome.message, HasSubstr("in a thread"));
}

TEST(Loading, ASlowConstructorCostsItsCaseAlone) {
  const CarveProgram program(carve_with(
      "return voxels;",
      std::string(kHeaders) + "static struct Early { Early() { for (;;) pause(); } } early;\n"));
  RunCase item = carve_case();
  item.time_limit = std::chrono::milliseconds(100);
  const CaseOutcome outcome = program.run({item}).at(0);
  EXPECT_EQ(outcome.ended, Ended::kTimeout);
  EXPECT_LT(outcome.wall_ms, 10'000.0);
}

}  // namespace
}  // namespace pset3::run
