#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/base/error.hpp"
#include "grader/pipeline/mistakes.hpp"
#include "tests/tiny_part/course.hpp"

namespace pset3::pipeline {
namespace {

using pset3::testing::TinyHome;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Patches : public ::testing::Test {
 protected:
  std::vector<Patch> read(PatchKind kind = PatchKind::kMistake) {
    return read_patches(home_.fixtures(), kind, course_.parts.at(0));
  }
  std::string complaint_about(const std::string& text) {
    write_file(home_.fixtures() / "mistakes/new.patch", text);
    try {
      read();
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }

  TinyHome home_;
  Course course_ = load_course({home_.root(), PSET3_OBJECTS_DIR}, testing::tiny_parts());
};

TEST_F(Patches, AreReadInTheOrderOfTheirNames) {
  const std::vector<Patch> patches = read();
  ASSERT_EQ(patches.size(), 2u);
  EXPECT_EQ(patches[0].name, "one_too_few");
  EXPECT_EQ(patches[0].title, "the sample variance");
  EXPECT_THAT(patches[0].fails, ElementsAre("t0.b.variance", "t0.b.hidden"));
  EXPECT_EQ(patches[1].name, "one_too_many");
  EXPECT_EQ(read(PatchKind::kVariant).size(), 1u);
}

TEST_F(Patches, JoinLinesThatAreContinued) {
  EXPECT_EQ(complaint_about("Mistake: m\nExplain: one\n  two\n\tthree\nFails: t0.a.mean\n"), "");
  EXPECT_EQ(read()[0].explanation, "one two three");
}

TEST_F(Patches, ChangeTheSolution) {
  const auto files = apply_patch(read()[1], home_.solution(), course_.parts.at(0).files);
  EXPECT_THAT(files.at("mean.cpp"), HasSubstr("values.size() + 1"));
  EXPECT_EQ(files.at("variance.cpp"), read_file(home_.solution() / "variance.cpp"));
}

/// With the variance as something learnt, that needs the mean.
class Trainings : public Patches {
 protected:
  Trainings() {
    course_.checks.at("t0.variance").metric = {"nearness", [](const auto&) { return 1.0; }};
    for (judge::CheckSpec& check : course_.parts[0].checks) {
      if (check.judge == "t0.variance") check.needs = {"t0.a.mean"};
    }
  }
  std::set<std::string> left_out(const Patch& patch) {
    const judge::Rubric& rubric = course_.parts[0];
    return not_worth_a_training(patch, rubric, course_.checks,
                                read_files(home_.solution(), rubric.files),
                                apply_patch(patch, home_.solution(), rubric.files));
  }
  Patch mistake(const std::string& name) {
    for (const Patch& patch : read()) {
      if (patch.name == name) return patch;
    }
    throw std::runtime_error("no mistake " + name);
  }
};

TEST_F(Trainings, AreNotWorthWhileWhereWhatTheyNeedFails) {
  EXPECT_THAT(left_out(mistake("one_too_many")), ElementsAre("t0.b.hidden", "t0.b.variance"));
}

TEST_F(Trainings, AreWorthWhileWhereTheyAreToFail) {
  EXPECT_THAT(left_out(mistake("one_too_few")), IsEmpty());
}

TEST_F(Trainings, AreNotWorthWhileWhereNoneOfTheirFilesIsChanged) {
  for (judge::CheckSpec& check : course_.parts[0].checks) {
    if (check.judge == "t0.variance") {
      check.needs.clear();
      check.files = {"variance.cpp"};
    }
  }
  EXPECT_THAT(left_out(mistake("one_too_many")), ElementsAre("t0.b.hidden", "t0.b.variance"));
  for (judge::CheckSpec& check : course_.parts[0].checks) check.files.push_back("mean.cpp");
  EXPECT_THAT(left_out(mistake("one_too_many")), IsEmpty());
}

TEST_F(Trainings, AreNoneForExactChecks) {
  for (auto& [name, check] : course_.checks) check.metric = {};
  EXPECT_THAT(left_out(mistake("one_too_many")), IsEmpty());
}

TEST_F(Patches, NameTheLineThatIsNoField) {
  EXPECT_THAT(complaint_about("Mistake: m\n\njust words\n--- a/x\n"),
              HasSubstr("mistakes/new.patch:3: "));
}

TEST_F(Patches, NameTheLineOfACheckThatThereIsNot) {
  const std::string complaint =
      complaint_about("Mistake: m\nExplain: e\nFails: t0.a.mean t0.z\n--- a/x\n");
  EXPECT_THAT(complaint, HasSubstr("mistakes/new.patch:3: "));
  EXPECT_THAT(complaint, HasSubstr("t0.z"));
}

TEST_F(Patches, NameTheFieldThatIsMissing) {
  EXPECT_THAT(complaint_about("Mistake: m\nFails: t0.a.mean\n--- a/x\n"),
              HasSubstr("\"Explain:\""));
  EXPECT_THAT(complaint_about("Explain: e\nFails: t0.a.mean\n--- a/x\n"),
              HasSubstr("\"Mistake:\""));
  EXPECT_THAT(complaint_about("Mistake: m\nExplain:\nFails: t0.a.mean\n--- a/x\n"),
              HasSubstr("\"Explain:\""));
}

TEST_F(Patches, ThatDoNotApplySayWhatToDo) {
  std::string source = read_file(home_.solution() / "mean.cpp");
  source.replace(source.find("values.sum()"), 12, "1.0 * values.sum()");
  write_file(home_.solution() / "mean.cpp", source);
  try {
    apply_patch(read()[1], home_.solution(), course_.parts.at(0).files);
    FAIL() << "applied to another solution";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("one_too_many.patch"));
    EXPECT_THAT(error.what(), HasSubstr("make the change again"));
  }
}

}  // namespace
}  // namespace pset3::pipeline
