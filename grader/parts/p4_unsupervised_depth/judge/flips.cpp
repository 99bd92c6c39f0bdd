#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/parts/p4_unsupervised_depth/judge/checks.hpp"

namespace pset3::judge::p4 {
namespace {

using Values = std::vector<float>;

Values values_of(const arrays::Array& array) {
  return {array.data<float>(), array.data<float>() + array.element_count()};
}

std::vector<std::int64_t> shape_of(const arrays::Array& array) {
  return {array.data<std::int64_t>(), array.data<std::int64_t>() + array.element_count()};
}

/// Runs of `width` values, each from last to first.
Values mirrored(Values values, std::size_t width) {
  for (std::size_t row = 0; row + width <= values.size(); row += width) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(row);
    std::reverse(begin, begin + static_cast<std::ptrdiff_t>(width));
  }
  return values;
}

/// Planes of `height` rows, each from the lowest row to the highest.
Values upside_down(const Values& values, std::size_t height, std::size_t width) {
  Values result;
  const std::size_t plane = height * width;
  for (std::size_t begin = 0; begin + plane <= values.size(); begin += plane) {
    for (std::size_t row = height; row-- > 0;) {
      const auto from = values.begin() + static_cast<std::ptrdiff_t>(begin + row * width);
      result.insert(result.end(), from, from + static_cast<std::ptrdiff_t>(width));
    }
  }
  return result;
}

/// Mirroring by interpolation is right to rounding.
bool same(const Values& a, const Values& b) {
  constexpr float kRounding = 1e-5F;
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](float x, float y) { return std::abs(x - y) <= kRounding; });
}

/// Whether a picture has the values of one of the views, in whatever places: who returns other
/// numbers has not touched the pair at all.
bool is_made_of(const Values& picture, const CaseView& view) {
  const auto sorted = [](Values values) {
    std::sort(values.begin(), values.end());
    return values;
  };
  const Values got = sorted(picture);
  return same(got, sorted(values_of(get(view.inputs, "left")))) ||
         same(got, sorted(values_of(get(view.inputs, "right"))));
}

/// Whether a picture is one of the views, turned round along any of its dimensions or none: what
/// flips do, right or wrong. Any other rearrangement that undoes itself is no flip.
bool is_turned_round(const Values& picture, const CaseView& view) {
  for (const char* side : {"left", "right"}) {
    const arrays::Array& given = get(view.inputs, side);
    const auto width = static_cast<std::size_t>(given.shape().back());
    const auto height = static_cast<std::size_t>(*std::prev(given.shape().end(), 2));
    // Runs of a row, of a plane and of all planes: together they turn each dimension by itself.
    for (unsigned turns = 0; turns < 8; ++turns) {
      Values turned = values_of(given);
      if ((turns & 1U) != 0) turned = mirrored(std::move(turned), width);
      if ((turns & 2U) != 0) turned = mirrored(std::move(turned), height * width);
      if ((turns & 4U) != 0) std::reverse(turned.begin(), turned.end());
      if (same(picture, turned)) return true;
    }
  }
  return false;
}

constexpr const char* kOtherValues = "your views have other values than the ones given";

struct Pair {
  Values left;
  Values right;
  bool operator==(const Pair& other) const {
    return same(left, other.left) && same(right, other.right);
  }
};

/// What was kept of one side, draw by draw. Sizes are a claim of the program that was run.
std::vector<Values> draws_of(const CaseView& view, const std::string& name) {
  const Values all = values_of(get(view.outputs, name));
  const arrays::Array& sizes = get(view.outputs, name + "_sizes");
  std::vector<Values> draws(sizes.element_count());
  std::size_t begin = 0;
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const std::int64_t claimed = sizes.data<std::int64_t>()[i];
    const std::size_t left = all.size() - begin;
    const std::size_t size =
        claimed < 0 ? left : std::min<std::size_t>(left, static_cast<std::size_t>(claimed));
    const auto from = all.begin() + static_cast<std::ptrdiff_t>(begin);
    draws[i].assign(from, from + static_cast<std::ptrdiff_t>(size));
    begin += size;
  }
  return draws;
}

/// What the draws of a case gave, beside what they may give.
class Draws {
 public:
  explicit Draws(const CaseView& view)
      : view_(view),
        pair_{values_of(get(view.inputs, "left")), values_of(get(view.inputs, "right"))},
        lefts_(draws_of(view, "lefts")),
        rights_(draws_of(view, "rights")) {
    const auto& shape = get(view.inputs, "left").shape();
    height_ = static_cast<std::size_t>(shape[shape.size() - 2]);
    width_ = static_cast<std::size_t>(shape.back());
  }

  std::size_t count() const { return std::min(lefts_.size(), rights_.size()); }
  Pair draw(std::size_t number) const { return {lefts_[number], rights_[number]}; }
  /// @returns the shape of a view that is not shaped as the one that was given, or "".
  std::string other_shape() const {
    for (const char* side : {"left", "right"}) {
      const std::string name = std::string(side) + "s_shape";
      const std::vector<std::int64_t>& given = get(view_.inputs, side).shape();
      const std::vector<std::int64_t> got = shape_of(get(view_.outputs, name));
      if (got != given) return fmt::format("({})", fmt::join(got, ", "));
    }
    return "";
  }
  const Pair& as_it_was() const { return pair_; }
  Pair flipped() const { return {mirrored(pair_.right, width_), mirrored(pair_.left, width_)}; }

  bool has_given_values() const {
    return std::any_of(lefts_.begin(), lefts_.end(),
                       [&](const Values& draw) { return is_made_of(draw, view_); });
  }

  /// @returns what was done in place of a flip.
  std::string words(const Pair& got) const {
    const Pair swapped = {pair_.right, pair_.left};
    if (got == swapped) return "views that change places and are not mirrored";
    if (got == Pair{mirrored(pair_.left, width_), mirrored(pair_.right, width_)}) {
      return "views that are mirrored and do not change places";
    }
    const auto turned = [&](const Values& view) { return upside_down(view, height_, width_); };
    if (got == Pair{turned(pair_.right), turned(pair_.left)} ||
        got == Pair{turned(pair_.left), turned(pair_.right)}) {
      return "views that are upside down";
    }
    if (same(got.left, pair_.left) || same(got.right, pair_.right))
      return "one view that stays as it was";
    return "other pictures";
  }

 private:
  const CaseView& view_;
  Pair pair_;
  std::vector<Values> lefts_;
  std::vector<Values> rights_;
  std::size_t height_ = 0;
  std::size_t width_ = 0;
};

}  // namespace

CaseFinding judge_flipped_views(const CaseView& view) {
  const Draws draws(view);
  const std::string expected = "the pair as it is, or both views mirrored and swapped";
  const std::string other_shape = draws.other_shape();
  if (!other_shape.empty()) {
    return failed(fmt::format("two views of shape ({}), as they were given",
                              fmt::join(get(view.inputs, "left").shape(), ", ")),
                  "a view of shape " + other_shape);
  }
  const Pair flipped = draws.flipped();
  for (std::size_t i = 0; i < draws.count(); ++i) {
    const Pair got = draws.draw(i);
    if (got == draws.as_it_was() || got == flipped) continue;
    return failed(expected, draws.words(got));
  }
  return passed(expected, "the same");
}

CaseFinding judge_flip_share(const CaseView& view) {
  const Draws draws(view);
  const double probability = get(view.inputs, "probability").item<double>();
  const auto count = static_cast<double>(draws.count());
  // Six deviations: two right programs in a billion are further off.
  const double off = 6.0 * std::sqrt(count * probability * (1.0 - probability));
  const std::string expected =
      fmt::format("a flip in about {:.0f} of {:.0f} draws", count * probability, count);
  // Whatever is done to a pair in place of a flip counts as one: another check is about that.
  std::size_t flips = 0;
  for (std::size_t i = 0; i < draws.count(); ++i)
    flips += draws.draw(i) == draws.as_it_was() ? 0 : 1;
  const std::string got = fmt::format("in {}", flips);
  return std::abs(static_cast<double>(flips) - count * probability) <= off ? passed(expected, got)
                                                                           : failed(expected, got);
}

CaseFinding judge_flipped_twice(const CaseView& view) {
  const std::string expected = "flipped twice, the pair as it was";
  for (const char* side : {"left", "right"}) {
    const std::string other = std::string(side) == "left" ? "right" : "left";
    const Values got = values_of(get(view.outputs, side));
    const std::vector<std::int64_t> shape =
        shape_of(get(view.outputs, std::string(side) + "_shape"));
    if (shape != get(view.inputs, side).shape()) {
      return failed(expected, fmt::format("a {} view of shape ({})", side, fmt::join(shape, ", ")));
    }
    if (same(got, values_of(get(view.inputs, side)))) continue;
    if (same(got, values_of(get(view.inputs, other)))) {
      return failed(expected, "views that have changed places");
    }
    return failed(expected, fmt::format("another {} view", side));
  }
  const Values once = values_of(get(view.outputs, "left_once"));
  if (!is_made_of(once, view)) return blocked("p4.a.views", expected, kOtherValues);
  if (!is_turned_round(once, view)) {
    return blocked("p4.a.views", expected, "views that are not turned round along any dimension");
  }
  return passed(expected, "the same");
}

CaseFinding judge_pair_unchanged(const CaseView& view) {
  const std::string expected = "the caller's views as they were";
  if (!Draws(view).has_given_values()) {
    return blocked("p4.a.views", expected, kOtherValues);
  }
  for (const char* side : {"left", "right"}) {
    if (get(view.outputs, std::string(side) + "_after") == get(view.inputs, side)) continue;
    return failed(expected, fmt::format("a {} view that was changed in place", side));
  }
  const auto* written = get(view.outputs, "written_into").data<std::int64_t>();
  if (written[0] != 0 || written[1] != 0) {
    return failed(expected, fmt::format("a {} view that was written into and put back",
                                        written[0] != 0 ? "left" : "right"));
  }
  return passed(expected, "the same");
}

}  // namespace pset3::judge::p4
