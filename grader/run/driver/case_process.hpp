#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string_view>

#include "grader/run/driver/case_memory.hpp"

namespace pset3::run {

/// How the process of a case ended.
struct CaseEnd {
  bool in_time = true;
  int wait_status = 0;
  double cpu_ms = 0.0;    ///< of the process and the children that it waited for
  double peak_mib = 0.0;  ///< largest resident set, shared libraries included
};

struct CaseLimits {
  std::uint32_t cpu_ms = 0;
  std::uint32_t wall_ms = 0;
};

/// What a case prints goes through a pipe of its own: nothing that it does to its descriptors is
/// there for the next one.
class TextPipe {
 public:
  TextPipe();
  ~TextPipe();
  TextPipe(const TextPipe&) = delete;
  TextPipe& operator=(const TextPipe&) = delete;

  bool works() const { return read_end_ >= 0; }
  /// In the child: stdout and stderr write to the pipe.
  void become_output();
  /// In the parent: the writing end is the child's alone.
  void close_write_end();
  int read_end() const { return read_end_; }
  /// Reads what is there now, and forgets what is too much. @returns false at its end.
  bool drain();
  /// What was printed, at most kMaxTextBytes of it.
  std::string_view text() const { return text_.view().substr(0, size_); }

 private:
  int read_end_ = -1;
  int write_end_ = -1;
  CaseMemory text_;
  std::size_t size_ = 0;
};

/// Waits for the child, kills what is left of it and its family, and reaps them.
CaseEnd wait_for(pid_t child, const CaseLimits& limits, bool own_pid_namespace, TextPipe& text);

}  // namespace pset3::run
