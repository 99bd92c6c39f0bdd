#include "starter/common/data/data_file.hpp"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace pset3 {
namespace {

const char* const kReadAdvice = "Check the file's permissions, or get the data set again.";

std::string last_system_error() { return std::generic_category().message(errno); }

}  // namespace

DataError data_error(const DataProblem& problem) {
  const std::string place = problem.place.empty() ? "" : problem.place + ": ";
  return DataError(problem.file.string() + ": " + place + "expected " + problem.expected +
                   ", found " + problem.found + ". " + problem.advice);
}

std::vector<unsigned char> read_data_file(const std::filesystem::path& file,
                                          const std::string& advice) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (status.type() == std::filesystem::file_type::not_found) {
    throw data_error({file, "", "a file", "nothing", advice});
  }
  if (error) throw data_error({file, "", "a readable file", error.message(), kReadAdvice});
  if (!std::filesystem::is_regular_file(status)) {
    throw data_error({file, "", "a regular file", "a folder or device", advice});
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw data_error({file, "", "a readable file", last_system_error(), kReadAdvice});
  const std::vector<char> bytes{std::istreambuf_iterator<char>(stream), {}};
  if (stream.bad()) {
    throw data_error({file, "", "a readable file", last_system_error(), kReadAdvice});
  }
  if (bytes.empty()) throw data_error({file, "", "some content", "an empty file", advice});
  return {bytes.begin(), bytes.end()};
}

}  // namespace pset3
