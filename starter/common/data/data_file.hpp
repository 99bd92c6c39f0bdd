#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "starter/common/errors.hpp"

namespace pset3 {

/// What is wrong with a data file, in the parts that every message about data has.
struct DataProblem {
  std::filesystem::path file;
  std::string place;     ///< inside the file, such as "views[3].P"; empty = the whole file
  std::string expected;  ///< "3 rows of 4 numbers"
  std::string found;     ///< "2 rows"
  std::string advice;    ///< what to do, a sentence
};

/// @returns the error to throw: "FILE: PLACE: expected EXPECTED, found FOUND. ADVICE"
DataError data_error(const DataProblem& problem);

/// Reads a whole file.
///
/// @param advice  what to do when the file is not there, a sentence.
/// @throws DataError when it is missing, not a regular file, empty or cannot be read.
std::vector<unsigned char> read_data_file(const std::filesystem::path& file,
                                          const std::string& advice);

}  // namespace pset3
