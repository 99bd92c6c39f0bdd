#include "grader/intake/budget.hpp"

#include "grader/base/text.hpp"

namespace pset3::intake {
namespace {

constexpr std::uint64_t kMebibyte = 1ull << 20;

}  // namespace

void Budget::count_entry(bool is_ignored) {
  if (is_ignored ? ++ignored_entries_ > limits_.ignored_entries : ++entries_ > limits_.entries) {
    const int most = is_ignored ? limits_.ignored_entries : limits_.entries;
    throw Refused("more than " + counted(static_cast<std::size_t>(most), "file") +
                  (is_ignored ? "" : " outside of build and hidden folders") +
                  "; hand in only the part folders");
  }
}

void Budget::count_taken(std::uint64_t bytes) {
  taken_ += bytes;
  if (taken_ > limits_.total_bytes) {
    throw Refused("the part files in it are larger than " + size_text(limits_.total_bytes) +
                  " together; hand in each file once");
  }
  require_ratio(taken_);
}

void Budget::count_inflated(std::uint64_t bytes) {
  inflated_ += bytes;
  if (inflated_ > limits_.inflated_bytes) {
    throw Refused("it unpacks to more than " + size_text(limits_.inflated_bytes) +
                  "; hand in only the part folders");
  }
  require_ratio(inflated_);
}

void Budget::require_ratio(std::uint64_t bytes) const {
  if (packed_bytes_ == 0 || bytes <= kMebibyte || bytes / limits_.ratio <= packed_bytes_) return;
  throw Refused("it unpacks to more than " + std::to_string(limits_.ratio) +
                " times its size, as no source code does; hand in only the part folders");
}

std::string size_text(std::uint64_t bytes) {
  if (bytes >= kMebibyte && bytes % kMebibyte == 0)
    return std::to_string(bytes / kMebibyte) + " MiB";
  return counted(bytes, "byte");
}

}  // namespace pset3::intake
