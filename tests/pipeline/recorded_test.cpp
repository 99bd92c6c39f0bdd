#include "grader/pipeline/recorded_fixtures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"

namespace pset3::pipeline {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class RecordedTest : public ::testing::Test {
 protected:
  RecordedTest() {
    recorded_.machine_speed_ms = 2.5;
    recorded_.reference_ms = {{"a", 0.75}};
    recorded_.expected["a"]["x"] = arrays::Array::scalar(4.0);
    recorded_.mistakes.push_back(
        {"slip", "You slipped.", {{"t.a", {{"a", {"returned", {1.0, std::nan("")}}}}}}});
    write();
  }
  void write() const {
    for (const auto& [name, bytes] : to_files(recorded_)) {
      fs::create_directories((folder_.path() / name).parent_path());
      write_file(folder_.path() / name, bytes);
    }
  }
  std::string complaint() const {
    try {
      read_recorded(folder_.path(), {"a"});
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }
  void replace(const std::string& from, const std::string& to) const {
    std::string text = read_file(file_);
    ASSERT_NE(text.find(from), std::string::npos);
    write_file(file_, text.replace(text.find(from), from.size(), to));
  }

  TemporaryFolder folder_;
  fs::path file_ = folder_.path() / "recorded.json";
  RecordedFixtures recorded_;
};

TEST_F(RecordedTest, ComesBackAsItWasWritten) {
  const RecordedFixtures read = read_recorded(folder_.path(), {"a"});
  EXPECT_EQ(read.machine_speed_ms, 2.5);
  EXPECT_EQ(read.reference_ms, recorded_.reference_ms);
  EXPECT_EQ(read.expected, recorded_.expected);
  ASSERT_EQ(read.mistakes.size(), 1u);
  const judge::Symptom& symptom = read.mistakes[0].symptoms.at("t.a").at("a");
  EXPECT_EQ(symptom.ending, "returned");
  EXPECT_EQ(symptom.sketch.at(0), 1.0);
  EXPECT_TRUE(std::isnan(symptom.sketch.at(1)));
}

TEST_F(RecordedTest, SaysWhatIsMissingAndWhatToDo) {
  for (const char* name : {"recorded.json", "expected/a.safetensors"}) {
    write();
    fs::remove(folder_.path() / name);
    EXPECT_THAT(complaint(), AllOf(HasSubstr(name), HasSubstr("author fixtures"))) << name;
  }
}

TEST_F(RecordedTest, SaysWhatIsDamagedAndWhatToDo) {
  for (const char* name : {"recorded.json", "expected/a.safetensors"}) {
    write();
    const std::string bytes = read_file(folder_.path() / name);
    write_file(folder_.path() / name, bytes.substr(0, bytes.size() / 2));
    EXPECT_THAT(complaint(),
                AllOf(HasSubstr(name), HasSubstr("damaged"), HasSubstr("author fixtures")))
        << name;
  }
}

TEST_F(RecordedTest, MissesTheTimeOfACase) {
  replace("\"a\":0.75", "\"b\":0.75");
  EXPECT_THAT(complaint(), AllOf(HasSubstr("no time for case a"), HasSubstr("author fixtures")));
}

TEST_F(RecordedTest, RefusesTimesThatMakeNoLimit) {
  for (const char* value : {"0.0", "-1.0", "1e300", "null", "\"fast\""}) {
    write();
    replace("0.75", value);
    EXPECT_THAT(complaint(), AllOf(HasSubstr("recorded.json"), HasSubstr("damaged"))) << value;
    write();
    replace("2.5", value);
    EXPECT_THAT(complaint(), AllOf(HasSubstr("recorded.json"), HasSubstr("damaged"))) << value;
  }
}

}  // namespace
}  // namespace pset3::pipeline
