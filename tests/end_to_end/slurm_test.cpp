// `grade --engine slurm` on a real Slurm: a controller and two nodes on this machine.
#include <csignal>
#include <cstdlib>

#include "tests/end_to_end/desk.hpp"
#include "tests/end_to_end/generated_class.hpp"
#include "tests/end_to_end/slurm_cluster.hpp"

namespace pset3::end_to_end {
namespace {

using testing::HasSubstr;

class Slurm : public Desk {
 protected:
  Slurm() {
    put_class();
    edited("in/eve", "form_initial_voxels.cpp", "+ 0.5;", "+ 0.25;");
    write_file(path("in/fay.zip"), "no archive");
  }

  void SetUp() override {
    if (!SlurmCluster::is_installed()) {
      GTEST_SKIP() << "Slurm and munge are not installed, or this is not root";
    }
  }

  void start_cluster(const std::string& settings = "") {
    fs::create_directories(path("cluster"));
    cluster_ = std::make_unique<SlurmCluster>(path("cluster"), environment_, settings);
    environment_ = cluster_->environment();
    ASSERT_TRUE(cluster_->is_up());
  }

  std::vector<std::string> grade(const std::string& name,
                                 const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"grade", "in",      "--secret",      "secret",   "--out",
                                          name,    "--store", name + "_store", "--no-html"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  std::vector<std::string> on_cluster(const std::string& name) const {
    return grade(name, {"--engine", "slurm", "--at-once", "2", "--sbatch=--cpus-per-task=1"});
  }

  void expect_the_same_as_on_one_machine(const std::string& name) const {
    EXPECT_EQ(pset3(grade("one", {})).status, 2);  // fay
    for (const char* student : {"ann", "ben", "cat", "dan", "eve", "fay"}) {
      EXPECT_EQ(without_times(json(path(name) / student / "results.json")),
                without_times(json(path("one") / student / "results.json")))
          << student;
    }
    EXPECT_EQ(json(path(name) / "class.json"), json(path("one") / "class.json"));
  }

  /// @returns how many students there were in the download.
  std::size_t expect_both_engines_to_agree(const std::string& download,
                                           const std::vector<std::string>& parts) {
    std::string list;
    for (const std::string& part : parts) list += (list.empty() ? "" : ",") + part;
    std::vector<std::string> grade = {"grade",   download, "--parts", list,  "--secret", "secret",
                                      "--store", "here",   "--out",   "one", "--no-html"};
    const Result one = pset3(grade);
    EXPECT_THAT(one.out, HasSubstr(download + ": a "));
    grade[7] = "there";
    grade[9] = "spread";
    for (const char* more : {"--engine", "slurm", "--at-once", "8"}) grade.push_back(more);
    const Result spread = pset3(grade);
    EXPECT_EQ(spread.status, one.status) << spread.out << spread.err;
    const nlohmann::json table = json(path("one/class.json"));
    EXPECT_EQ(json(path("spread/class.json")), table) << download;
    for (const nlohmann::json& row : table.at("submissions")) {
      const std::string results = row.at("results");
      EXPECT_EQ(without_times(json(path("spread") / results)),
                without_times(json(path("one") / results)))
          << download << " " << results;
    }
    for (const char* out : {"one", "spread"}) fs::remove_all(path(out));
    return table.at("submissions").size();
  }

  std::unique_ptr<SlurmCluster> cluster_;
};

TEST_F(Slurm, GradesAsOneMachineDoes) {
  start_cluster();
  const Result result = pset3(on_cluster("spread"));
  EXPECT_EQ(result.status, 2) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("submitted jobs"));
  EXPECT_THAT(result.out, HasSubstr("(3 tasks)"));
  EXPECT_THAT(result.out, HasSubstr("spread/class.json"));
  expect_the_same_as_on_one_machine("spread");
}

/// Students of p1 in two downloads; PSET3_CLASS=200 grades that many of all parts in four.
TEST_F(Slurm, GradesGeneratedDownloadsAsOneMachineDoes) {
  const char* const asked = std::getenv("PSET3_CLASS");
  ClassPlan plan;
  plan.students = 6;
  std::vector<Download> downloads = {Download::kCanvas, Download::kGradescope};
  if (asked != nullptr) {
    plan = {std::strtoul(asked, nullptr, 10), {"p0", "p1", "p2", "p3", "p4"}, 8, 1};
    downloads.assign(std::begin(kDownloads), std::end(kDownloads));
    environment_.erase("PSET3_HOME");
  }
  const auto students =
      generate_class(asked == nullptr ? small_course() : fs::path(PSET3_SOURCE_DIR), plan);
  start_cluster();
  std::size_t compared = 0;
  for (std::size_t i = 0; i < downloads.size(); ++i) {
    const auto part = [&](std::size_t k) {
      return students.begin() + static_cast<long>(students.size() * k / downloads.size());
    };
    const std::string name = name_of(downloads[i]);
    write_download({part(i), part(i + 1)}, downloads[i], path(name));
    compared += expect_both_engines_to_agree(name, plan.parts);
  }
  EXPECT_EQ(compared, students.size());
}

TEST_F(Slurm, FollowsItsJobsAgainWhenTheTerminalWasClosed) {
  start_cluster();
  // Nothing can begin as long as somebody else has the nodes.
  const std::string others =
      cluster_->run({"sbatch", "--parsable", "--exclusive", "--nodes=2", "--wrap", "sleep 600"});
  const auto first = start(on_cluster("spread"));
  ASSERT_TRUE(wait_until([&] { return first->out().find("submitted jobs") != std::string::npos; }));
  first->signal(SIGINT);
  EXPECT_EQ(first->wait(), -SIGINT);
  EXPECT_THAT(first->out(), HasSubstr("The jobs go on"));
  const auto second = start(on_cluster("spread"));
  ASSERT_TRUE(wait_until([&] { return second->out().find("follows jobs") != std::string::npos; }));
  cluster_->run({"scancel", others.substr(0, others.find('\n'))});
  EXPECT_EQ(second->wait(), 2) << second->err();
  EXPECT_EQ(json(path("spread/class.json")).at("submissions").size(), 6u);
}

TEST_F(Slurm, LosesNothingWithANode) {
  start_cluster();
  const auto grading = start(on_cluster("spread"));
  ASSERT_TRUE(wait_until(
      [&] {
        return !cluster_->run({"squeue", "-h", "-t", "RUNNING", "-w", "n2"}).empty();
      },
      std::chrono::seconds(60)));
  cluster_->kill_node(2);
  EXPECT_EQ(grading->wait(), 2) << grading->err();
  expect_the_same_as_on_one_machine("spread");
}

TEST_F(Slurm, SaysWhatAQueueDoesNotTake) {
  start_cluster("MaxArraySize=3\n");
  const Result few = pset3(grade("few", {"--engine", "slurm", "--at-once", "1"}));
  EXPECT_EQ(few.status, 2);
  EXPECT_THAT(few.err, HasSubstr("use --at-once 3"));
  const Result unknown =
      pset3(grade("unknown", {"--engine", "slurm", "--sbatch=--partition=nowhere"}));
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("invalid partition"));
  EXPECT_EQ(cluster_->run({"squeue", "-h"}), "");
}

}  // namespace
}  // namespace pset3::end_to_end
