#include "starter/common/data/mat_file.hpp"

#include <opencv2/core.hpp>
#include <utility>
#include <vector>

#include "starter/common/data/data_file.hpp"

namespace pset3 {
namespace {

const char* const kGetMatlabFileAgain =
    "Get the data set again, or save the file anew from MATLAB or SciPy.";

using MatFile = std::unique_ptr<mat_t, decltype(&Mat_Close)>;

/// matio takes what a cut off file still has and leaves zeros behind it. A version 5 file is 128
/// bytes of header and then elements with their type and length in front.
bool is_cut_off(const std::vector<unsigned char>& bytes) {
  constexpr std::size_t kHeader = 128;
  constexpr std::size_t kTag = 8;
  const bool little_endian_5 = bytes.size() >= kHeader && bytes[125] == 1 && bytes[126] == 'I';
  if (!little_endian_5) return false;
  std::size_t at = kHeader;
  while (at < bytes.size()) {
    if (at + kTag > bytes.size()) return true;
    const std::size_t length = std::size_t{bytes[at + 4]} | std::size_t{bytes[at + 5]} << 8 |
                               std::size_t{bytes[at + 6]} << 16 | std::size_t{bytes[at + 7]} << 24;
    at += kTag + length;
  }
  return at > bytes.size();
}

std::string variable_names(mat_t* mat) {
  std::string names;
  while (matvar_t* variable = Mat_VarReadNextInfo(mat)) {
    if (variable->name != nullptr)
      names += (names.empty() ? "" : ", ") + std::string(variable->name);
    Mat_VarFree(variable);
  }
  return names.empty() ? "no variable" : "only " + names;
}

std::string class_name(const matvar_t& value) {
  switch (value.class_type) {
    case MAT_C_CELL:
      return "cell array";
    case MAT_C_STRUCT:
      return "struct array";
    case MAT_C_CHAR:
      return "text";
    case MAT_C_SPARSE:
      return "sparse matrix";
    case MAT_C_DOUBLE:
      return "double array";
    case MAT_C_SINGLE:
      return "single array";
    case MAT_C_UINT8:
      return value.isLogical != 0 ? "logical array" : "uint8 array";
    case MAT_C_EMPTY:
      return "empty array";
    default:
      return "array of class " + std::to_string(value.class_type);
  }
}

std::size_t number_of_elements(const matvar_t& value) {
  std::size_t count = 1;
  for (int i = 0; i < value.rank; ++i) count *= value.dims[i];
  return count;
}

template <typename Number>
Eigen::MatrixXd to_matrix(const matvar_t& value) {
  using ColumnMajor = Eigen::Matrix<Number, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor>;
  const auto rows = static_cast<Eigen::Index>(value.dims[0]);
  const auto cols = static_cast<Eigen::Index>(value.dims[1]);
  const Eigen::Map<const ColumnMajor> stored(static_cast<const Number*>(value.data), rows, cols);
  return stored.template cast<double>();
}

}  // namespace

MatValue::MatValue(std::shared_ptr<matvar_t> owner, matvar_t* value, std::filesystem::path file,
                   std::string place)
    : owner_(std::move(owner)), value_(value), file_(std::move(file)), place_(std::move(place)) {}

MatValue MatValue::read(const std::filesystem::path& file, const std::string& variable,
                        const std::string& advice) {
  if (is_cut_off(read_data_file(file, advice))) {
    throw data_error({file, "", "a whole MATLAB file", "one that is cut off", kGetMatlabFileAgain});
  }
  const MatFile mat(Mat_Open(file.c_str(), MAT_ACC_RDONLY), &Mat_Close);
  if (mat == nullptr) {
    throw data_error(
        {file, "", "a MATLAB file of version 4, 5 or 7.3", "something else", kGetMatlabFileAgain});
  }
  const std::shared_ptr<matvar_t> value(Mat_VarRead(mat.get(), variable.c_str()), &Mat_VarFree);
  if (value == nullptr) {
    Mat_Rewind(mat.get());
    throw data_error(
        {file, "", "a variable " + variable, variable_names(mat.get()), kGetMatlabFileAgain});
  }
  return {value, value.get(), file, variable};
}

MatValue MatValue::child(matvar_t* value, const std::string& suffix) const {
  const std::string place = place_ + suffix;
  if (value == nullptr) throw data_error({file_, place, "a value", "nothing", kGetMatlabFileAgain});
  return {owner_, value, file_, place};
}

std::size_t MatValue::size() const { return number_of_elements(*value_); }

std::string MatValue::description() const {
  std::string text = value_->isComplex != 0 ? "complex " : "";
  for (int i = 0; i < value_->rank; ++i) {
    text += (i > 0 ? "x" : "") + std::to_string(value_->dims[i]);
  }
  return text + " " + class_name(*value_);
}

MatValue MatValue::cell(std::size_t index) const {
  // A damaged file may claim cells or fields and have none; matio does not look.
  if (value_->class_type != MAT_C_CELL || value_->data == nullptr) {
    throw data_error({file_, place_, "a cell array", description(), kGetMatlabFileAgain});
  }
  // MATLAB counts from 1, and so do those who look into the file.
  return child(Mat_VarGetCell(value_, static_cast<int>(index)),
               "{" + std::to_string(index + 1) + "}");
}

bool MatValue::has_field(const std::string& name) const {
  return value_->class_type == MAT_C_STRUCT && size() > 0 && value_->data != nullptr &&
         Mat_VarGetStructFieldByName(value_, name.c_str(), 0) != nullptr;
}

MatValue MatValue::field(const std::string& name, std::size_t index) const {
  if (value_->class_type != MAT_C_STRUCT || value_->data == nullptr) {
    throw data_error({file_, place_, "a struct array", description(), kGetMatlabFileAgain});
  }
  return child(Mat_VarGetStructFieldByName(value_, name.c_str(), index),
               "(" + std::to_string(index + 1) + ")." + name);
}

void MatValue::check_numbers(const std::string& expected) const {
  const std::size_t needed_bytes = size() * static_cast<std::size_t>(value_->data_size);
  const bool complete = value_->data != nullptr && value_->nbytes >= needed_bytes;
  if (value_->isComplex != 0 || size() == 0 || !complete) {
    throw data_error({file_, place_, expected, description(), kGetMatlabFileAgain});
  }
}

Eigen::MatrixXd MatValue::matrix() const {
  const std::string expected = "a real matrix of numbers";
  if (value_->rank != 2)
    throw data_error({file_, place_, expected, description(), kGetMatlabFileAgain});
  check_numbers(expected);
  switch (value_->class_type) {
    case MAT_C_DOUBLE:
      return to_matrix<double>(*value_);
    case MAT_C_SINGLE:
      return to_matrix<float>(*value_);
    case MAT_C_UINT8:
      return to_matrix<std::uint8_t>(*value_);
    case MAT_C_INT16:
      return to_matrix<std::int16_t>(*value_);
    case MAT_C_UINT16:
      return to_matrix<std::uint16_t>(*value_);
    case MAT_C_INT32:
      return to_matrix<std::int32_t>(*value_);
    default:
      throw data_error({file_, place_, expected, description(), kGetMatlabFileAgain});
  }
}

cv::Mat MatValue::colour_image() const {
  const std::string expected = "a height x width x 3 uint8 array";
  if (value_->rank != 3 || value_->dims[2] != 3 || value_->class_type != MAT_C_UINT8) {
    throw data_error({file_, place_, expected, description(), kGetMatlabFileAgain});
  }
  check_numbers(expected);
  const auto height = static_cast<int>(value_->dims[0]);
  const auto width = static_cast<int>(value_->dims[1]);
  std::vector<cv::Mat> planes(3);
  for (int colour = 0; colour < 3; ++colour) {
    // Column by column is row by row of the transpose.
    const cv::Mat stored(3 * width, height, CV_8UC1, value_->data);
    const cv::Mat plane = stored.rowRange(colour * width, (colour + 1) * width);
    cv::transpose(plane, planes[static_cast<std::size_t>(2 - colour)]);
  }
  cv::Mat image;
  cv::merge(planes, image);
  return image;
}

}  // namespace pset3
