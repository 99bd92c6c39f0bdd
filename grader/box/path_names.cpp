#include "grader/box/path_names.hpp"

#include <algorithm>
#include <cctype>

namespace pset3::box {
namespace {

bool is_in_names(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Whether a path that begins behind `before` would be the rest of another one.
bool goes_on_a_path(char before) {
  return is_in_names(before) || before == '.' || before == '/' || before == '~';
}

}  // namespace

/// What a text begins with.
struct PathNames::Found {
  std::string_view seen;    ///< empty where it begins with none of the paths
  std::string_view called;  ///< for `seen`
  bool may_come = false;    ///< the text ends before this can be told
};

void PathNames::add(std::string seen, std::string called) {
  names_.emplace_back(std::move(seen), std::move(called));
  // The longest first, so that a path below another one keeps its own name.
  std::stable_sort(names_.begin(), names_.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

PathNames::Found PathNames::find(std::string_view text, char before, bool is_all) const {
  if (goes_on_a_path(before)) return {};
  for (const auto& [seen, called] : names_) {
    const bool is_cut_off = text.size() <= seen.size();
    if (is_cut_off && !is_all && seen.starts_with(text)) return {{}, {}, true};
    if (!text.starts_with(seen)) continue;
    if (is_cut_off || !is_in_names(text[seen.size()])) return {seen, called, false};
  }
  return {};
}

std::string PathNames::in(std::string_view text) const {
  RelayedText all(*this);
  return all.add(text) + all.rest();
}

std::string RelayedText::show(std::string_view piece, bool is_all) {
  waiting_ += piece;
  std::string shown;
  std::size_t at = 0;
  while (at < waiting_.size()) {
    const std::string_view left = std::string_view(waiting_).substr(at);
    const PathNames::Found found =
        left[0] == '/' ? names_.find(left, before_, is_all) : PathNames::Found{};
    if (found.may_come) break;
    const std::size_t read = std::max<std::size_t>(found.seen.size(), 1);
    shown += found.seen.empty() ? left.substr(0, 1) : found.called;
    before_ = left[read - 1];
    at += read;
  }
  waiting_.erase(0, at);
  return shown;
}

}  // namespace pset3::box
