#include "starter/common/exercise/output_file.hpp"

#include <fstream>
#include <system_error>

namespace pset3 {

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw DataError(folder.string() + ": cannot make the folder: " + error.message());
}

void write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw DataError(file.string() + ": cannot write the file; is there room?");
}

}  // namespace pset3
