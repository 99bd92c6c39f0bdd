#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/parts/p3_supervised_depth/judge/checks.hpp"
#include "grader/parts/p3_supervised_depth/judge/closeness.hpp"
#include "grader/parts/p3_supervised_depth/judge/maps.hpp"

namespace pset3::judge::p3 {
namespace {

constexpr std::array<double, 3> kColourMean = {0.462, 0.467, 0.469};
constexpr std::array<double, 3> kColourDeviation = {0.094, 0.096, 0.101};

constexpr double kItemRelative = 1e-5;  // a hundred times what rounding in float does

std::vector<double> normalised_colours(const arrays::Array& colours) {
  const auto* bytes = colours.data<std::uint8_t>();
  const auto pixels = static_cast<std::size_t>(colours.shape()[2] * colours.shape()[3]);
  std::vector<double> wanted;
  for (std::size_t i = 0; i < colours.element_count(); ++i) {
    const std::size_t channel = i / pixels % 3;
    wanted.push_back((bytes[i] / 255.0 - kColourMean[channel]) / kColourDeviation[channel]);
  }
  return wanted;
}

std::vector<double> normalised_depths(const arrays::Array& depths) {
  std::vector<double> wanted = numbers(depths);
  for (double& depth : wanted) depth = (depth - kDepthMean) / kDepthDeviation;
  return wanted;
}

std::vector<double> validity(const arrays::Array& valid) {
  return {valid.data<bool>(), valid.data<bool>() + valid.element_count()};
}

/// The source's values of the pictures with these numbers.
std::vector<double> of_pictures(const std::vector<double>& source, std::int64_t pictures,
                                const std::vector<std::int64_t>& which) {
  const auto size = static_cast<std::ptrdiff_t>(source.size()) / pictures;
  std::vector<double> values;
  for (const std::int64_t picture : which) {
    values.insert(values.end(), source.begin() + picture * size,
                  source.begin() + (picture + 1) * size);
  }
  return values;
}

/// The numbers of the pictures whose images a dataset gave: which these are is judged by
/// judge_ranges(), and depths have to be of the same ones. Where an image is none of the source's,
/// it should be that of its place in the range.
std::vector<std::int64_t> pictures_given(const CaseView& view, const std::vector<double>& source,
                                         std::int64_t count) {
  const std::int64_t all = get(view.inputs, "colours").shape()[0];
  const std::int64_t begin = get(view.inputs, "begin").item<std::int64_t>();
  const std::vector<double> got = numbers(get(view.outputs, "images"));
  const auto size = source.size() / static_cast<std::size_t>(all);
  std::vector<std::int64_t> which;
  for (std::int64_t i = 0; i < count; ++i) {
    which.push_back(begin + i);
    if (got.size() != size * static_cast<std::size_t>(count)) continue;
    for (std::int64_t picture = 0; picture < all; ++picture) {
      const auto first = source.begin() + picture * static_cast<std::ptrdiff_t>(size);
      const bool same = std::equal(first, first + static_cast<std::ptrdiff_t>(size),
                                   got.begin() + i * static_cast<std::ptrdiff_t>(size),
                                   [](double wanted, double value) {
                                     return std::abs(value - wanted) <= 10.0 * kItemRelative;
                                   });
      if (same) which.back() = picture;
    }
  }
  return which;
}

std::string type_complaint(const CaseView& view) {
  const std::vector<std::int64_t> right = whole_numbers(get(view.outputs, "types_are_right"));
  if (right[0] == 0) return "images that are not float";
  if (right[1] == 0) return "depths that are not float";
  return right[2] == 0 ? "valid that is not bool" : "";
}

}  // namespace

CaseFinding judge_item_values(const CaseView& view) {
  const std::string all =
      "each picture's colours and depths, normalised, and which pixels are valid";
  const std::int64_t range =
      get(view.inputs, "end").item<std::int64_t>() - get(view.inputs, "begin").item<std::int64_t>();
  const std::int64_t count = std::min(get(view.outputs, "size").item<std::int64_t>(), range);
  if (count < 1) return blocked("p3.a.range", all, "no pictures");
  const std::int64_t pictures = get(view.inputs, "colours").shape()[0];
  const std::vector<double> colours = normalised_colours(get(view.inputs, "colours"));
  const std::vector<std::int64_t> which = pictures_given(view, colours, count);
  const auto compared = [&](const std::string& output, const std::string& expected,
                            const std::vector<double>& source, const std::string& input,
                            double relative) {
    std::vector<std::int64_t> shape = get(view.inputs, input).shape();
    shape[0] = count;
    return compare_values(view, output, expected, of_pictures(source, pictures, which), {shape},
                          relative);
  };
  CaseFinding finding =
      compared("images", "each picture's colours, normalised by normalize_colour()", colours,
               "colours", kItemRelative);
  if (finding.verdict != Verdict::kPassed) return finding;
  finding = compared("item_depths", "their depths, normalised by normalize_depth()",
                     normalised_depths(get(view.inputs, "depths")), "depths", kItemRelative);
  if (finding.verdict != Verdict::kPassed) return finding;
  finding = compared("item_valid", "which of their pixels are valid",
                     validity(get(view.inputs, "valid")), "valid", 0.0);
  if (finding.verdict != Verdict::kPassed) return finding;
  const std::string complaint = type_complaint(view);
  return complaint.empty() ? passed(all, "the same")
                           : failed("images and depths as float, valid as bool", complaint);
}

}  // namespace pset3::judge::p3
