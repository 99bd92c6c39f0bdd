#include "grader/box/path_names.hpp"

#include <gtest/gtest.h>

namespace pset3::box {
namespace {

PathNames names() {
  PathNames names;
  names.add("/data/views", "../my views");
  names.add("/out", "results");
  return names;
}

TEST(PathNames, AreThoseOfTheUser) {
  EXPECT_EQ(names().in("/data/views"), "../my views");
  EXPECT_EQ(names().in("error: /data/views/a.png: found \"/out/b\".\n"),
            "error: ../my views/a.png: found \"results/b\".\n");
  EXPECT_EQ(names().in("from /data/views, to /out."), "from ../my views, to results.");
  EXPECT_EQ(names().in("--out=/out"), "--out=results");
  EXPECT_EQ(names().in("/out:/out"), "results:results");
}

TEST(PathNames, LeaveOtherPathsAlone) {
  for (const char* const text : {"/data/views2", "/outer", "/data", "/home/out", "/home/ann/out",
                                 "./out", "//out", "~/out", "and/out", "/out_", "/out-2", ""}) {
    EXPECT_EQ(names().in(text), text);
  }
}

TEST(PathNames, AreOfTheLongestPath) {
  PathNames names;
  names.add("/room", "a");
  names.add("/room/out", "b");
  EXPECT_EQ(names.in("/room/x /room/out/x /room/outer"), "a/x b/x a/outer");
}

TEST(PathNames, ThatLookLikePathsAreNotReplacedAgain) {
  PathNames names;
  names.add("/data", "/out");
  names.add("/out", "/data");
  EXPECT_EQ(names.in("/data/1 /out/2"), "/out/1 /data/2");
}

TEST(RelayedText, IsTheSameHoweverItIsCutIntoPieces) {
  const std::string text = "/data/views/1 /data/view /ou /out/data/views /out /outer/ /data/views";
  const std::string expected =
      "../my views/1 /data/view /ou results/data/views results /outer/ ../my views";
  for (std::size_t size = 1; size <= text.size(); ++size) {
    RelayedText relayed(names());
    std::string shown;
    for (std::size_t at = 0; at < text.size(); at += size) {
      shown += relayed.add(text.substr(at, size));
    }
    EXPECT_EQ(shown + relayed.rest(), expected) << size;
  }
}

TEST(RelayedText, WaitsOnlyForWhatMayBecomeAPath) {
  RelayedText relayed(names());
  EXPECT_EQ(relayed.add("3 of 7\r"), "3 of 7\r");
  EXPECT_EQ(relayed.add("3/7, from /da"), "3/7, from ");
  EXPECT_EQ(relayed.add("rk"), "/dark");
  EXPECT_EQ(relayed.add(" /out"), " ");
  EXPECT_EQ(relayed.rest(), "results");
}

}  // namespace
}  // namespace pset3::box
