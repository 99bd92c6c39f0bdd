#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "grader/judge/distance.hpp"
#include "grader/judge/findings.hpp"
#include "grader/judge/wording.hpp"
#include "grader/parts/p2_representation_learning/judge/checks.hpp"
#include "grader/parts/p2_representation_learning/judge/images.hpp"

namespace pset3::judge::p2 {
namespace {

constexpr std::int64_t kRotations = 8;
constexpr std::int64_t kInt64 = 4;  // torch::kInt64

/// What came back.
struct Items {
  std::size_t count = 0;      ///< of all rounds
  std::size_t per_round = 0;  ///< that there should be
  const float* values = nullptr;
  const std::int64_t* targets = nullptr;
};

double pct_of(const CaseView& view) { return get(view.inputs, "pct").item<double>(); }

std::int64_t image_count(const CaseView& view) { return get(view.inputs, "images").shape()[0]; }

std::size_t right_size(const CaseView& view) {
  return static_cast<std::size_t>(static_cast<double>(image_count(view)) * pct_of(view));
}

Items items_of(const CaseView& view) {
  Items items;
  items.per_round = right_size(view);
  const arrays::Array& targets = get(view.outputs, "targets");
  const arrays::Array& values = get(view.outputs, "items");
  items.count = targets.element_count();
  items.targets = targets.data<std::int64_t>();
  items.values = values.data<float>();
  if (values.shape()[0] != targets.shape()[0]) {
    throw std::invalid_argument("as many items as targets expected");
  }
  return items;
}

const std::int64_t* labels_of(const CaseView& view) {
  return get(view.inputs, "labels").data<std::int64_t>();
}

const std::uint8_t* pixels_of(const CaseView& view, std::size_t image) {
  return get(view.inputs, "images").data<std::uint8_t>() + image * kFileSide * kFileSide;
}

std::string name_of_type(std::int64_t type) {
  // LibTorch's own numbers.
  static constexpr std::array<const char*, 8> kNames = {"uint8", "int8",    "int16", "int32",
                                                        "int64", "float16", "float", "double"};
  const auto index = static_cast<std::size_t>(type);
  return type >= 0 && index < kNames.size() ? kNames[index] : "another type";
}

std::optional<CaseFinding> wrong_type(const CaseView& view) {
  const std::int64_t type = get(view.outputs, "target_type").item<std::int64_t>();
  if (type == kInt64) return std::nullopt;
  return failed("labels of type int64, which cross entropy asks for",
                "labels of type " + name_of_type(type));
}

/// @param what  "images" or "labels", of those that the dataset was made from.
std::optional<CaseFinding> written_into(const CaseView& view, const std::string& what) {
  if (!get(view.outputs, what + "_written").item<bool>()) return std::nullopt;
  return failed(fmt::format("{} of the source that stay as they are", what),
                fmt::format("your dataset writes into the {} that it was made from", what));
}

/// @param what  "images" or "labels", of the examples that were returned.
std::optional<CaseFinding> overwritten(const CaseView& view, const std::string& what) {
  if (get(view.outputs, what + "_kept").item<bool>()) return std::nullopt;
  return failed(fmt::format("{} that stay as they were returned", what),
                fmt::format("get() writes into {} that it has returned before", what));
}

std::optional<CaseFinding> blocked_by_size(const std::string& expected, std::size_t count) {
  if (count > 0) return std::nullopt;
  return blocked("p2.a.size", expected, "an empty dataset");
}

/// What a program that multiplies in double may keep: 0.29 * 100 is 28.999999999999996.
bool may_be_size(std::int64_t size, double product) {
  return size == static_cast<std::int64_t>(product) ||
         size == static_cast<std::int64_t>(product + 1e-9);
}

CaseFinding compare_labels(const CaseView& view, const std::string& expected) {
  const Items items = items_of(view);
  if (auto finding = blocked_by_size(expected, items.count)) return *finding;
  const std::size_t count = std::min(items.count, items.per_round);
  std::size_t wrong = 0;
  std::string detail;
  for (std::size_t i = 0; i < count; ++i) {
    if (items.targets[i] == labels_of(view)[i]) continue;
    if (wrong++ == 0) {
      detail = fmt::format("item {}: expected label {}, got {}", i, labels_of(view)[i],
                           items.targets[i]);
    }
  }
  if (wrong == 0) return passed(expected, "the same");
  return failed(expected, fmt::format("{} of {} labels are wrong", wrong, count), detail);
}

/// A rotated item and its source.
struct Turned {
  const float* values = nullptr;
  const std::uint8_t* pixels = nullptr;
  Image source;
  std::int64_t target = 0;
};

std::vector<Turned> turned_items(const CaseView& view, const Items& items) {
  std::vector<Turned> all;
  for (std::size_t i = 0; i < items.count; ++i) {
    const std::uint8_t* pixels = pixels_of(view, i % items.per_round);
    all.push_back({items.values + i * kImagePixels, pixels, resized(pixels), items.targets[i]});
  }
  return all;
}

/// The line got = slope * wanted + offset through pairs of numbers, by least squares.
class Line {
 public:
  void add(double wanted, double got) {
    ++count_;
    x_ += wanted;
    y_ += got;
    xx_ += wanted * wanted;
    xy_ += wanted * got;
  }
  double slope() const {
    const double spread = xx_ - x_ * x_ / count_;
    return spread > 0.0 ? (xy_ - x_ * y_ / count_) / spread : 0.0;
  }
  double offset() const { return (y_ - slope() * x_) / count_; }

 private:
  double count_ = 0.0;
  double x_ = 0.0;
  double y_ = 0.0;
  double xx_ = 0.0;
  double xy_ = 0.0;
};

/// Largest difference between an item and its source turned by an angle, after the best change of
/// brightness and contrast: how values are normalised is judged elsewhere.
double mismatch(const Turned& item, const TurnedImage& wanted, std::optional<Line>& line) {
  if (!line) {
    line.emplace();
    for (std::size_t p = 0; p < kImagePixels; ++p) {
      if (wanted.inside[p]) line->add(wanted.values[p], item.values[p]);
    }
  }
  const double slope = line->slope();
  const double offset = line->offset();
  if (!(std::abs(slope) > 1e-3)) return 1.0;
  double worst = 0.0;
  for (std::size_t p = 0; p < kImagePixels; ++p) {
    if (!wanted.inside[p]) continue;
    // In units of the image's own values, 0 to 1.
    const double error = distance((item.values[p] - offset) / slope, wanted.values[p]);
    worst = std::max(worst, error);
  }
  return worst;
}

double mismatch(const Turned& item, double degrees, std::optional<Line>& line) {
  return mismatch(item, turned(item.source, degrees), line);
}

/// How far from black an item is where an image that is turned by an angle has nothing to say, in
/// the same units.
double corner_error(const Turned& item, double degrees) {
  const TurnedImage wanted = turned(item.source, degrees);
  std::optional<Line> line;
  mismatch(item, wanted, line);
  double worst = 0.0;
  for (std::size_t p = 0; p < kImagePixels; ++p) {
    if (!wanted.outside[p]) continue;
    worst = std::max(worst, distance((item.values[p] - line->offset()) / line->slope(), 0.0));
  }
  return worst;
}

/// The first item whose corners are not black, when all are turned in a sense.
std::optional<std::size_t> first_bright_corner(const std::vector<Turned>& items, double sense) {
  constexpr double kBlack = 0.01;  // of values from 0 to 1
  for (std::size_t i = 0; i < items.size(); ++i) {
    const double degrees = sense * 45.0 * static_cast<double>(items[i].target);
    if (!(corner_error(items[i], degrees) <= kBlack)) return i;
  }
  return std::nullopt;
}

struct SenseResult {
  std::size_t wrong = 0;
  std::size_t first_wrong = 0;
};

/// All items turned by 45 degrees times their labels, in one sense.
SenseResult try_sense(const std::vector<Turned>& items, double sense, double tolerance) {
  SenseResult result;
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::optional<Line> own;
    const double error =
        mismatch(items[i], sense * 45.0 * static_cast<double>(items[i].target), own);
    if (error <= tolerance) continue;
    if (result.wrong++ == 0) result.first_wrong = i;
  }
  return result;
}

/// "turned by 90 degrees clockwise", or that nothing fits.
std::string best_angle(const Turned& item, double tolerance) {
  for (int degrees = -179; degrees <= 180; ++degrees) {
    std::optional<Line> own;
    if (!(mismatch(item, degrees, own) <= tolerance)) continue;
    if (degrees == 0) return "is not turned";
    return fmt::format("is turned by {} degrees {}", std::abs(degrees),
                       degrees < 0 ? "clockwise" : "counter-clockwise");
  }
  return "is not this image turned by a whole number of degrees";
}

/// Pearson's χ² of all labels together. With 7 degrees of freedom a right program is above the
/// limit once in ten million draws.
bool are_even(const std::array<std::int64_t, kRotations>& times) {
  constexpr double kLimit = 45.3;
  const auto count = static_cast<double>(std::accumulate(times.begin(), times.end(), 0LL));
  double sum = 0.0;
  for (const std::int64_t one : times) {
    const double off = static_cast<double>(one) - count / kRotations;
    sum += off * off / (count / kRotations);
  }
  return sum <= kLimit;
}

/// Whether all items are turned as their labels say, but before they were resized. Who turns bytes
/// rounds them.
bool all_turned_before_resized(const std::vector<Turned>& items) {
  constexpr double kTolerance = 0.01;
  const auto all_in = [&](double sense) {
    return std::all_of(items.begin(), items.end(), [&](const Turned& item) {
      std::optional<Line> line;
      const double degrees = sense * 45.0 * static_cast<double>(item.target);
      return mismatch(item, turned_before_resized(item.pixels, degrees), line) <= kTolerance;
    });
  };
  return !items.empty() && (all_in(1.0) || all_in(-1.0));
}

/// By how many degrees an item is turned, counter-clockwise, −179 to 180; nothing when no whole
/// number of degrees fits.
std::optional<int> angle_of(const Turned& item) {
  constexpr double kTolerance = 1e-3;
  for (const int step : {45, 1}) {  // multiples of 45 are likely, and fast to try
    for (int degrees = -180 + step; degrees <= 180; degrees += step) {
      std::optional<Line> own;
      if (mismatch(item, degrees, own) <= kTolerance) return degrees;
    }
  }
  return std::nullopt;
}

/// The first rule of the form angle = factor · label + offset that all items keep.
struct TurnRule {
  int factor = 0;
  int offset = 0;
};

std::optional<TurnRule> turn_rule(const std::vector<Turned>& items,
                                  const std::vector<int>& angles) {
  const auto keeps = [&](const TurnRule& rule) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto angle = rule.factor * static_cast<int>(items[i].target) + rule.offset;
      if ((angle - angles[i]) % 360 != 0) return false;
    }
    return true;
  };
  for (int factor = 0; factor <= 180; ++factor) {
    for (int offset = 0; offset < 360; offset += 45) {
      // Who turns the other way is as right or as wrong.
      for (const int sense : {1, -1}) {
        if (keeps({sense * factor, sense * offset})) return TurnRule{factor, offset};
      }
    }
  }
  return std::nullopt;
}

}  // namespace

CaseFinding judge_sizes(const CaseView& view) {
  const arrays::Array& fractions = get(view.inputs, "pct");
  const auto* sizes = get(view.outputs, "sizes").data<std::int64_t>();
  const auto count = static_cast<double>(image_count(view));
  const std::string expected =
      fmt::format("{} times each of {} fractions, rounded down", count, fractions.element_count());
  std::string detail;
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < fractions.element_count(); ++i) {
    const double pct = fractions.data<double>()[i];
    if (may_be_size(sizes[i], count * pct)) continue;
    if (wrong++ < 3) {
      detail += fmt::format("{}pct {:.6g}: expected {}, got {}", detail.empty() ? "" : "\n", pct,
                            static_cast<std::int64_t>(count * pct), sizes[i]);
    }
  }
  if (wrong == 0) return passed(expected, "the same");
  return failed(expected, fmt::format("{} of them differ", wrong), detail);
}

CaseFinding judge_first_images(const CaseView& view) {
  return compare_labels(view, "the first images of the set, in their order: their labels");
}

CaseFinding judge_class_labels(const CaseView& view) {
  if (auto finding = wrong_type(view)) return *finding;
  if (auto finding = written_into(view, "labels")) return *finding;
  const CaseFinding finding = compare_labels(view, "the label of each image");
  if (finding.verdict != Verdict::kPassed) return finding;
  return overwritten(view, "labels").value_or(finding);
}

CaseFinding judge_image_values(const CaseView& view) {
  constexpr double kTolerance = 1e-4;  // a thousand times what rounding in float does
  const Items items = items_of(view);
  const std::string expected =
      "each image resized to 32x32 and normalised: (value - 0.2859) / 0.3530";
  if (auto finding = blocked_by_size(expected, items.count)) return *finding;
  if (auto finding = written_into(view, "images")) return *finding;
  double worst = 0.0;
  std::string detail;
  double lowest = items.values[0];
  double highest = items.values[0];
  for (std::size_t i = 0; i < std::min(items.count, items.per_round); ++i) {
    const Image image = resized(pixels_of(view, i));
    for (std::size_t p = 0; p < kImagePixels; ++p) {
      const double got = items.values[i * kImagePixels + p];
      lowest = std::min(lowest, got);
      highest = std::max(highest, got);
      const double wanted = normalized(image[p]);
      const double error = distance(got, wanted);
      if (!(error > worst)) continue;
      worst = error;
      detail = fmt::format("image {}, row {}, column {}: expected {:.5g}, got {:.5g}", i,
                           p / kImageSide, p % kImageSide, wanted, got);
    }
  }
  if (worst <= kTolerance) {
    return overwritten(view, "images").value_or(passed(expected, "the same"));
  }
  return failed(expected,
                fmt::format("values from {:.4g} to {:.4g} that differ by up to {:.4g}", lowest,
                            highest, worst),
                detail);
}

CaseFinding judge_rotation_labels(const CaseView& view) {
  if (auto finding = wrong_type(view)) return *finding;
  if (auto finding = written_into(view, "labels")) return *finding;
  const arrays::Array& targets = get(view.outputs, "targets");
  const std::string expected = "labels 0 to 7, each about as often";
  const std::size_t count = targets.element_count();
  // Few labels, or the one of a set of one, are even by chance.
  if (count != static_cast<std::size_t>(image_count(view))) {
    return blocked("p2.a.size", expected,
                   fmt::format("{} items of {} images", count, image_count(view)));
  }
  std::array<std::int64_t, kRotations> times{};
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t target = targets.data<std::int64_t>()[i];
    if (target < 0 || target >= kRotations) {
      return failed(expected, fmt::format("label {} of item {}", target, i));
    }
    ++times[static_cast<std::size_t>(target)];
  }
  const std::string got =
      fmt::format("of {} items, labels 0 to 7 occur {} times", count, fmt::join(times, ", "));
  return are_even(times) ? passed(expected, got) : failed(expected, got);
}

CaseFinding judge_refusals(const CaseView& view) {
  static constexpr std::array<const char*, 3> kIndices = {"-1", "size()", "size() + 1000"};
  const std::string expected = "std::out_of_range for an index below 0 or beyond size() - 1";
  const auto* answers = get(view.outputs, "answers").data<std::int64_t>();
  for (std::size_t i = 0; i < get(view.outputs, "answers").element_count(); ++i) {
    if (answers[i] == 1) continue;
    return failed(expected,
                  fmt::format("get({}) {}", kIndices[i % kIndices.size()],
                              answers[i] == 0 ? "returned an example" : "threw another exception"));
  }
  return passed(expected, "the same");
}

CaseFinding judge_turned_images(const CaseView& view) {
  constexpr double kTolerance = 1e-3;  // of values from 0 to 1; a degree more changes them by .05
  const std::string expected =
      "each image turned by 45 degrees times its label, all clockwise or all counter-clockwise";
  const Items items = items_of(view);
  const auto rounds = static_cast<std::size_t>(get(view.inputs, "rounds").item<std::int64_t>());
  if (items.count != rounds * items.per_round) {
    return blocked("p2.a.size", expected,
                   fmt::format("{} items in {} rounds", items.count, rounds));
  }
  for (std::size_t i = 0; i < items.count; ++i) {
    if (items.targets[i] >= 0 && items.targets[i] < kRotations) continue;
    return blocked("p2.a.rotation_labels", expected,
                   fmt::format("label {}, which is no rotation", items.targets[i]));
  }
  const std::vector<Turned> turned = turned_items(view, items);
  const SenseResult left = try_sense(turned, 1.0, kTolerance);
  const SenseResult right = try_sense(turned, -1.0, kTolerance);
  const bool leftwards = left.wrong <= right.wrong;
  const SenseResult& better = leftwards ? left : right;
  if (better.wrong == 0) {
    if (const auto bright = first_bright_corner(turned, leftwards ? 1.0 : -1.0)) {
      return failed(expected + "; black outside the turned image",
                    fmt::format("corners of item {} that are not black", *bright));
    }
    for (const char* what : {"images", "labels"}) {
      if (auto finding = overwritten(view, what)) return *finding;
    }
    return passed(expected, leftwards ? "all counter-clockwise" : "all clockwise");
  }
  const Turned& first = turned[better.first_wrong];
  return failed(expected,
                fmt::format("{} of {} images do not fit their labels", better.wrong, turned.size()),
                fmt::format("item {} has label {}, so {} degrees, but {}", better.first_wrong,
                            first.target, 45 * first.target, best_angle(first, kTolerance)));
}

namespace {

/// Labels and images together: what would leave images unjudged is itself a mistake here.
CaseFinding judge_rotated_items(const CaseView& view) {
  CaseFinding finding = judge_turned_images(view);
  if (finding.verdict == Verdict::kBlocked) {
    finding.verdict = Verdict::kFailed;
    finding.blocked_by.clear();
  }
  return finding;
}

}  // namespace

/// Which labels occur, whatever numbers were drawn, and of which type they are.
Sketch sketch_rotation_labels(const CaseView& view) {
  const arrays::Array& targets = get(view.outputs, "targets");
  std::array<std::int64_t, kRotations> times{};
  Sketch sketch = {static_cast<double>(get(view.outputs, "target_type").item<std::int64_t>()),
                   get(view.outputs, "labels_written").item<bool>() ? 1.0 : 0.0};
  double lowest = 0.0;
  double highest = 0.0;
  for (std::size_t i = 0; i < targets.element_count(); ++i) {
    const std::int64_t target = targets.data<std::int64_t>()[i];
    lowest = std::min(lowest, static_cast<double>(target));
    highest = std::max(highest, static_cast<double>(target));
    if (target >= 0 && target < kRotations) ++times[static_cast<std::size_t>(target)];
  }
  const auto labels = std::count_if(times.begin(), times.end(), [](auto one) { return one > 0; });
  // The one that all images have is the first of some generator.
  if (labels == 1 && lowest >= 0.0 && highest < kRotations) return {sketch[0], sketch[1], 1.0};
  for (const std::int64_t one : times) sketch.push_back(one > 0 ? 1.0 : 0.0);
  sketch.insert(sketch.end(), {lowest, highest, are_even(times) ? 1.0 : 0.0});
  return sketch;
}

namespace {

/// By what rule images are turned, whatever numbers were drawn.
Sketch sketch_turns(const CaseView& view) {
  const Items items = items_of(view);
  if (items.per_round == 0 || items.count % items.per_round != 0) return {-2.0};
  const std::vector<Turned> turned = turned_items(view, items);
  std::vector<int> angles;
  for (const Turned& item : turned) {
    const std::optional<int> angle = angle_of(item);
    // Turned by no whole number of degrees, or another image.
    if (!angle) return {all_turned_before_resized(turned) ? -3.0 : -1.0};
    angles.push_back(*angle);
  }
  if (const auto rule = turn_rule(turned, angles)) {
    const bool black = !first_bright_corner(turned, 1.0) || !first_bright_corner(turned, -1.0);
    return {1.0, static_cast<double>(rule->factor), static_cast<double>(rule->offset),
            rule->factor == 45 && rule->offset == 0 && !black ? 1.0 : 0.0};
  }
  // No rule: whether the angles are those of the labels but for their sense, and whether all are
  // multiples of 45 degrees.
  bool either_sense = true;
  bool eighths = true;
  for (std::size_t i = 0; i < angles.size(); ++i) {
    const auto wanted = static_cast<int>(turned[i].target * 45);
    either_sense =
        either_sense && ((angles[i] - wanted) % 360 == 0 || (angles[i] + wanted) % 360 == 0);
    eighths = eighths && angles[i] % 45 == 0;
  }
  return {0.0, either_sense ? 1.0 : 0.0, eighths ? 1.0 : 0.0};
}

}  // namespace

Sketch sketch_turned_images(const CaseView& view) {
  return marked(sketch_turns(view), view, {"images_kept", "labels_kept"});
}

CaseFinding judge_dataset(const CaseView& view) {
  if (view.outputs.count("answers") != 0) return judge_refusals(view);
  if (view.outputs.count("sizes") != 0) return judge_sizes(view);
  if (view.outputs.count("items") == 0) return judge_rotation_labels(view);
  if (auto finding = wrong_type(view)) return *finding;
  if (get(view.inputs, "rotated").item<std::int64_t>() != 0) return judge_rotated_items(view);
  const Items items = items_of(view);
  if (items.count != items.per_round) {
    return failed(fmt::format("{} items", items.per_round), fmt::format("{}", items.count));
  }
  const CaseFinding labels = judge_class_labels(view);
  return labels.verdict == Verdict::kPassed ? judge_image_values(view) : labels;
}

/// Of hidden cases, each by what it is a case of.
Sketch sketch_dataset(const CaseView& view) {
  if (view.outputs.count("items") != 0 && get(view.inputs, "rotated").item<std::int64_t>() != 0) {
    Sketch sketch = sketch_turned_images(view);
    sketch.push_back(static_cast<double>(get(view.outputs, "target_type").item<std::int64_t>()));
    return sketch;
  }
  return view.outputs.count("targets") != 0 && view.outputs.count("items") == 0
             ? sketch_rotation_labels(view)
             : sketch_arrays(view);
}

}  // namespace pset3::judge::p2
