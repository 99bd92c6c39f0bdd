#pragma once

#include <matio.h>

#include <Eigen/Core>
#include <filesystem>
#include <memory>
#include <opencv2/core.hpp>
#include <string>

namespace pset3 {

/// A variable of a .mat file, or a field or cell in one, and the way to it for messages. MATLAB
/// stores arrays column by column.
class MatValue {
 public:
  /// Reads one variable with all that it holds.
  ///
  /// @param advice  what to do when the file is not there, a sentence.
  /// @throws DataError when the file is missing, not a .mat file, cut off, or has no such variable.
  static MatValue read(const std::filesystem::path& file, const std::string& variable,
                       const std::string& advice);

  /// @returns the number of elements of a cell or struct array.
  std::size_t size() const;

  /// @returns element `index` of a cell array, counted from 0 column by column.
  /// @throws DataError when this is not a cell array, or that cell is empty.
  MatValue cell(std::size_t index) const;

  /// @returns a field of element `index` of a struct array.
  /// @throws DataError when this is not a struct array or has no such field.
  MatValue field(const std::string& name, std::size_t index) const;

  /// @returns whether this is a struct array with that field.
  bool has_field(const std::string& name) const;

  /// @returns the values of a two-dimensional real array of any number type.
  /// @throws DataError when it is not such an array.
  Eigen::MatrixXd matrix() const;

  /// @returns (H, W) CV_8UC3 in the order blue, green, red from (H, W, 3) uint8 in red, green,
  /// blue.
  /// @throws DataError when it is not such an array.
  cv::Mat colour_image() const;

  const std::filesystem::path& file() const { return file_; }
  const std::string& place() const { return place_; }

 private:
  MatValue(std::shared_ptr<matvar_t> owner, matvar_t* value, std::filesystem::path file,
           std::string place);

  MatValue child(matvar_t* value, const std::string& suffix) const;
  std::string description() const;
  void check_numbers(const std::string& expected) const;

  std::shared_ptr<matvar_t> owner_;  ///< the whole variable, which value_ points into
  matvar_t* value_;
  std::filesystem::path file_;
  std::string place_;
};

}  // namespace pset3
