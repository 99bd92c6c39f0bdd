#include <csignal>
#include <map>
#include <set>

#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

/// With a store of its own for each run, and a secret that all share.
class GradeTwice : public Desk {
 protected:
  GradeTwice() {
    environment_["PSET3_HOME"] = small_course().string();
    write_file(path("secret"), "for tests only");
    solution("ann");
    swapped("ben");
    edited("cat", "get_voxel_bounds.cpp", "- grid.voxel_size", "- 2.0 * grid.voxel_size");
  }

  std::vector<std::string> grade(const std::string& store, const std::string& out,
                                 const std::string& run = "1") const {
    return {"grade", "ann", "ben",     "cat", "--secret", "secret",
            "--run", run,   "--store", store, "--out",    out};
  }
  std::map<std::string, nlohmann::json> results_in(const std::string& out) const {
    std::map<std::string, nlohmann::json> results;
    for (const char* name : {"ann", "ben", "cat"}) {
      results[name] = json(path(out) / name / "results.json");
    }
    return results;
  }
  void expect_equal_but_for_times(const std::string& a, const std::string& b) const {
    const auto first = results_in(a);
    const auto second = results_in(b);
    for (const auto& [name, results] : first) {
      EXPECT_EQ(without_times(results), without_times(second.at(name))) << name;
    }
  }
  std::map<std::string, std::uint64_t> seeds_in(const std::string& out) const {
    std::map<std::string, std::uint64_t> seeds;
    const nlohmann::json part =
        json(path(out) / "ann/results.json").at("extra_data").at("parts")[0];
    for (const auto& [id, item] : part.at("provenance").at("cases").items()) {
      seeds[id] = item.at("seed");
    }
    return seeds;
  }
  std::set<std::string> folders_in(const std::string& store) const {
    std::set<std::string> folders;
    for (const char* stage : {"object", "program", "run"}) {
      std::error_code none_yet;
      for (const auto& entry : fs::recursive_directory_iterator(path(store) / stage, none_yet)) {
        if (entry.is_regular_file()) folders.insert(entry.path().string());
      }
    }
    return folders;
  }
};

TEST_F(GradeTwice, SameRunAndSecretGiveTheSameResults) {
  const Result first = pset3(grade("store_1", "out_1"));
  ASSERT_EQ(first.status, 0) << first.out << first.err;
  ASSERT_EQ(pset3(grade("store_2", "out_2")).status, 0);
  expect_equal_but_for_times("out_1", "out_2");
}

TEST_F(GradeTwice, AnotherRunDrawsOtherHiddenCasesAndTheSamePublicOnes) {
  ASSERT_EQ(pset3(grade("store", "out_1", "1")).status, 0);
  ASSERT_EQ(pset3(grade("store", "out_2", "2")).status, 0);
  const auto first = seeds_in("out_1");
  const auto second = seeds_in("out_2");
  ASSERT_EQ(first.size(), second.size());
  for (const auto& [id, seed] : first) {
    const bool hidden = id.rfind("hidden.", 0) == 0;
    EXPECT_EQ(seed != second.at(id), hidden) << id;
  }
}

TEST_F(GradeTwice, KilledRunGoesOnWhereItWas) {
  ASSERT_EQ(pset3(grade("undisturbed", "out_1")).status, 0);
  const auto killed = start(grade("store", "out_2"));
  ASSERT_TRUE(wait_until([&] { return fs::exists(path("out_2/ann/results.json")); }));
  killed->signal(SIGKILL);
  EXPECT_EQ(killed->wait(), -SIGKILL);
  EXPECT_FALSE(fs::exists(path("out_2/class.json"))) << "it was not in the middle of its work";
  const nlohmann::json before = json(path("out_2/ann/results.json"));
  std::map<std::string, fs::file_time_type> finished;
  for (const std::string& file : folders_in("store")) finished[file] = fs::last_write_time(file);
  ASSERT_GT(finished.size(), 10U);
  ASSERT_EQ(pset3(grade("store", "out_2")).status, 0);
  for (const auto& [file, time] : finished) EXPECT_EQ(fs::last_write_time(file), time) << file;
  // The times of ann's cases are those of the first run: they were not run again.
  EXPECT_EQ(json(path("out_2/ann/results.json")).at("tests"), before.at("tests"));
  expect_equal_but_for_times("out_1", "out_2");
}

TEST_F(GradeTwice, TwoAtOnceOnOneStoreGiveEqualResults) {
  const auto first = start(grade("store", "out_1"));
  const auto second = start(grade("store", "out_2"));
  EXPECT_EQ(first->wait(), 0) << first->err();
  EXPECT_EQ(second->wait(), 0) << second->err();
  expect_equal_but_for_times("out_1", "out_2");
}

}  // namespace
}  // namespace pset3::end_to_end
