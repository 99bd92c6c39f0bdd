#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <stdexcept>
#include <string>

#include "starter/common/errors.hpp"

namespace pset3 {

/// A temporary folder that is gone at the end of the test.
class DataFolder {
 public:
  DataFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "pset3_test_XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~DataFolder() { std::filesystem::remove_all(path_); }
  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  void write(const std::string& file, const std::string& content) const {
    std::filesystem::create_directories((path_ / file).parent_path());
    std::ofstream(path_ / file, std::ios::binary) << content;
  }

  void write_image(const std::string& file, const cv::Mat& image) const {
    std::filesystem::create_directories((path_ / file).parent_path());
    if (!cv::imwrite((path_ / file).string(), image)) throw std::runtime_error("imwrite " + file);
  }

  /// Keeps only the first part of a file.
  void cut(const std::string& file, double share) const {
    const auto size = static_cast<double>(std::filesystem::file_size(path_ / file));
    std::filesystem::resize_file(path_ / file, static_cast<std::uintmax_t>(size * share));
  }

  /// Runs `make_mat.py KIND FILE` with FILE in this folder.
  void make_mat(const std::string& kind, const std::string& file) const {
    const std::string command = "/usr/bin/python3 " PSET3_SOURCE_DIR "/tests/common/make_mat.py " +
                                kind + " '" + (path_ / file).string() + "'";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
  }

 private:
  std::filesystem::path path_;
};

/// Expects a DataError whose message has each of the parts.
template <typename Action, typename... Parts>
void expect_data_error(Action action, const Parts&... parts) {
  try {
    action();
    FAIL() << "nothing was thrown";
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), testing::AllOf(testing::HasSubstr(parts)...));
  }
}

}  // namespace pset3
