// `grade --engine slurm` on a real Slurm: a controller and two nodes on this machine.
#include <csignal>

#include "tests/end_to_end/desk.hpp"
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
