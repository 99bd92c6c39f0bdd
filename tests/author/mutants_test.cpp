#include "grader/author/mutants.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "grader/author/slips.hpp"
#include "grader/base/error.hpp"
#include "grader/pipeline/recorded_fixtures.hpp"
#include "tests/tiny_part/course.hpp"

namespace pset3::author {
namespace {

using pset3::testing::TinyCourse;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class MutantsOfTheTinyPart : public ::testing::Test {
 protected:
  Mutants run(std::optional<int> sample = std::nullopt) {
    MutantOptions options;
    options.draw = {"secret", "1"};
    options.sample = sample;
    return mutants(tiny_.course, tiny_.rubric(), tiny_.store, options, TinyCourse::quiet);
  }
  static const MutantRow& row(const Mutants& mutants, const std::string& after) {
    for (const MutantRow& row : mutants.rows) {
      if (row.mutation.after == after) return row;
    }
    throw std::runtime_error("no mutant " + after);
  }
  /// Puts something in front of the mean's return that changes nothing, whatever it does.
  void add_to_mean(const std::string& line) {
    std::string text = read_file(tiny_.home.solution() / "mean.cpp");
    text.insert(text.find("  return"), line);
    write_file(tiny_.home.solution() / "mean.cpp", text);
  }
  void write_equivalents(const nlohmann::json& document) {
    write_file(tiny_.home.fixtures() / "equivalent.json", document.dump());
  }

  TinyCourse tiny_;
  const std::string harmless_ = "  volatile int nobody_looks = 3;\n  nobody_looks += 2;\n";
};

TEST_F(MutantsOfTheTinyPart, LosePointsAndCostOnce) {
  const Mutants result = run();
  EXPECT_TRUE(result.all_seen()) << to_text(result, true);
  const MutantRow& times = row(result, "return values.sum() * static_cast<double>(values.size());");
  EXPECT_EQ(times.fate, MutantFate::kCaught);
  EXPECT_THAT(times.failed, Contains("t0.a.mean"));
  EXPECT_EQ(times.due, 2.0);
  EXPECT_GE(times.lost, 2.0);
  EXPECT_THAT(to_text(result, false), HasSubstr("0 survive"));
}

TEST_F(MutantsOfTheTinyPart, SurviveWhereNoCheckLooksAndAreForgivenWithAReason) {
  add_to_mean(harmless_);
  const Mutants result = run();
  EXPECT_FALSE(result.all_seen());
  EXPECT_EQ(row(result, "nobody_looks -= 2;").fate, MutantFate::kSurvived);
  EXPECT_THAT(to_text(result, false), HasSubstr("SURVIVES   mean.cpp:9 in mean: operator"));

  nlohmann::json all = nlohmann::json::array();
  for (const MutantRow& survivor : result.rows) {
    if (survivor.fate != MutantFate::kSurvived) continue;
    const Mutation& mutation = survivor.mutation;
    all.push_back({{"file", mutation.file},
                   {"function", mutation.function},
                   {"before", mutation.before},
                   {"after", mutation.after},
                   {"reason", "nobody looks at it"}});
  }
  ASSERT_FALSE(all.empty());
  write_equivalents(all);
  const Mutants again = run();
  EXPECT_TRUE(again.all_seen()) << to_text(again, false);
  EXPECT_EQ(row(again, "nobody_looks -= 2;").fate, MutantFate::kEquivalent);
}

TEST_F(MutantsOfTheTinyPart, MakeTheListStaleWhenTheyAreNoMore) {
  write_equivalents({{{"file", "mean.cpp"},
                      {"function", "mean"},
                      {"before", "x"},
                      {"after", "y"},
                      {"reason", "none"}}});
  const Mutants result = run(2);
  EXPECT_THAT(result.stale, Contains(HasSubstr("no mutant of today's solution")));
  EXPECT_FALSE(result.all_seen());
  EXPECT_EQ(result.rows.size(), 2u);
  EXPECT_EQ(to_text(run(2), true), to_text(result, true));  // the same ones are drawn
}

/// `times` becomes a known mistake, with a name and once.
TEST_F(MutantsOfTheTinyPart, AreNamedOnceTheyAreRecorded) {
  const std::string changed = "return values.sum() * static_cast<double>(values.size());";
  const Mutants before = run();
  ASSERT_THAT(row(before, changed).named, IsEmpty());
  write_file(tiny_.home.fixtures() / "labels.json",
             nlohmann::json{{{"file", "mean.cpp"},
                             {"function", "mean"},
                             {"from", "return values.sum()"},
                             {"label", "the division by how many there are"}}}
                 .dump());
  const auto recorded = slips(tiny_.course, tiny_.rubric(), tiny_.store, before);
  EXPECT_THAT(recorded.known, Not(IsEmpty()));
  write_file(tiny_.home.fixtures() / "slips.json", pipeline::slips_text(recorded.known));
  write_file(tiny_.home.fixtures() / "slip_changes.json",
             pipeline::slip_changes_text(recorded.changes));

  const MutantRow named = row(run(), changed);
  ASSERT_EQ(named.named.size(), 1u);
  EXPECT_THAT(
      named.named[0],
      StartsWith("slip_in_the_division_by_how_many_there_are__times_instead_of_divided_by"));
  EXPECT_FALSE(named.is_named_by_mistake());
  EXPECT_THAT(named.failed, Contains("t0.a.hidden"));
  EXPECT_EQ(named.lost, named.due) << "made anew on the hidden case, where it is the same slip";
  const auto own = std::find_if(recorded.known.begin(), recorded.known.end(),
                                [&](const auto& slip) { return slip.name == named.named[0]; });
  EXPECT_THAT(own->explanation,
              HasSubstr("at the division by how many there are: `*` stands where `/` belongs"));
}

TEST_F(MutantsOfTheTinyPart, NeedListsOfTheRightForm) {
  write_file(tiny_.home.fixtures() / "labels.json",
             R"([{"file": "mean.cpp", "function": "mean", "from": "return 7", "label": "l"}])");
  EXPECT_THROW(read_labels(tiny_.course, tiny_.rubric()), InputError);
  write_file(tiny_.home.fixtures() / "equivalent.json", R"({"a": 1})");
  EXPECT_THROW(run(1), InputError);
}

}  // namespace
}  // namespace pset3::author
