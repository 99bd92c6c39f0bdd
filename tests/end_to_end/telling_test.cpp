// What a student reads of a submission that tells all that it sees.

#include <unistd.h>

#include <regex>
#include <set>

#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Throws the boxes that it was given, its environment and the machine's name.
constexpr const char* kTeller = R"code(
#include "starter/p1_space_carving/space_carving.hpp"
#include <unistd.h>
#include <fstream>
#include <sstream>
#include <stdexcept>
extern char** environ;
namespace pset3::carving {
static std::ostringstream notes;
VoxelGrid form_initial_voxels(const Limits& xlim, const Limits& ylim, const Limits& zlim, int) {
  for (const Limits* limits : {&xlim, &ylim, &zlim}) {
    char text[80];
    std::snprintf(text, sizeof text, "saw=%.17g,%.17g; ", (*limits)[0], (*limits)[1]);
    notes << text;
  }
  char host[64] = {};
  gethostname(host, sizeof host - 1);
  notes << "host=" << host << "; ";
  for (char** variable = environ; *variable != nullptr; ++variable) notes << *variable << "; ";
  std::ofstream("/tmp/notes", std::ios::app) << notes.str();
  std::printf("%s\n", notes.str().c_str());
  std::fflush(stdout);
  throw std::runtime_error(notes.str());
}
}  // namespace pset3::carving
)code";

std::set<std::string> numbers_in(const std::string& text) {
  static const std::regex kSaw("saw=([^;]+);");
  std::set<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), kSaw), end; match != end; ++match) {
    found.insert((*match)[1]);
  }
  return found;
}

class Telling : public Desk {
 protected:
  Telling() { environment_["PSET3_HOME"] = small_course().string(); }

  /// All bytes of the tests of one visibility.
  static std::string text_of(const nlohmann::json& results, bool visible) {
    std::string text;
    for (const nlohmann::json& test : results.at("tests")) {
      if ((test.at("visibility") == "visible") == visible) text += test.dump();
    }
    return text;
  }
};

TEST_F(Telling, NothingHiddenReachesAStudent) {
  const fs::path folder = solution("ann");
  write_file(folder / "p1_space_carving/form_initial_voxels.cpp", kTeller);
  write_file(path("secret"), "canary-of-the-course-0123456789abcdef\n");
  environment_["PSET3_CANARY"] = "canary-of-the-environment";
  const Result result = pset3({"grade", "ann", "--secret", "secret", "--out", "grades"});
  ASSERT_EQ(result.status, 0) << result.err;
  const nlohmann::json results = json(path("grades/ann/results.json"));
  const std::string visible = text_of(results, true);
  const std::set<std::string> shown = numbers_in(visible);
  const std::set<std::string> hidden = numbers_in(text_of(results, false));
  EXPECT_THAT(shown, Not(IsEmpty())) << "its own words in public checks are a student's to read";
  EXPECT_THAT(hidden, Not(IsEmpty())) << "the staff sees them: this test could fail";
  for (const std::string& number : hidden) EXPECT_EQ(shown.count(number), 0u) << number;
  char host[64] = {};
  ::gethostname(host, sizeof host - 1);
  for (const std::string& secret : {std::string("canary-of"), path(".").parent_path().string(),
                                    shared_cache().string(), "host=" + std::string(host)}) {
    EXPECT_THAT(visible, Not(HasSubstr(secret)));
  }
}

}  // namespace
}  // namespace pset3::end_to_end
