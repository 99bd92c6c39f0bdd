#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "grader/box/box.hpp"
#include "tests/box/levels.hpp"

// What goes in and comes out: input, results and printed text, within their deadlines.
namespace pset3::box {
namespace {

using std::chrono::milliseconds;

Box::Clock::time_point in(int ms) { return Box::Clock::now() + milliseconds(ms); }

class BoxChannels : public AtLevel {};

TEST_P(BoxChannels, KeepsWhatIsPrintedApart) {
  const BoxExit exit = run(shell("echo to out; echo to err >&2"));
  EXPECT_EQ(exit.out, "to out\n");
  EXPECT_EQ(exit.err, "to err\n");
}

TEST_P(BoxChannels, CapsWhatIsPrinted) {
  BoxSpec spec = shell("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2");
  spec.limits.text_bytes = 1000;
  const BoxExit exit = run(spec);
  EXPECT_EQ(exit.ending, Ending::kExited);
  EXPECT_EQ(exit.out.size(), 1000u);
  EXPECT_EQ(exit.err.size(), 1000u);
}

TEST_P(BoxChannels, HandsOverInputAndDropsResults) {
  const BoxExit exit =
      run(shell("head -c 2000000 /dev/zero >&3; wc -c"), std::string(300'000, 'x'));
  EXPECT_EQ(exit.out, "300000\n");
}

TEST_P(BoxChannels, EndsWhenABigInputIsNotRead) {
  const BoxExit exit = run(shell("exit 3"), std::string(5'000'000, 'x'));
  EXPECT_EQ(exit.ending, Ending::kExited);
  EXPECT_EQ(exit.code, 3);
}

TEST_P(BoxChannels, TimesOutWhenABigInputIsNeverRead) {
  BoxSpec spec = shell("sleep 100");
  spec.limits.wall = milliseconds(300);
  const BoxExit exit = run(spec, std::string(5'000'000, 'x'));
  EXPECT_EQ(exit.ending, Ending::kTimeout);
}

TEST_P(BoxChannels, SendsAndReceivesMoreThanAPipeHolds) {
  Box box(shell("cat >&3"));
  std::string sent;
  for (int i = 0; i < 700'000; ++i) sent += static_cast<char>(i * 7 % 251);
  ASSERT_TRUE(box.send(sent, in(5000)));
  box.close_input();
  std::string received = "before";
  EXPECT_EQ(box.receive(sent.size(), received, in(5000)), Box::Received::kAll);
  EXPECT_TRUE(received == "before" + sent);
  EXPECT_EQ(box.receive(1, received, in(5000)), Box::Received::kEnd);
  EXPECT_EQ(box.finish().code, 0);
}

TEST_P(BoxChannels, AnswersSeveralTimes) {
  Box box(shell("while read line; do echo \"got $line\" >&3; done"));
  for (const std::string& word : std::vector<std::string>{"one", "two", "six"}) {
    ASSERT_TRUE(box.send(word + "\n", in(3000)));
    std::string answer;
    ASSERT_EQ(box.receive(8, answer, in(3000)), Box::Received::kAll);
    EXPECT_EQ(answer, "got " + word + "\n");
  }
  EXPECT_EQ(box.finish().ending, Ending::kExited);
}

TEST_P(BoxChannels, TellsThatTheProgramEndedWhileSending) {
  Box box(shell("exit 4"));
  EXPECT_FALSE(box.send(std::string(5'000'000, 'x'), in(5000)));
  EXPECT_EQ(box.finish().code, 4);
}

TEST_P(BoxChannels, TellsTheDeadlineWhileSending) {
  Box box(shell("sleep 100"));
  const auto before = Box::Clock::now();
  EXPECT_FALSE(box.send(std::string(5'000'000, 'x'), in(200)));
  EXPECT_LT(Box::Clock::now() - before, milliseconds(1500));
}

TEST_P(BoxChannels, KeepsReadingTextWhileReceiving) {
  Box box(shell("head -c 2000000 /dev/zero; head -c 2000000 /dev/zero >&2; echo done >&3"));
  std::string result;
  EXPECT_EQ(box.receive(5, result, in(5000)), Box::Received::kAll);
  EXPECT_EQ(result, "done\n");
}

TEST_P(BoxChannels, KeepsTheDeadlineAgainstEndlessText) {
  Box box(shell("cat /dev/zero"));
  std::string result;
  const auto before = Box::Clock::now();
  EXPECT_EQ(box.receive(1, result, in(300)), Box::Received::kDeadline);
  EXPECT_LT(Box::Clock::now() - before, milliseconds(1500));
  EXPECT_EQ(box.kill().ending, Ending::kSignalled);
}

TEST_P(BoxChannels, KeepsTheBytesThatCameBeforeTheEnd) {
  Box box(shell("printf abc >&3"));
  std::string result;
  EXPECT_EQ(box.receive(10, result, in(5000)), Box::Received::kEnd);
  EXPECT_EQ(result, "abc");
}

TEST_P(BoxChannels, KillsAtOnce) {
  Box box(shell("sleep 100"));
  const auto before = Box::Clock::now();
  EXPECT_EQ(box.kill().ending, Ending::kSignalled);
  EXPECT_LT(Box::Clock::now() - before, milliseconds(1500));
  EXPECT_EQ(box.finish().ending, Ending::kSignalled) << "the same answer again";
  EXPECT_FALSE(box.send("x", in(10)));
}

INSTANTIATE_TEST_SUITE_P(Levels, BoxChannels, ::testing::ValuesIn(kEveryLevel), level_name);

}  // namespace
}  // namespace pset3::box
