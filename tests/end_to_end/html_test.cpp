#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Html : public Desk {
 protected:
  Html() { environment_["PSET3_HOME"] = small_course().string(); }

  std::string text(const std::string& file) const { return read_file(path(file)); }
  /// The data that a page draws.
  nlohmann::json data(const std::string& file) const {
    const std::string page = text(file);
    const std::string begin = "id=\"data\">";
    const std::size_t at = page.find(begin) + begin.size();
    return nlohmann::json::parse(page.substr(at, page.find("</script>", at) - at));
  }
  static nlohmann::json check(const nlohmann::json& data, const std::string& id) {
    for (const nlohmann::json& part : data.at("parts")) {
      for (const nlohmann::json& check : part.at("checks")) {
        if (check.at("id") == id) return check;
      }
    }
    return nullptr;
  }
};

TEST_F(Html, CheckWritesAPageWithPicturesOfWhatFailed) {
  swapped("hw3");
  EXPECT_EQ(pset3({"check", "p1.b", "--dir", "hw3", "--html", "pages/p1.html"}).status, 1);
  EXPECT_THAT(text("pages/p1.html"), HasSubstr("default-src 'none'; script-src 'sha256-"));
  const nlohmann::json survivors = check(data("pages/p1.html"), "p1.b.survivors");
  ASSERT_EQ(survivors.at("pictures").size(), 1u) << survivors.dump(1);
  const nlohmann::json picture = survivors.at("pictures").at(0);
  EXPECT_EQ(picture.at("kind"), "voxels");
  EXPECT_GT(picture.at("counts").at(1), 0) << "carved, and should have stayed";
  EXPECT_TRUE(picture.contains("view")) << "the silhouette";
}

TEST_F(Html, GradeWritesPagesAndOpenFindsThem) {
  swapped("ann");
  EXPECT_EQ(pset3({"grade", "ann", "--out", "grades", "--staff"}).status, 0);
  EXPECT_THAT(text("grades/ann/report.html"), Not(HasSubstr("p1.b.hidden")));
  EXPECT_FALSE(check(data("grades/ann/staff.html"), "p1.b.hidden").is_null());
  EXPECT_EQ(data("grades/class.html").at("links").at("ann/results.json"), "ann/staff.html");
  environment_["BROWSER"] = "/bin/echo";
  const Result opened = pset3({"open", "grades"});
  EXPECT_EQ(opened.status, 0);
  EXPECT_EQ(opened.out, "grades/class.html\n");
  EXPECT_THAT(opened.err, HasSubstr("/grades/class.html")) << "what the browser was given";
  EXPECT_EQ(pset3({"grade", "ann", "--out", "grades", "--no-html"}).status, 0);
  EXPECT_FALSE(fs::exists(path("grades/ann/staff.html"))) << "it would be about other files";
}

TEST_F(Html, OpenSaysWhatItLooksFor) {
  const Result result = pset3({"open", "nothing"});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, AllOf(HasSubstr("no HTML report at nothing"), HasSubstr("class.html")));
}

}  // namespace
}  // namespace pset3::end_to_end
