#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

#include "tests/end_to_end/desk.hpp"

namespace pset3::end_to_end {
namespace {

/// A class is graded, and now and then something of it is killed.
class Kills : public Desk {
 protected:
  Kills() { put_class(); }
  std::vector<std::string> grade(const std::string& store, const std::string& out) const {
    return {"grade", "in", "--secret", "secret", "--store", store, "--out", out};
  }
  nlohmann::json results(const std::string& out) const {
    nlohmann::json all;
    for (const char* name : {"ann", "ben", "cat", "dan"}) {
      all[name] = without_times(json(path(out) / name / "results.json"));
    }
    all["class"] = json(path(out) / "class.json");
    return all;
  }

  std::mt19937 random_{20261129};
};

/// The processes below one, with the names of their programs.
std::vector<std::pair<pid_t, std::string>> descendants(pid_t of) {
  std::map<pid_t, std::pair<pid_t, std::string>> all;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream stream(entry.path() / "stat");
    const std::string line{std::istreambuf_iterator<char>(stream), {}};
    const std::size_t open = line.find('(');
    const std::size_t close = line.rfind(')');
    if (open == std::string::npos || close == std::string::npos) continue;
    char state = 0;
    pid_t parent = 0;
    std::istringstream(line.substr(close + 1)) >> state >> parent;
    all[static_cast<pid_t>(std::atol(line.c_str()))] = {parent,
                                                        line.substr(open + 1, close - open - 1)};
  }
  std::vector<std::pair<pid_t, std::string>> below;
  for (const auto& [pid, item] : all) {
    pid_t up = item.first;
    while (up > 1 && up != of && all.count(up) != 0) up = all.at(up).first;
    if (up == of) below.emplace_back(pid, item.second);
  }
  return below;
}

TEST_F(Kills, AtAnyMomentLoseNothingAndChangeNoByte) {
  const char* const asked = std::getenv("PSET3_KILLS");
  const int kills = asked == nullptr ? 6 : std::atoi(asked);
  ASSERT_EQ(pset3(grade("undisturbed", "expected")).status, 0);
  int boxes = 0;
  for (int i = 0; i < kills; ++i) {
    // Begun from nothing from time to time, so that early moments come too.
    if (i % 4 == 0) fs::remove_all(path("store"));
    const auto process = start(grade("store", "grades"));
    std::this_thread::sleep_for(
        std::chrono::milliseconds(std::uniform_int_distribution(20, 4000)(random_)));
    if (i % 2 == 1) {  // a box: pset3 goes on and ends as if nothing had been
      for (const auto& [pid, name] : descendants(process->pid())) {
        if (name != "bwrap") continue;
        ::kill(pid, SIGKILL);
        ++boxes;
        break;
      }
      EXPECT_EQ(process->wait(), 0) << "kill " << i << ": " << process->err();
      EXPECT_EQ(results("grades"), results("expected")) << "kill " << i;
    } else {
      process->signal(SIGKILL);
      process->wait();
    }
  }
  const Result last = pset3(grade("store", "grades"));
  EXPECT_EQ(last.status, 0) << last.err;
  EXPECT_EQ(results("grades"), results("expected"));
  EXPECT_EQ(pset3({"store", "verify", "--store", "store"}).status, 0);
  RecordProperty("boxes_killed", boxes);
}

}  // namespace
}  // namespace pset3::end_to_end
