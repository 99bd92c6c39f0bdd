#include "starter/common/drawing/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace pset3::drawing {
namespace {

constexpr int kBarWidth = 28;
constexpr auto kRedrawEvery = std::chrono::milliseconds(80);
constexpr auto kLineEvery = std::chrono::seconds(1);

std::string duration_text(double seconds) {
  const long whole = std::lround(seconds);
  if (whole < 60) {
    return fmt::format("{} s", whole);
  }
  if (whole < 3600) {
    return fmt::format("{}:{:02} min", whole / 60, whole % 60);
  }
  return fmt::format("{}:{:02} h", whole / 3600, whole / 60 % 60);
}

// Eighths of a block make the bar move smoothly.
std::string bar(double share) {
  static constexpr const char* kEighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const int eighths = static_cast<int>(share * kBarWidth * 8.0);
  std::string text;
  for (int i = 0; i < eighths / 8; ++i) {
    text += "█";
  }
  text += kEighths[eighths % 8];
  const int used = eighths / 8 + (eighths % 8 != 0 ? 1 : 0);
  return text + std::string(static_cast<std::size_t>(kBarWidth - used), ' ');
}

}  // namespace

ProgressStyle progress_style_for_stderr() {
  const char* asked = std::getenv("PSET3_PROGRESS");
  const bool wants_bar = asked != nullptr && std::string_view(asked) == "1";
  return wants_bar || isatty(STDERR_FILENO) == 1 ? ProgressStyle::kBar : ProgressStyle::kLines;
}

Progress::Progress(std::string label, std::int64_t total)
    : Progress(std::move(label), total, progress_style_for_stderr(), std::cerr) {}

Progress::Progress(std::string label, std::int64_t total, ProgressStyle style, std::ostream& out)
    : label_(std::move(label)), total_(total), style_(style), out_(out) {
  if (total < 1) {
    throw std::invalid_argument(fmt::format("progress needs a total of at least 1, not {}", total));
  }
  if (style_ == ProgressStyle::kBar) {
    draw_bar();
  }
}

Progress::~Progress() {
  if (style_ == ProgressStyle::kBar) {
    draw_bar();
    out_ << '\n' << std::flush;
  } else if (done_ < total_) {
    out_ << fmt::format("{}: stopped at {} of {}\n", label_, done_, total_) << std::flush;
  }
}

void Progress::advance(std::int64_t items) {
  done_ = std::min(total_, done_ + items);
  if (style_ == ProgressStyle::kBar) {
    if (Clock::now() - last_drawn_ >= kRedrawEvery || done_ == total_) {
      draw_bar();
    }
    return;
  }
  const bool due = done_ * 10 / total_ > tenths_shown_ && Clock::now() - last_drawn_ >= kLineEvery;
  if (due || done_ == total_) draw_line();
}

void Progress::draw_bar() {
  last_drawn_ = Clock::now();
  const double share = static_cast<double>(done_) / static_cast<double>(total_);
  // "\033[K" clears what a longer line left behind.
  out_ << fmt::format("\r{:<20} {:3.0f} % ▕{}▏ {}/{}{}\033[K", label_, 100.0 * share, bar(share),
                      done_, total_, time_text())
       << std::flush;
}

void Progress::draw_line() {
  if (tenths_shown_ == 10) return;
  last_drawn_ = Clock::now();
  tenths_shown_ = done_ * 10 / total_;
  out_ << fmt::format("{}: {} % ({} of {}){}\n", label_, done_ * 100 / total_, done_, total_,
                      time_text())
       << std::flush;
}

std::string Progress::time_text() const {
  const double passed = std::chrono::duration<double>(Clock::now() - start_).count();
  if (done_ == total_) {
    return fmt::format(", {:.1f} s", passed);
  }
  if (done_ == 0) {
    return "";
  }
  const double left = passed / static_cast<double>(done_) * static_cast<double>(total_ - done_);
  return ", " + duration_text(left) + " left";
}

}  // namespace pset3::drawing
