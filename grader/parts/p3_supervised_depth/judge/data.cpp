#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "grader/judge/findings.hpp"
#include "grader/parts/p3_supervised_depth/judge/checks.hpp"
#include "grader/parts/p3_supervised_depth/judge/closeness.hpp"

namespace pset3::judge::p3 {
namespace {

/// Pictures `begin` to `end` − 1.
struct Range {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t size() const { return end - begin; }
  bool operator==(const Range& other) const { return begin == other.begin && end == other.end; }
};

std::string text_of(const Range& range) {
  if (range.size() <= 0) return "no pictures";
  return range.size() == 1 ? fmt::format("picture {}", range.begin)
                           : fmt::format("pictures {} to {}", range.begin, range.end - 1);
}

/// What a dataset gave, of a list of several.
struct Given {
  std::int64_t size = 0;
  std::vector<std::int64_t> pictures;  ///< their numbers, −1 for what is none of them

  bool is(const Range& range) const {
    if (size != range.size() || static_cast<std::int64_t>(pictures.size()) != size) return false;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      if (pictures[i] != range.begin + static_cast<std::int64_t>(i)) return false;
    }
    return true;
  }
};

std::string text_of(const Given& given) {
  std::string text = fmt::format("{} pictures", given.size);
  if (given.pictures.empty()) return text;
  const bool known = std::none_of(given.pictures.begin(), given.pictures.end(),
                                  [](std::int64_t number) { return number < 0; });
  if (!known) return text + ", some of which are not in the source";
  return text + fmt::format(" ({} to {})", given.pictures.front(), given.pictures.back());
}

/// Cuts a list of pictures by the sizes of the datasets that gave them, as the adapter wrote it.
std::vector<Given> given_of(const arrays::Array& sizes, const arrays::Array& items,
                            std::int64_t pictures) {
  std::vector<Given> all;
  const std::vector<std::int64_t> numbers = whole_numbers(items);
  std::size_t next = 0;
  for (const std::int64_t size : whole_numbers(sizes)) {
    Given given{size, {}};
    for (std::int64_t i = 0; i < std::min(size, pictures) && next < numbers.size(); ++i, ++next) {
      given.pictures.push_back(numbers[next]);
    }
    all.push_back(std::move(given));
  }
  return all;
}

std::int64_t cut_off(double product) { return static_cast<std::int64_t>(product); }

/// The places at which training and testing may end: 0.29 · 100 is 28.999999999999996, and some
/// count in float.
struct Ends {
  std::vector<std::int64_t> used;
  std::vector<std::int64_t> train;
};

Ends ends_of(std::int64_t pictures, double pct, double share) {
  constexpr double kRounding = 1e-5;
  const auto count = static_cast<double>(pictures);
  Ends ends;
  for (const double extra : {0.0, kRounding, -kRounding}) {
    ends.used.push_back(cut_off(count * pct + extra));
  }
  for (const std::int64_t used : ends.used) {
    for (const double extra : {0.0, kRounding, -kRounding}) {
      ends.train.push_back(cut_off(static_cast<double>(used) * share + extra));
    }
  }
  return ends;
}

bool is_split(const Given& train, const Given& test, const Ends& ends) {
  return std::any_of(ends.used.begin(), ends.used.end(), [&](std::int64_t used) {
    return std::any_of(ends.train.begin(), ends.train.end(), [&](std::int64_t split) {
      return split <= used && train.is({0, split}) && test.is({split, used});
    });
  });
}

}  // namespace

CaseFinding judge_ranges(const CaseView& view) {
  const std::int64_t pictures = get(view.inputs, "pictures").item<std::int64_t>();
  const std::vector<std::int64_t> begins = whole_numbers(get(view.inputs, "begins"));
  const std::vector<std::int64_t> ends = whole_numbers(get(view.inputs, "ends"));
  const std::vector<Given> given =
      given_of(get(view.outputs, "sizes"), get(view.outputs, "items"), pictures);
  const std::string expected =
      fmt::format("{} ranges of {} pictures: those from begin to end - 1", begins.size(), pictures);
  std::size_t wrong = 0;
  std::string detail;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const Range range{begins[i], ends[i]};
    if (given[i].is(range)) continue;
    if (wrong++ == 0) {
      detail = fmt::format("begin {}, end {}: expected {}, got {}", range.begin, range.end,
                           text_of(range), text_of(given[i]));
    }
  }
  if (wrong == 0) return passed(expected, "the same");
  return failed(expected, fmt::format("{} of them are others", wrong), detail);
}

CaseFinding judge_refusals(const CaseView& view) {
  static constexpr std::array<const char*, 3> kIndices = {"-1", "size()", "size() + 1000"};
  const std::string expected = "std::out_of_range for an index below 0 or beyond size() - 1";
  const std::vector<std::int64_t> answers = whole_numbers(get(view.outputs, "answers"));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i] == 1) continue;
    return failed(expected,
                  fmt::format("get({}) {}", kIndices.at(i),
                              answers[i] == 0 ? "returned an example" : "threw another exception"));
  }
  return passed(expected, "the same");
}

CaseFinding judge_split(const CaseView& view) {
  const std::int64_t pictures = get(view.inputs, "pictures").item<std::int64_t>();
  const std::vector<double> pct = numbers(get(view.inputs, "pct"));
  const std::vector<double> shares = numbers(get(view.inputs, "train_share"));
  const std::vector<Given> train =
      given_of(get(view.outputs, "train_sizes"), get(view.outputs, "train_items"), pictures);
  const std::vector<Given> test =
      given_of(get(view.outputs, "test_sizes"), get(view.outputs, "test_items"), pictures);
  const std::string expected = fmt::format(
      "{} splits of {} pictures: the first of those that are used train, the others of them test",
      pct.size(), pictures);
  std::size_t wrong = 0;
  std::string detail;
  for (std::size_t i = 0; i < pct.size(); ++i) {
    const Ends ends = ends_of(pictures, pct[i], shares[i]);
    if (is_split(train[i], test[i], ends)) continue;
    if (wrong++ > 0) continue;
    const Range wanted_train{0, ends.train.front()};
    const Range wanted_test{ends.train.front(), ends.used.front()};
    detail = fmt::format(
        "pct {:.6g}, train_share {:.6g}: expected {} to train and {} to test; got {} to train and "
        "{} to test",
        pct[i], shares[i], text_of(wanted_train), text_of(wanted_test), text_of(train[i]),
        text_of(test[i]));
  }
  if (wrong == 0) return passed(expected, "the same");
  return failed(expected, fmt::format("{} of them are others", wrong), detail);
}

CaseFinding judge_loaders(const CaseView& view) {
  const std::string expected =
      "loaders with the batch size of the options, shuffled to train and in order to test";
  const std::vector<std::int64_t> sizes = whole_numbers(get(view.inputs, "batch_size"));
  for (const std::string which : {"train", "test"}) {
    const std::vector<std::int64_t> got = whole_numbers(get(view.outputs, which + "_batch_sizes"));
    const std::vector<std::int64_t> shuffled =
        whole_numbers(get(view.outputs, which + "_shuffled"));
    const std::vector<std::int64_t> counts = whole_numbers(get(view.outputs, which + "_sizes"));
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      // Beyond the number of pictures one batch size is as good as another.
      const bool one_batch = std::min(got[i], sizes[i]) >= std::max<std::int64_t>(counts[i], 1);
      if (got[i] != sizes[i] && !one_batch) {
        return failed(expected, fmt::format("batches of {} to {} where {} was asked for", got[i],
                                            which, sizes[i]));
      }
      if ((shuffled[i] != 0) != (which == "train")) {
        return failed(expected,
                      fmt::format("{} to {}", shuffled[i] != 0 ? "shuffled" : "in order", which));
      }
    }
  }
  return passed(expected, "the same");
}

CaseFinding judge_data(const CaseView& view) {
  if (view.outputs.count("item_valid") != 0) return judge_item_values(view);
  if (view.outputs.count("train_sizes") == 0) return judge_ranges(view);
  const CaseFinding split = judge_split(view);
  return split.verdict == Verdict::kPassed ? judge_loaders(view) : split;
}

}  // namespace pset3::judge::p3
