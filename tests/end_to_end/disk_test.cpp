#include <sys/mount.h>
#include <unistd.h>

#include <fstream>

#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// A file system that is soon full.
class SmallDisk {
 public:
  SmallDisk(fs::path folder, const std::string& size) : folder_(std::move(folder)) {
    fs::create_directories(folder_);
    mounted_ =
        ::mount("pset3", folder_.c_str(), "tmpfs", 0, ("mode=755,size=" + size).c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  /// Leaves so many bytes free.
  void fill_up_to(std::uintmax_t left) const {
    const std::uintmax_t free = fs::space(folder_).available;
    std::string block(1 << 20, 'x');
    std::ofstream file(folder_ / "filling", std::ios::binary);
    for (std::uintmax_t size = left; size < free; size += block.size()) {
      file.write(block.data(),
                 static_cast<std::streamsize>(std::min<std::uintmax_t>(block.size(), free - size)));
    }
  }
  void empty_again() const { fs::remove(folder_ / "filling"); }

 private:
  fs::path folder_;
  bool mounted_ = false;
};

class FullDisk : public Desk {
 protected:
  FullDisk() {
    environment_["PSET3_HOME"] = small_course().string();
    write_file(path("secret"), "for tests only");
    solution("ann");
    edited("ben", "carve.cpp", "  Eigen::Index count = 0;", "  Eigen::Index count = 0;  // Ben's");
  }
  Result grade(const std::vector<std::string>& submissions, const std::string& store,
               const std::string& out) const {
    std::vector<std::string> words = {"grade", "--secret", "secret", "--store",
                                      store,   "--out",    out};
    words.insert(words.end(), submissions.begin(), submissions.end());
    return pset3(words);
  }
  /// That nothing of Ben's was judged and no point is lost by it.
  void expect_undecided(const nlohmann::json& results) const {
    EXPECT_EQ(results.at("extra_data").at("grader_error"), true);
    EXPECT_EQ(results.at("extra_data").at("undecided_points"), 35.0);
    for (const nlohmann::json& test : results.at("tests")) {
      EXPECT_FALSE(test.contains("score")) << test.dump(1);
      EXPECT_EQ(test.at("extra_data").at("verdict"), "grader_error");
    }
  }
};

TEST_F(FullDisk, OfTheStoreCostsNobodyPoints) {
  const SmallDisk disk(path("disk"), "64m");
  if (!disk.mounted()) GTEST_SKIP() << "skipped: mounting a small disk needs root";
  ASSERT_EQ(grade({"ann"}, "disk/store", "grades").status, 0);
  disk.fill_up_to(32 << 10);
  const Result full = grade({"ben", "ann"}, "disk/store", "grades");
  EXPECT_EQ(full.status, 3) << full.out;
  EXPECT_THAT(full.err, AllOf(HasSubstr("ben: "), HasSubstr("No space left on device"),
                              HasSubstr("run the same command again")));
  expect_undecided(json(path("grades/ben/results.json")));
  EXPECT_EQ(json(path("grades/ann/results.json")).at("score"), 35.0) << "all of it is in the store";
  disk.empty_again();
  EXPECT_EQ(grade({"ben", "ann"}, "disk/store", "grades").status, 0);
  EXPECT_EQ(json(path("grades/ben/results.json")).at("score"), 35.0);
}

TEST_F(FullDisk, OfTheCompilerIsNotTheStudentsFault) {
  const SmallDisk disk(path("disk"), "1g");
  if (!disk.mounted()) GTEST_SKIP() << "skipped: mounting a small disk needs root";
  ASSERT_EQ(grade({"ann"}, "store", "grades").status, 0);
  fs::copy(shared_cache(), path("disk/cache"), fs::copy_options::recursive);
  fs::permissions(path("disk/cache"), static_cast<fs::perms>(0711));
  environment_["PSET3_CACHE"] = path("disk/cache").string();
  disk.fill_up_to(64 << 10);
  const Result full = grade({"ben"}, "store", "grades");
  EXPECT_EQ(full.status, 3) << full.out;
  EXPECT_THAT(full.err, HasSubstr("pace left"));
  expect_undecided(json(path("grades/ben/results.json")));
}

TEST_F(FullDisk, OfTheReportsIsToldAndNothingIsHalfWritten) {
  const SmallDisk disk(path("disk"), "64k");
  if (!disk.mounted()) GTEST_SKIP() << "skipped: mounting a small disk needs root";
  const Result full = grade({"ann", "ben"}, "store", "disk/grades");
  EXPECT_EQ(full.status, 3) << full.out;
  EXPECT_THAT(full.err, HasSubstr("No space left on device"));
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path("disk"))) {
    if (entry.path().filename() != "results.json") continue;
    EXPECT_NO_THROW(json(entry.path()));
  }
}

}  // namespace
}  // namespace pset3::end_to_end
