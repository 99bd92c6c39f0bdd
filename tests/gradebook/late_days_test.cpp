#include "grader/gradebook/late_days.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/base/error.hpp"

namespace pset3::gradebook {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Policy policy() {
  Policy policy;
  policy.zone = "America/Los_Angeles";
  policy.deadlines = {{"pset3", {}, "2026-11-20 23:59"}};
  policy.grace_minutes = 15;
  policy.free_days = 2;
  policy.percent_per_day = 10.0;
  policy.cap_percent = 50.0;
  policy.latest_days = 7;
  return policy;
}

HandInTime handed_in(const std::string& at) { return {at, false, ""}; }

Lateness lateness(const Policy& rules, const std::string& at,
                  const std::map<std::string, Extension>& extensions = {}) {
  return lateness_of(rules, {{rules.deadlines[0].name, handed_in(at)}}, extensions).at(0);
}

TEST(CourseTime, ReadsTimesAsPlatformsWriteThem) {
  const Zone zone("America/Los_Angeles");
  const Instant expected{std::chrono::seconds(1709287200)};  // 2024-03-01 10:00:00 UTC
  for (const char* text :
       {"2024-03-01 10:00:00.000000000 Z", "2024-03-01T10:00:00Z", "2024-03-01 10:00:00 UTC",
        "2024-03-01 02:00:00 -0800", "2024-03-01T11:00:00+01:00", "2024-03-01 02:00",
        "2024-03-01-02-00-00"}) {
    EXPECT_EQ(zone.read(text, Zone::OfTwo::kLater), expected) << text;
  }
  EXPECT_EQ(zone.text(expected), "2024-03-01 02:00");
}

TEST(CourseTime, RefusesWhatIsNoTime) {
  for (const char* text : {"", "yesterday", "2026-02-30 10:00", "2026-11-20 25:00", "2026-11-20",
                           "2026-11-20 23:59 PST"}) {
    EXPECT_THROW(Zone("UTC").read(text, Zone::OfTwo::kLater), InputError) << text;
  }
  EXPECT_THROW(Zone("Mars/Olympus"), InputError);
}

// Los Angeles: 2026-03-08 02:00 becomes 03:00, 2026-11-01 02:00 becomes 01:00.
TEST(CourseTime, TakesTheMomentOfTheLeapForATimeThatDoesNotExist) {
  const Zone zone("America/Los_Angeles");
  EXPECT_EQ(zone.text(zone.read("2026-03-08 02:30", Zone::OfTwo::kLater)), "2026-03-08 03:00");
}

TEST(CourseTime, TellsTheTwoHoursApartThatHaveOneName) {
  const Zone zone("America/Los_Angeles");
  EXPECT_EQ(zone.read("2026-11-01 01:30", Zone::OfTwo::kLater) -
                zone.read("2026-11-01 01:30", Zone::OfTwo::kEarlier),
            std::chrono::hours(1));
}

TEST(CourseTime, ADayLaterIsTheSameTimeOnTheClock) {
  const Zone zone("America/Los_Angeles");
  const Instant short_day = zone.read("2026-03-07 23:59", Zone::OfTwo::kLater);
  EXPECT_EQ(zone.days_later(short_day, 1) - short_day, std::chrono::hours(23));
  const Instant long_day = zone.read("2026-10-31 23:59", Zone::OfTwo::kLater);
  EXPECT_EQ(zone.days_later(long_day, 1) - long_day, std::chrono::hours(25));
}

TEST(LateDays, CostNothingUpToTheEndOfTheGrace) {
  for (const char* at : {"2026-11-20 12:00", "2026-11-20 23:59", "2026-11-21 00:14:00"}) {
    EXPECT_EQ(lateness(policy(), at).days_late, 0) << at;
  }
  EXPECT_EQ(lateness(policy(), "2026-11-21 00:14:01").days_late, 1);
  EXPECT_THAT(lateness(policy(), "2026-11-21 00:14:00").lines,
              Contains(HasSubstr("within the 15 min of grace: not late")));
}

TEST(LateDays, ADayThatHasBegunCountsAndGraceIsAtEachDaysEnd) {
  EXPECT_EQ(lateness(policy(), "2026-11-22 00:14:00").days_late, 1);
  EXPECT_EQ(lateness(policy(), "2026-11-22 00:14:01").days_late, 2);
}

TEST(LateDays, ComparesMomentsAndNotClocksOfDifferentZones) {
  // 07:59 in Greenwich is 23:59 the day before in Los Angeles.
  EXPECT_EQ(lateness(policy(), "2026-11-21 07:59:00 Z").days_late, 0);
  EXPECT_EQ(lateness(policy(), "2026-11-21 08:30:00 Z").days_late, 1);
}

TEST(LateDays, ACalendarDayMayHave23Or25Hours) {
  Policy rules = policy();
  rules.grace_minutes = 0;
  rules.deadlines[0].due = "2026-03-07 23:59";
  EXPECT_EQ(lateness(rules, "2026-03-08 23:59").days_late, 1);  // after 23 hours
  EXPECT_EQ(lateness(rules, "2026-03-09 00:30").days_late, 2);  // after 23.5 hours
  rules.deadlines[0].due = "2026-10-31 23:59";
  EXPECT_EQ(lateness(rules, "2026-11-01 23:59").days_late, 1);  // after 25 hours
}

TEST(LateDays, FreeDaysComeFirstThenPercentThenTheCap) {
  const Lateness two = lateness(policy(), "2026-11-22 12:00");
  EXPECT_EQ(two.free_used, 2);
  EXPECT_EQ(two.percent_off, 0.0);
  EXPECT_EQ(lateness(policy(), "2026-11-23 12:00").percent_off, 10.0);
  Policy dear = policy();
  dear.percent_per_day = 20.0;
  const Lateness six = lateness(dear, "2026-11-26 12:00");  // 6 days, 4 of them at 20 %
  EXPECT_EQ(six.percent_off, 50.0);
  EXPECT_THAT(six.lines, ElementsAre(HasSubstr("due 2026-11-20 23:59, handed in 2026-11-26 12:00 "
                                               "(America/Los_Angeles): 5 days 12 h 1 min after"),
                                     "  6 late days after 15 min of grace: each day that has begun "
                                     "counts",
                                     "  2 free days used, 0 of 2 left",
                                     "  4 days at 20 %: 50 % of the points are taken off, which is "
                                     "the most that can be"));
}

TEST(LateDays, TooLateGetsNothingAndSpendsNoFreeDay) {
  const Lateness late = lateness(policy(), "2026-11-28 12:00");
  EXPECT_TRUE(late.too_late);
  EXPECT_EQ(late.percent_off, 100.0);
  EXPECT_EQ(late.free_used, 0);
}

TEST(LateDays, FreeDaysAreSpentInTheOrderOfTheDeadlines) {
  Policy rules = policy();
  rules.deadlines = {{"second", {"p2"}, "2026-12-04 23:59"}, {"first", {"p1"}, "2026-11-20 23:59"}};
  const auto all = lateness_of(
      rules, {{"first", handed_in("2026-11-21 12:00")}, {"second", handed_in("2026-12-06 12:00")}},
      {});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].deadline, "first");
  EXPECT_EQ(all[0].free_used, 1);
  EXPECT_EQ(all[1].free_used, 1);
  EXPECT_EQ(all[1].percent_off, 10.0);
}

TEST(LateDays, AnExtensionMovesTheDeadlineAndNeverBackwards) {
  EXPECT_EQ(lateness(policy(), "2026-11-22 12:00", {{"pset3", {2, "", "ann", "ill"}}}).days_late,
            0);
  EXPECT_EQ(
      lateness(policy(), "2026-11-22 12:00", {{"pset3", {0, "2026-11-22 10:00", "ann", "ill"}}})
          .days_late,
      1);
  EXPECT_EQ(
      lateness(policy(), "2026-11-20 12:00", {{"pset3", {0, "2026-11-01 10:00", "ann", "typo"}}})
          .days_late,
      0);
}

TEST(LateDays, OnlyMarkedAsLateCostsNothingAndSaysSo) {
  const Lateness late = lateness_of(policy(), {{"pset3", {"", true, ""}}}, {}).at(0);
  EXPECT_TRUE(late.is_unknown);
  EXPECT_EQ(late.percent_off, 0.0);
  EXPECT_THAT(late.lines.at(0), HasSubstr("does not say by how much"));
}

TEST(LateDays, RoundsHalvesUpwards) {
  Lateness late;
  late.percent_off = 10.0;
  EXPECT_DOUBLE_EQ(points_after(policy(), late, 17.45), 15.71);  // 15.705
  late.percent_off = 0.0;
  EXPECT_DOUBLE_EQ(points_after(policy(), late, 1.005), 1.01);  // stored as 1.00499…
  Policy whole = policy();
  whole.round_to = 0.5;
  EXPECT_DOUBLE_EQ(points_after(whole, late, 3.25), 3.5);
  EXPECT_DOUBLE_EQ(points_after(whole, late, 3.24), 3.0);
}

TEST(Policy, IsReadBackAsItWasWritten) {
  EXPECT_EQ(to_json(read_policy(to_json(policy()))), to_json(policy()));
}

TEST(Policy, SaysWhichFieldIsWrong) {
  const auto message = [](const char* field, const json& value) -> std::string {
    json document = to_json(policy());
    document[field] = value;
    try {
      read_policy(document);
    } catch (const InputError& error) {
      return error.what();
    }
    return "taken";
  };
  EXPECT_THAT(message("zone", "Mars"), HasSubstr("no time zone \"Mars\""));
  EXPECT_THAT(message("free_days", -1), HasSubstr("free_days: expected a number from 0"));
  EXPECT_THAT(message("free_days", 1.5), HasSubstr("a whole number, found 1.5"));
  EXPECT_THAT(message("percent_per_day", "10"), HasSubstr("percent_per_day"));
  EXPECT_THAT(message("free_day", 1), HasSubstr("did you mean \"free_days\"?"));
  EXPECT_THAT(message("deadlines", json::array()), HasSubstr("deadlines"));
  EXPECT_THAT(message("deadlines", {{{"name", "a"}, {"due", "soon"}}}),
              HasSubstr("deadlines[0].due"));
  EXPECT_THAT(
      message("deadlines", {{{"name", "a"}, {"due", "2026-11-20 23:59"}, {"parts", {"p1"}}},
                            {{"name", "b"}, {"due", "2026-11-21 23:59"}, {"parts", {"p1"}}}}),
      HasSubstr("p1 is due at two deadlines"));
}

}  // namespace
}  // namespace pset3::gradebook
