// Submissions that write answers themselves. They know the protocol: it is no secret.

#include <gmock/gmock.h>

#include "tests/run/programs.hpp"

namespace pset3::run {
namespace {

using pset3::testing::carve_case;
using pset3::testing::carve_inputs;
using pset3::testing::carve_with;
using pset3::testing::CarveProgram;
using pset3::testing::survivors;
using ::testing::ElementsAre;

/// forge(nonce) writes a whole reply with two forged survivors to every descriptor that there is,
/// and to the driver's own through /proc. own_nonce() looks for this case's request on the stack.
const std::string kForger = R"code(
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cstring>
struct Forged {
  std::uint64_t magic = 0x3154'4553'5033'0a02, nonce = 0, payload_bytes = 0;
  std::uint32_t said = 1; std::int32_t status = 0;
  std::uint32_t message = 0, function = 0, frames = 0, unused = 0;
  double cpu = 0, peak = 0;
};
static std::string payload() {
  std::string header = R"({"survivors":{"dtype":"F64","shape":[2,3],"data_offsets":[0,48]}})";
header.resize((header.size() + 7) / 8 * 8, ' ');
const std::uint64_t size = header.size();
std::string file(reinterpret_cast<const char*>(&size), 8);
const double values[6] = {77, 0, 0, 78, 0, 0};
return file + header + std::string(reinterpret_cast<const char*>(values), 48);
}
static void put(const std::string& bytes) {
  for (int i = 0; i < 10; ++i) {
    fcntl(i, F_SETFL, O_NONBLOCK);
    (void)!write(i, bytes.data(), bytes.size());
  }
  const std::string path = "/proc/" + std::to_string(getppid()) + "/fd/3";
  const int fd = open(path.c_str(), O_WRONLY | O_NONBLOCK);
  if (fd >= 0) {
    (void)!write(fd, bytes.data(), bytes.size());
    close(fd);
  }
}
static void forge(std::uint64_t nonce) {
  Forged reply;
  reply.nonce = nonce;
  const std::string body = payload();
  reply.payload_bytes = body.size();
  put(std::string(reinterpret_cast<const char*>(&reply), sizeof reply) + body);
}
[[maybe_unused]] static std::uint64_t own_nonce() {
  std::uint64_t here = 0;
  volatile std::uint64_t* word = &here;
  for (int i = 0; i < 4000; ++i, ++word)
    if (*word == 0x3154'4553'5033'0a01) return word[1];
  return 0;
}
)code";

std::vector<CaseOutcome> run_two(const std::string& source) {
  std::vector<RunCase> cases = {carve_case(carve_inputs(2)), carve_case(carve_inputs(3))};
  for (RunCase& item : cases) item.time_limit = std::chrono::milliseconds(700);
  return CarveProgram(source).run(cases, 256ull << 20);
}

bool is_forged(const CaseOutcome& outcome) {
  if (outcome.ended != Ended::kReturned) return false;
  try {
    const std::vector<double> xs = survivors(outcome);
    return !xs.empty() && xs[0] == 77.0;
  } catch (const arrays::FormatError&) {
    return false;  // it spoiled its own output, which is its own affair
  }
}

TEST(Forgery, FromAConstructorIsNoAnswer) {
  const auto outcomes = run_two(
      carve_with("return voxels;", kForger + "struct Early { Early() { forge(1); } } early;\n"));
  for (const CaseOutcome& outcome : outcomes) {
    EXPECT_FALSE(is_forged(outcome));
    EXPECT_NE(outcome.ended, Ended::kBoxFailed);
  }
}

TEST(Forgery, OfAHelloAndAnAnswerFromAConstructorIsNoAnswer) {
  const auto outcomes = run_two(
      carve_with("return voxels;",
                 kForger + "struct Early { Early() { std::uint64_t hello = 0x3154'4553'5033'0a00;\n"
                           "  put(std::string(reinterpret_cast<char*>(&hello), 8));\n"
                           "  for (int i = 0; i < 8; ++i) forge(i); _exit(0); } } early;\n"));
  for (const CaseOutcome& outcome : outcomes) {
    EXPECT_FALSE(is_forged(outcome));
    EXPECT_NE(outcome.ended, Ended::kReturned);
  }
}

TEST(Forgery, WithoutTheNonceIsNoAnswer) {
  const auto outcomes = run_two(carve_with(
      "if (voxels.rows() == 2) for (int i = 0; i < 100; ++i) forge(i);\nreturn voxels;", kForger));
  EXPECT_FALSE(is_forged(outcomes[0]));
  EXPECT_FALSE(is_forged(outcomes[1]));
}

/// Whoever finds the nonce of a case may as well return wrong arrays from it: that is its own
/// affair. The next case has another nonce.
TEST(Forgery, WithTheNonceDoesNotAnswerForTheNextCase) {
  const auto outcomes =
      run_two(carve_with("const std::uint64_t nonce = own_nonce();\n"
                         "if (voxels.rows() == 2) for (int i = 0; i < 8; ++i) forge(nonce + i);\n"
                         "if (voxels.rows() == 2) for (;;) pause();\nreturn voxels;",
                         kForger));
  EXPECT_FALSE(is_forged(outcomes[1]));
  EXPECT_NE(outcomes[1].ended, Ended::kBoxFailed);
}

TEST(Forgery, OfGarbageIsNoAnswer) {
  const auto outcomes = run_two(carve_with(
      "if (voxels.rows() == 2) put(std::string(500, '\\x5a'));\nreturn voxels;", kForger));
  EXPECT_NE(outcomes[0].ended, Ended::kBoxFailed);
  EXPECT_FALSE(is_forged(outcomes[1]));
}

TEST(Forgery, WithoutEndIsEndedInTime) {
  const auto begin = std::chrono::steady_clock::now();
  const auto outcomes = run_two(carve_with(
      "if (voxels.rows() == 2) for (;;) put(std::string(5000, 'x'));\nreturn voxels;", kForger));
  EXPECT_NE(outcomes[0].ended, Ended::kReturned);
  EXPECT_NE(outcomes[0].ended, Ended::kBoxFailed);
  ASSERT_EQ(outcomes[1].ended, Ended::kReturned) << outcomes[1].message;
  EXPECT_THAT(survivors(outcomes[1]), ElementsAre(0.0, 1.0, 2.0));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

TEST(Forgery, ByADaemonThatOutlivesItsCaseEndsWithTheCase) {
  if (box::probe() < box::Level::kNamespaces) GTEST_SKIP() << "skipped: no process namespace";
  const auto outcomes =
      run_two(carve_with("if (voxels.rows() == 2) {\n"
                         "  if (fork() == 0) {\n"
                         "    setsid();\n"
                         "    if (fork() != 0) _exit(0);\n"
                         "    for (;;) { usleep(20000); forge(0); }\n"
                         "  }\n"
                         "  int status; wait(&status);\n"
                         "}\n"
                         "usleep(100000);\nreturn voxels;",
                         kForger));
  EXPECT_FALSE(is_forged(outcomes[0]));
  ASSERT_EQ(outcomes[1].ended, Ended::kReturned)
      << "the daemon still writes: " << outcomes[1].message;
  EXPECT_THAT(survivors(outcomes[1]), ElementsAre(0.0, 1.0, 2.0));
}

/// The page that a child leaves its report on is its own to write: no word in it may turn its
/// failure into ours.
TEST(Forgery, OfAnUnknownEndingIsNotOurFault) {
  const auto outcomes = run_two(carve_with(
      "FILE* file = fopen(\"/proc/self/maps\", \"r\");\n"
      "char line[512];\n"
      "while (file != nullptr && fgets(line, sizeof line, file) != nullptr) {\n"
      "  unsigned long begin = 0, end = 0; char shared = 0;\n"
      "  if (sscanf(line, \"%lx-%lx rw%*c%c\", &begin, &end, &shared) == 3 && shared == 's')\n"
      "    *reinterpret_cast<volatile int*>(begin) = 8;\n"
      "}\n_exit(0);",
      kForger + "#include <cstdio>\n"));
  for (const CaseOutcome& outcome : outcomes) {
    EXPECT_NE(outcome.ended, Ended::kReturned);
    EXPECT_NE(outcome.ended, Ended::kBoxFailed);
  }
}

}  // namespace
}  // namespace pset3::run
