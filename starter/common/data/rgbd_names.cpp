#include "starter/common/data/rgbd_names.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "starter/common/data/data_file.hpp"

namespace pset3 {
namespace {

using Files = RgbdDataset::Files;

const char* const kGetAgain = "Get the data set again; a part of it is missing.";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::string without_folders(const std::string& name) {
  return name.substr(name.rfind('/') + 1);  // npos + 1 is 0
}

/// Every "from" becomes "to".
std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

bool is_digit(char character) { return std::isdigit(static_cast<unsigned char>(character)) != 0; }

/// @returns the digits from `at` on, without leading zeros; moves `at` behind them.
std::string take_number(const std::string& text, std::size_t& at) {
  const std::size_t begin = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  const std::string digits = text.substr(begin, at - begin);
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

/// The files of a CLEVR-D data set by their names without folders.
class ClevrFiles {
 public:
  ClevrFiles(const RgbdDataset::Source& source, const ClevrNames& names)
      : source_(source), names_(names) {
    for (const std::string& name : source.names()) {
      const std::string file = without_folders(name);
      // macOS puts a "._NAME" beside every NAME that it packs.
      if (file.rfind("._", 0) == 0 || !ends_with(file, names.extension)) continue;
      if (!is_right(file) && !is_left(file)) continue;
      const auto [before, is_new] = by_name_.emplace(file, name);
      if (!is_new) {
        throw data_error({source.path(), file, "one such file", before->second + " and " + name,
                          "Keep only the one that you want."});
      }
    }
  }

  std::vector<Files> views(RgbdViews wanted) const {
    std::vector<Files> views;
    for (const auto& [file, name] : by_name_) {
      check_belongs_to_a_view(file, wanted);
      if (!is_right(file) || is_depth(file)) continue;
      Files view{file, name, partner(file, depth_of(file), "depth map"), "", ""};
      if (wanted == RgbdViews::kStereo) {
        view.left_colour = partner(file, left_of(file), "left picture");
        view.left_depth = name_of(depth_of(left_of(file)));
      }
      views.push_back(view);
    }
    return views;
  }

 private:
  bool is_depth(const std::string& file) const { return contains(file, names_.depth); }
  bool is_right(const std::string& file) const {
    return contains(file, names_.right) && (is_depth(file) || contains(file, names_.colour));
  }
  bool is_left(const std::string& file) const {
    return !is_right(file) && contains(file, names_.left) &&
           (is_depth(file) || contains(file, names_.colour));
  }
  std::string depth_of(const std::string& file) const {
    return replaced(file, names_.colour, names_.depth);
  }
  std::string colour_of(const std::string& file) const {
    return replaced(file, names_.depth, names_.colour);
  }
  std::string left_of(const std::string& file) const {
    return replaced(file, names_.right, names_.left);
  }
  std::string right_of(const std::string& file) const {
    return replaced(file, names_.left, names_.right);
  }

  /// Empty when there is none.
  std::string name_of(const std::string& file) const {
    const auto found = by_name_.find(file);
    return found == by_name_.end() ? "" : found->second;
  }

  std::string partner(const std::string& file, const std::string& other,
                      const std::string& what) const {
    const std::string name = name_of(other);
    if (!name.empty()) return name;
    throw data_error({source_.path(), file, "its " + what + " " + other, "none", kGetAgain});
  }

  void check_belongs_to_a_view(const std::string& file, RgbdViews wanted) const {
    if (is_right(file) && is_depth(file)) partner(file, colour_of(file), "colour picture");
    if (wanted == RgbdViews::kMono || !is_left(file)) return;
    if (is_depth(file)) {
      partner(file, colour_of(file), "colour picture");
    } else {
      partner(file, right_of(file), "right picture");
    }
  }

  const RgbdDataset::Source& source_;
  const ClevrNames& names_;
  std::map<std::string, std::string> by_name_;
};

/// The ending of a 7-Scenes colour picture, empty where it is none.
std::string colour_ending(const std::string& name) {
  for (const char* const ending : {".color.jpg", ".color.png"}) {
    if (ends_with(name, ending)) return ending;
  }
  return "";
}

const std::string kDepthEnding = ".depth.png";

class SevenScenesFiles {
 public:
  explicit SevenScenesFiles(const RgbdDataset::Source& source) : source_(source) {
    for (const std::string& name : source.names()) {
      if (without_folders(name).rfind("._", 0) == 0) continue;
      const std::string ending = colour_ending(name);
      if (!ending.empty()) add_colour(name.substr(0, name.size() - ending.size()), name);
      if (ends_with(name, kDepthEnding)) {
        depth_.emplace(name.substr(0, name.size() - kDepthEnding.size()), name);
      }
    }
  }

  bool is_there() const { return !colour_.empty(); }

  std::vector<Files> views() const {
    for (const auto& [frame, name] : depth_) {
      if (colour_.count(frame) != 0) continue;
      throw data_error(
          {source_.path(), name, "its colour picture " + frame + ".color.jpg", "none", kGetAgain});
    }
    std::vector<Files> views;
    for (const auto& [frame, name] : colour_) {
      const auto depth = depth_.find(frame);
      if (depth == depth_.end()) {
        throw data_error(
            {source_.path(), name, "its depth map " + frame + kDepthEnding, "none", kGetAgain});
      }
      views.push_back({without_folders(name), name, depth->second, "", ""});
    }
    return views;
  }

 private:
  void add_colour(const std::string& frame, const std::string& name) {
    const auto [before, is_new] = colour_.emplace(frame, name);
    if (is_new) return;
    throw data_error({source_.path(), frame, "one colour picture", before->second + " and " + name,
                      "Keep only the one that you want."});
  }

  const RgbdDataset::Source& source_;
  std::map<std::string, std::string> colour_, depth_;  // by the frame's name
};

}  // namespace

bool comes_before(const std::string& first, const std::string& second) {
  std::size_t a = 0;
  std::size_t b = 0;
  while (a < first.size() && b < second.size()) {
    if (is_digit(first[a]) && is_digit(second[b])) {
      const std::string one = take_number(first, a);
      const std::string other = take_number(second, b);
      if (one.size() != other.size()) return one.size() < other.size();
      if (one != other) return one < other;
    } else {
      if (first[a] != second[b]) return first[a] < second[b];
      ++a;
      ++b;
    }
  }
  const bool both_end = a == first.size() && b == second.size();
  return both_end ? first < second : a == first.size();
}

RgbdFiles find_rgbd_files(const RgbdDataset::Source& source, const RgbdOptions& options) {
  RgbdFiles found;
  const SevenScenesFiles frames(source);
  if (frames.is_there()) {
    if (options.views == RgbdViews::kStereo) {
      throw data_error({source.path(), "", "a data set with left and right views",
                        "one view a frame (NAME.color.jpg)", "Take a data set like CLEVR-D."});
    }
    found.unit = DepthUnit::kMetres;
    found.views = frames.views();
  } else {
    found.views = ClevrFiles(source, options.names).views(options.views);
  }
  std::sort(found.views.begin(), found.views.end(),
            [](const Files& a, const Files& b) { return comes_before(a.colour, b.colour); });
  return found;
}

}  // namespace pset3
