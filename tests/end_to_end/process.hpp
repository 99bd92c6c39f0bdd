#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "grader/base/files.hpp"

namespace pset3::end_to_end {

/// Waits until something holds. @returns whether it did within the time.
bool wait_until(const std::function<bool()>& holds,
                std::chrono::milliseconds patience = std::chrono::seconds(30));

/// A running program, with what it printed. Killed with the object.
class Process {
 public:
  using Environment = std::map<std::string, std::string>;

  /// @param environment  beside what we have ourselves. @param folder  that it is started in.
  Process(const std::vector<std::string>& argv, const Environment& environment,
          const std::filesystem::path& folder);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  void signal(int number) const;
  /// @returns the exit status, or the negative number of the signal that ended it.
  int wait();
  /// So far.
  std::string out() const;
  std::string err() const;

 private:
  TemporaryFolder folder_;
  pid_t pid_ = -1;
  bool ended_ = false;
  int status_ = 0;
};

/// How a program ended that was waited for.
struct Result {
  int status = 0;
  std::string out;
  std::string err;
  double seconds = 0.0;
};

}  // namespace pset3::end_to_end
