#include "grader/box/command.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace pset3::box {
namespace {

const std::vector<Bind> kBinds = {{"/host/a", "/src"}, {"/host/deep", "/src/deep"}};

TEST(WithHostPaths, ReplacesWholePathsAtTheStartOfAWord) {
  EXPECT_EQ(with_host_paths("/src", kBinds), "/host/a");
  EXPECT_EQ(with_host_paths("/src/x.cpp", kBinds), "/host/a/x.cpp");
  EXPECT_EQ(with_host_paths("/srcs/x.cpp", kBinds), "/srcs/x.cpp");
  EXPECT_EQ(with_host_paths("/usr/src/x.cpp", kBinds), "/usr/src/x.cpp");
}

TEST(WithHostPaths, PrefersTheLongestPath) {
  EXPECT_EQ(with_host_paths("/src/deep/x", kBinds), "/host/deep/x");
}

TEST(WithHostPaths, SeesPathsInOptions) {
  EXPECT_EQ(with_host_paths("-I/src", kBinds), "-I/host/a");
  EXPECT_EQ(with_host_paths("--out=/src/o", kBinds), "--out=/host/a/o");
  EXPECT_EQ(with_host_paths("/src:/src/deep:/usr", kBinds), "/host/a:/host/deep:/usr");
}

BoxSpec small_spec() {
  BoxSpec spec;
  spec.argv = {"/usr/bin/true"};
  return spec;
}

TEST(CommandOf, RemountsTheRootAfterAllBinds) {
  BoxSpec spec = small_spec();
  spec.read_only = {{"/host/in", "/in"}};
  spec.writable = {{"/host/out", "/out"}};
  const std::vector<std::string> words = command_of(spec, Level::kNamespaces, "/stub");
  const auto place = [&](const std::string& word) {
    return std::find(words.begin(), words.end(), word) - words.begin();
  };
  const auto remount = std::find(words.begin(), words.end(), "--remount-ro");
  ASSERT_NE(remount, words.end());
  EXPECT_GT(remount - words.begin(), std::max(place("/out"), place("/in")));
  EXPECT_LT(remount - words.begin(), place("--"));
}

TEST(CommandOf, LimitsMemoryBySizeOnlyWhereNoCgroupDoes) {
  using ::testing::Contains;
  using ::testing::Not;
  using ::testing::StartsWith;
  EXPECT_THAT(command_of(small_spec(), Level::kNamespaces, "/stub"), Contains("data=2147483648"));
  EXPECT_THAT(command_of(small_spec(), Level::kCgroup, "/stub"),
              Not(Contains(StartsWith("data="))));
}

}  // namespace
}  // namespace pset3::box
