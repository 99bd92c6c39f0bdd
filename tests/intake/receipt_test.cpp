#include "grader/intake/receipt.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/intake/archives.hpp"

namespace pset3::intake::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const PartFiles kPacked = {{"p1_carving", {{"bounds.cpp", "bounds"}, {"carve.cpp", "carve"}}}};

std::vector<Item> with_receipt(const std::string& carve) {
  return {{"hw/receipt.json", receipt_for(kPacked)},
          {"hw/p1_carving/carve.cpp", carve},
          {"hw/p1_carving/bounds.cpp", "bounds"}};
}

TEST(Receipt, HasTheSha256OfEachFile) {
  EXPECT_THAT(receipt_for({{"p1", {{"abc.cpp", "abc"}}}}),
              HasSubstr("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

TEST(Receipt, FitsTheFilesThatItWasMadeFor) {
  EXPECT_THAT(differences_from_receipt(receipt_for(kPacked), kPacked), IsEmpty());
}

TEST(Receipt, TellsWhatWasChangedAddedAndTakenAway) {
  const PartFiles now = {{"p1_carving", {{"carve.cpp", "another"}, {"new.hpp", "new"}}}};
  EXPECT_THAT(
      differences_from_receipt(receipt_for(kPacked), now),
      UnorderedElementsAre(
          "p1_carving/carve.cpp was changed after `pset3 pack` had made the receipt",
          "p1_carving/new.hpp was added after `pset3 pack` had made the receipt",
          "p1_carving/bounds.cpp is in the receipt of `pset3 pack`, and was not handed in"));
}

TEST(Receipt, OfAnotherFormIsPointedOut) {
  for (const char* text : {"", "[]", "{}", "{\"files\":{\"p1\":{\"a.cpp\":1}}}", "\xff{",
                           "{\"files\":{\"p1\":\"x\"}}"}) {
    EXPECT_THAT(differences_from_receipt(text, kPacked),
                ElementsAre(HasSubstr("is not as `pset3 pack` writes it")))
        << text;
  }
  EXPECT_THAT(differences_from_receipt(std::string(60000, '['), kPacked).size(), 1U);
}

TEST(Receipt, IsFoundBesideThePartsOfAHandIn) {
  const Desk desk;
  EXPECT_THAT(take(desk.folder("same", with_receipt("carve")), two_parts()).receipt_notes,
              IsEmpty());
  EXPECT_THAT(take(desk.folder("hw3", with_receipt("carve 2")), two_parts()).receipt_notes,
              ElementsAre(HasSubstr("carve.cpp was changed")));
}

TEST(Receipt, DoesNotMindWindowsLineEnds) {
  std::vector<Item> items = with_receipt("carve");
  items[0].bytes = receipt_for({{"p1_carving", {{"bounds.cpp", "bounds"}, {"carve.cpp", "a\n"}}}});
  items[1].bytes = "a\r\n";
  const Desk desk;
  EXPECT_THAT(take(desk.folder("hw3", items), two_parts()).receipt_notes, IsEmpty());
}

TEST(Take, SaysWhereEachFileWasFound) {
  const Desk desk;
  const Submission submission = take(desk.folder("hw3", with_receipt("carve")), two_parts());
  EXPECT_EQ(submission.paths.at("p1_carving").at("carve.cpp"), "hw/p1_carving/carve.cpp");
}

}  // namespace
}  // namespace pset3::intake::testing
