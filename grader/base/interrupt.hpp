#pragma once

#include <chrono>

namespace pset3 {

/// Ctrl-C or a polite request to end (SIGTERM, SIGHUP). It unwinds the stack, so that boxes,
/// control groups and temporary folders go with their owners. No std::exception, so that nobody who
/// handles faults takes it for one.
struct Interrupted {
  int signal = 0;
};

/// From now on these signals no longer end the program at once: those who wait throw `Interrupted`.
/// A second one of the same kind does end it at once.
void end_gently_on_signals();

/// As long as it lives, a first Ctrl-C only asks to begin nothing new, so that what runs can end; a
/// second one throws `Interrupted` as usual. One at a time.
class FinishFirst {
 public:
  FinishFirst();
  ~FinishFirst();
  FinishFirst(const FinishFirst&) = delete;
  FinishFirst& operator=(const FinishFirst&) = delete;

  /// Whether Ctrl-C has come.
  bool is_asked() const;
};

/// Readable as soon as such a signal has come, for poll; -1 before `end_gently_on_signals`.
int interrupt_descriptor();

/// @throws Interrupted when such a signal has come.
void throw_if_interrupted();

/// Sleeps. @throws Interrupted as soon as such a signal comes.
void sleep_unless_interrupted(std::chrono::milliseconds duration);

}  // namespace pset3
