#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
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

  /// Writes a .mat file of one of the kinds of make_mat.py.
  void make_mat(const std::string& kind, const std::string& file) const {
    static const DataFolder all_kinds;
    // Once a program, since SciPy takes longer to start than to write them all.
    static std::once_flag made;
    std::call_once(made, [] { all_kinds.run_make_mat(); });
    std::filesystem::copy_file(all_kinds.path() / (kind + ".mat"), path_ / file);
  }

 private:
  void run_make_mat() const {
    const std::string command = "/usr/bin/python3 " PSET3_SOURCE_DIR
                                "/tests/common/data/make_mat.py '" +
                                path_.string() + "'";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
  }

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
