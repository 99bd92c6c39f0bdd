#include "tests/handouts/handouts.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace pset3::handouts {
namespace {

using testing::Contains;
using testing::HasSubstr;

// What a link of a page leads to: a file, and where it has one, an anchor in that file.
void expect_target(const std::filesystem::path& page, const std::string& target) {
  if (target.find("://") != std::string::npos) {
    return;
  }
  const std::size_t hash = target.find('#');
  const std::string path = target.substr(0, hash);
  const std::filesystem::path file = path.empty() ? page : page.parent_path() / path;
  ASSERT_TRUE(std::filesystem::exists(file)) << page << " links to " << target;
  if (hash != std::string::npos) {
    std::vector<std::string> anchors;
    for (const std::string& heading : headings_of(contents_of(file))) {
      anchors.push_back(anchor_of(heading));
    }
    EXPECT_THAT(anchors, Contains(target.substr(hash + 1))) << page << " links to " << target;
  }
}

TEST(Handouts, HaveLinksThatLeadSomewhere) {
  ASSERT_GE(pages().size(), 7U);
  for (const std::filesystem::path& page : pages()) {
    for (const std::string& target :
         all_matches(without_code(contents_of(page)), "\\]\\(([^)\\s]+)\\)")) {
      expect_target(page, target);
    }
  }
}

TEST(Handouts, ShowEveryFigureThatIsKept) {
  std::string all;
  for (const std::filesystem::path& page : pages()) {
    all += contents_of(page);
  }
  const std::string readme = contents_of(source_folder() / "README.md");
  for (const auto& entry :
       std::filesystem::directory_iterator(source_folder() / "handouts" / "figures")) {
    const std::string name = entry.path().filename().string();
    // Not EXPECT_THAT, which would print all the handouts.
    EXPECT_TRUE(all.find("](figures/" + name + ")") != std::string::npos ||
                readme.find("](handouts/figures/" + name + ")") != std::string::npos)
        << name << " is shown nowhere";
    EXPECT_LT(entry.file_size(), 200'000U) << entry.path();
  }
}

TEST(Handouts, HaveAHeadingForEverySectionOfARubric) {
  ASSERT_EQ(parts().size(), 5U);
  for (const Part& part : parts()) {
    const std::vector<std::string> headings = headings_of(contents_of(part.handout));
    for (const auto& check : part.rubric.at("checks")) {
      EXPECT_THAT(headings, Contains(check.at("section").get<std::string>()))
          << part.handout << ", " << check.at("id");
    }
  }
}

TEST(Handouts, BeginWithThePointsOfTheRubric) {
  for (const Part& part : parts()) {
    std::map<std::string, double> points;  // by a question's letter
    for (const char* kind : {"checks", "manual"}) {
      for (const auto& item : part.rubric.value(kind, nlohmann::json::array())) {
        const std::string id = item.at("id").get<std::string>();
        points[id.substr(id.find('.') + 1, 1)] += item.at("points").get<double>();
      }
    }
    const std::string text = contents_of(part.handout);
    for (const auto& [letter, sum] : points) {
      EXPECT_THAT(text.substr(0, text.find("You hand in")),
                  HasSubstr(fmt::format("({}) {:g}", letter, sum)))
          << part.handout;
    }
  }
}

TEST(Handouts, NameEveryFileThatIsHandedIn) {
  for (const Part& part : parts()) {
    const std::string text = contents_of(part.handout);
    std::set<std::string> files;
    for (const auto& check : part.rubric.at("checks")) {
      for (const auto& file : check.at("files")) {
        files.insert(file.get<std::string>());
      }
    }
    for (const std::string& file : files) {
      EXPECT_THAT(text.substr(0, text.find("\n\n", text.find("You hand in"))), HasSubstr(file));
    }
  }
}

// Code hosts and pandoc agree on this much of TeX: nothing but a closed pair of dollars.
TEST(Handouts, CloseTheirFormulas) {
  for (const std::filesystem::path& page : pages()) {
    const std::string text = without_code(contents_of(page));
    std::size_t at = 0;
    for (std::size_t end = 0; end != std::string::npos; at = end + 2) {
      end = text.find("\n\n", at);
      const std::string paragraph = text.substr(at, end - at);
      EXPECT_EQ(std::count(paragraph.begin(), paragraph.end(), '$') % 2, 0)
          << page << ": " << paragraph;
      if (end == std::string::npos) break;
    }
  }
}

}  // namespace
}  // namespace pset3::handouts
