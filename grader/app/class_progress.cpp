#include "grader/app/class_progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "grader/app/context.hpp"

namespace pset3::app {
namespace {

constexpr std::size_t kNamesShown = 4;
constexpr auto kRewrittenEvery = std::chrono::milliseconds(500);

/// "40 s", "3 min", "2 h 10 min": no more exact than a guess is.
std::string rough_time(double seconds) {
  const long whole = std::lround(seconds);
  if (whole < 90) return fmt::format("{} s", whole);
  const long minutes = std::lround(seconds / 60);
  if (minutes < 120) return fmt::format("{} min", minutes);
  return fmt::format("{} h {} min", minutes / 60, minutes % 60);
}

std::string rate_text(double a_minute) {
  return a_minute < 10 ? fmt::format("{:.1f} a minute", a_minute)
                       : fmt::format("{:.0f} a minute", a_minute);
}

}  // namespace

std::string progress_line(const ClassState& state) {
  if (state.total == 0) return state.phase;
  std::string line = fmt::format("{} of {} done", state.done, state.total);
  if (state.done > 0 && state.spent.count() > 0) {
    const double a_second = static_cast<double>(state.done) / state.spent.count();
    const auto left = static_cast<double>(state.total - state.done);
    line +=
        fmt::format(", {}, about {} left", rate_text(60 * a_second), rough_time(left / a_second));
  }
  for (std::size_t i = 0; i < std::min(kNamesShown, state.running.size()); ++i) {
    line += (i == 0 ? "; now: " : ", ") + state.running[i];
  }
  if (state.running.size() > kNamesShown) {
    line += fmt::format(" and {} more", state.running.size() - kNamesShown);
  }
  // What is made once for the class, and may keep a submission waiting.
  return state.phase.empty() ? line : line + " (" + state.phase + ")";
}

ClassProgress::ClassProgress(std::chrono::milliseconds between_lines)
    : begin_(std::chrono::steady_clock::now()), watcher_([=, this] { watch(between_lines); }) {}

ClassProgress::~ClassProgress() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  ends_.notify_all();
  watcher_.join();
  show_progress("");
}

void ClassProgress::phase(const std::string& text) {
  const std::lock_guard lock(mutex_);
  state_.phase = text;
}

void ClassProgress::begin_class(std::size_t total) {
  const std::lock_guard lock(mutex_);
  state_.phase.clear();
  state_.total = total;
  begin_ = std::chrono::steady_clock::now();
}

void ClassProgress::begin(const std::string& name) {
  const std::lock_guard lock(mutex_);
  state_.running.push_back(name);
}

void ClassProgress::finished(const std::string& name) {
  const std::lock_guard lock(mutex_);
  state_.phase.clear();
  ++state_.done;
  const auto found = std::find(state_.running.begin(), state_.running.end(), name);
  if (found != state_.running.end()) state_.running.erase(found);
}

void ClassProgress::say(const std::string& line) {
  const std::lock_guard lock(mutex_);
  show_progress("");
  fmt::print(stderr, "pset3: {}\n", line);
}

std::size_t ClassProgress::done() const {
  const std::lock_guard lock(mutex_);
  return state_.done;
}

ClassState ClassProgress::now() const {
  ClassState state = state_;
  state.spent = std::chrono::steady_clock::now() - begin_;
  return state;
}

void ClassProgress::watch(std::chrono::milliseconds between_lines) {
  const bool is_terminal = ::isatty(STDERR_FILENO) != 0;
  const auto pause = is_terminal ? kRewrittenEvery : between_lines;
  std::unique_lock lock(mutex_);
  while (!ends_.wait_for(lock, pause, [this] { return is_over_; })) {
    const std::string line = progress_line(now());
    if (line.empty()) continue;
    if (is_terminal) {
      show_progress(line);
    } else {
      fmt::print(stderr, "pset3: {}\n", line);
    }
  }
}

}  // namespace pset3::app
