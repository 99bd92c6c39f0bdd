#include "tests/rules/sentences.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pset3::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Sentences, EndAtFullStopsTagsAndBlankLines) {
  EXPECT_THAT(sentences_of_header("/// Removes voxels. Keeps 0.5 of\n"
                                  "/// them; e.g. one.\n"
                                  "///\n"
                                  "/// No full stop here\n"
                                  "/// @param voxels  (N, 3)\n"
                                  "/// @returns (M, 3) those\n"
                                  "///          that stay.\n"
                                  "Voxels carve(const Voxels& voxels);\n"),
              ElementsAre("Removes voxels.", "Keeps 0.5 of them; e.g. one.", "No full stop here",
                          "@param voxels (N, 3)", "@returns (M, 3) those that stay."));
}

TEST(Sentences, OfMembersGoOnInTheSameColumn) {
  EXPECT_THAT(sentences_of_header("  double loss = 0.0;  ///< the mean\n"
                                  "                      ///< of all\n"
                                  "                      /// batches\n"
                                  "  /// Another member.\n"
                                  "  double accuracy = 0.0;  ///< a share\n"),
              ElementsAre("the mean", "of all batches", "Another member.", "a share"));
}

TEST(Sentences, AreNotTakenOfGivenFunctionsAndSources) {
  EXPECT_THAT(sentences_of_header("/// Reads files. Given.\n"
                                  "///\n"
                                  "/// @throws DataError when one is missing.\n"
                                  "void read();\n"
                                  "/// A line that is kept.\n"
                                  "/// Source: handouts/p1.md, question (b); Rosenblatt, 1957.\n"
                                  "void keep();\n"),
              ElementsAre("A line that is kept."));
}

TEST(Sentences, OfPlainCommentsAreNotHeadings) {
  EXPECT_THAT(sentences_of_header("// (a) perceptron.cpp\n\n"
                                  "// Each channel by itself.\n"
                                  "using std::tanh;  // as in <cmath>.\n"),
              ElementsAre("Each channel by itself."));
}

TEST(Sentences, OfHandoutsBeginWithTheChecks) {
  EXPECT_THAT(sentences_of_handout("Write it. The checks look at $s$. They\n"
                                   "look twice. `carve` has to throw.\n\n"
                                   "Check yourself.\n"),
              ElementsAre("The checks look at $s$.", "They look twice.", "`carve` has to throw."));
  EXPECT_THAT(sentences_of_handout("    ./pset3 check p1\n\nIts checks pass.\n"), IsEmpty());
}

}  // namespace
}  // namespace pset3::rules
