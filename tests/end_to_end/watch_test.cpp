#include <csignal>

#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::HasSubstr;

std::size_t count_of(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    ++count;
  }
  return count;
}

class Watch : public Desk {
 protected:
  bool reports(const Process& process, std::size_t count) const {
    return wait_until([&] { return count_of(process.out(), "Watching hw3") >= count; });
  }
};

TEST_F(Watch, JudgesAgainAfterEachEditAndEndsWithCtrlC) {
  const fs::path file = solution("hw3") / "p1_space_carving/carve.cpp";
  const auto process = start({"check", "p1.b.untouched", "--dir", "hw3", "--watch"});
  ASSERT_TRUE(reports(*process, 1)) << process->err();
  EXPECT_EQ(count_of(process->out(), "2 of 2 points so far"), 1U);
  write_file(file, "broken " + read_file(file));
  ASSERT_TRUE(reports(*process, 2));
  EXPECT_THAT(process->out(), HasSubstr("carve.cpp:1:1: error"));
  EXPECT_THAT(process->out(), HasSubstr(" Since the last check: 2 points fewer.\n"));
  process->signal(SIGINT);
  EXPECT_EQ(process->wait(), 0) << process->err();
  EXPECT_FALSE(is_named_by_a_process(shared_cache().string()));
}

TEST_F(Watch, NoticesANewArchive) {
  solution("hw3");
  const auto pack = [&] {
    Process zip({"zip", "-qr", "../hw3.zip", "p1_space_carving"}, {}, path("hw3"));
    ASSERT_EQ(zip.wait(), 0);
  };
  pack();
  const auto process = start({"check", "p1.a.side", "--dir", "hw3.zip", "--watch"});
  ASSERT_TRUE(reports(*process, 1)) << process->err();
  write_file(path("hw3/p1_space_carving/carve.cpp"), "// another one\n");
  pack();
  EXPECT_TRUE(reports(*process, 2));
}

}  // namespace
}  // namespace pset3::end_to_end
