#pragma once

#include <opencv2/imgproc.hpp>
#include <vector>

#include "starter/common/data/rgbd_dataset.hpp"
#include "tests/common/data/data_folder.hpp"

namespace pset3 {

/// Pictures that tell where they belong: all of one colour.
inline cv::Mat plain(int height, int width, const cv::Scalar& blue_green_red) {
  return {height, width, CV_8UC3, blue_green_red};
}
inline cv::Mat grey(int height, int width, int value) {
  return {height, width, CV_8UC1, cv::Scalar(value)};
}

/// A small stereo set as CLEVR-D names it, 6 pixels wide and 4 high: picture i is (10 + i, 2, 3) to
/// the right and (20 + i, 2, 3) to the left, red green blue, its depth 100 + i and 200 + i.
inline void write_clevr(const DataFolder& folder, int views, const std::string& below = "CLEVR-D") {
  for (int i = 0; i < views; ++i) {
    const std::string end = std::to_string(i) + ".png";
    folder.write_image(below + "/CLEVR_right_" + end, plain(4, 6, {3, 2, 10.0 + i}));
    folder.write_image(below + "/CLEVR-D_right_" + end, grey(4, 6, 100 + i));
    folder.write_image(below + "/CLEVR_left_" + end, plain(4, 6, {3, 2, 20.0 + i}));
    folder.write_image(below + "/CLEVR-D_left_" + end, grey(4, 6, 200 + i));
  }
}

/// Packs a folder's files, and others by the names given. @returns the archive.
inline std::filesystem::path pack(const DataFolder& folder, const DataFolder& into,
                                  const std::string& more = "",
                                  const std::string& name = "data.zip") {
  const std::filesystem::path archive = into.path() / name;
  const std::string command = "/usr/bin/python3 " PSET3_SOURCE_DIR
                              "/tests/common/data/make_archive.py '" +
                              archive.string() + "' '" + folder.path().string() + "' " + more;
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
  return archive;
}

inline RgbdOptions stereo() {
  RgbdOptions options;
  options.views = RgbdViews::kStereo;
  return options;
}

}  // namespace pset3
