#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
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

  int between(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }

  std::mt19937 random_{20261129};
};

/// A process's line of state; empty where it is gone. The stream's iterators would throw then.
std::string state_of(const std::string& pid) {
  std::ifstream stream("/proc/" + pid + "/stat");
  std::string line;
  std::getline(stream, line);
  return line;
}

/// The processes below one, with the names of their programs.
std::vector<std::pair<pid_t, std::string>> descendants(pid_t of) {
  std::map<pid_t, std::pair<pid_t, std::string>> all;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const std::string line = state_of(name);
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

bool has_ended(pid_t pid) {
  const std::string line = state_of(std::to_string(pid));
  const std::size_t close = line.rfind(')');
  return close == std::string::npos || line.compare(close, 3, ") Z") == 0;
}

/// Waits for a box and kills it. @returns whether there was one before the program ended.
bool kill_a_box(pid_t of, std::chrono::milliseconds after) {
  while (!has_ended(of)) {
    for (const auto& [pid, name] : descendants(of)) {
      if (name != "bwrap") continue;
      std::this_thread::sleep_for(after);
      return ::kill(pid, SIGKILL) == 0;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return false;
}

TEST_F(Kills, AtAnyMomentLoseNothingAndChangeNoByte) {
  const char* const asked = std::getenv("PSET3_KILLS");
  const int kills = asked == nullptr ? 4 : std::atoi(asked);
  ASSERT_EQ(pset3(grade("undisturbed", "expected")).status, 0);
  int boxes = 0;
  for (int i = 0; i < kills; ++i) {
    // What a kill of pset3 leaves is what the next one goes on with, and there are boxes in it.
    if (i % 2 == 0) fs::remove_all(path("store"));
    const auto process = start(grade("store", "grades"));
    std::this_thread::sleep_for(std::chrono::milliseconds(between(20, i % 2 == 0 ? 4000 : 1000)));
    if (i % 2 == 1) {  // a box: pset3 goes on and ends as if nothing had been
      if (kill_a_box(process->pid(), std::chrono::milliseconds(between(0, 100)))) ++boxes;
      EXPECT_EQ(process->wait(), 0) << "kill " << i << ": " << process->err();
      EXPECT_EQ(results("grades"), results("expected")) << "kill " << i;
    } else {
      process->signal(SIGKILL);
      process->wait();
    }
  }
  EXPECT_GT(boxes, 0);
  const Result last = pset3(grade("store", "grades"));
  EXPECT_EQ(last.status, 0) << last.err;
  EXPECT_EQ(results("grades"), results("expected"));
  EXPECT_EQ(pset3({"store", "verify", "--store", "store"}).status, 0);
  std::cout << boxes << " boxes and " << (kills + 1) / 2 << " times pset3 were killed\n";
}

}  // namespace
}  // namespace pset3::end_to_end
