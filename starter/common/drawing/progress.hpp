#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>

namespace pset3::drawing {

/// How progress is shown: redrawn in place on a terminal, else as a line each ten per cent, at most
/// one a second, and one at the end.
enum class ProgressStyle { kBar, kLines };

/// @returns kBar when stderr is a terminal or the variable PSET3_PROGRESS is "1", else kLines.
ProgressStyle progress_style_for_stderr();

/// Shows how far a long step is: percentage, count and the time that is left.
///
///     Progress progress("carving", cameras.size());
///     for (const Camera& camera : cameras) {
///       …
///       progress.advance();
///     }
class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  /// @param label  what is being done, a word or two.
  /// @param total  how many items there are; at least 1.
  /// @throws std::invalid_argument when total < 1.
  Progress(std::string label, std::int64_t total);

  /// The same into a stream of the caller's, which must live longer.
  Progress(std::string label, std::int64_t total, ProgressStyle style, std::ostream& out);

  /// Ends the line; says so when the step stopped half way.
  ~Progress();

  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Counts `items` more as done, up to the total.
  void advance(std::int64_t items = 1);

 private:
  void draw_bar();
  void draw_line();
  std::string time_text() const;

  std::string label_;
  std::int64_t total_;
  ProgressStyle style_;
  std::ostream& out_;
  std::int64_t done_ = 0;
  std::int64_t tenths_shown_ = 0;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_drawn_ = start_;
};

}  // namespace pset3::drawing
