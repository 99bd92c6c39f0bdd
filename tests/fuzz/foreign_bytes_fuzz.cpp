// Feeds the readers of foreign bytes with whatever libFuzzer thinks of. PSET3_FUZZ names the
// reader.
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>

#include "grader/base/files.hpp"
#include "tests/fuzz/readers.hpp"

namespace pset3::fuzz {
namespace {

using Reader = std::function<void(std::string_view)>;

const Reader& reader() {
  static const std::map<std::string, Reader> kReaders = {
      {"archive", read_archive}, {"metadata", read_metadata}, {"idx", read_idx},
      {"mat", read_mat},         {"views", read_views},       {"rubric", read_rubric},
      {"patch", read_patch},     {"reply", read_reply}};
  const char* named = std::getenv("PSET3_FUZZ");
  static const Reader chosen = kReaders.at(named ? named : "");
  return chosen;
}

}  // namespace

std::filesystem::path as_file(std::string_view bytes, const std::string& name) {
  static const TemporaryFolder folder;
  std::filesystem::path file = folder.path() / name;
  write_file(file, bytes);
  return file;
}

}  // namespace pset3::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  pset3::fuzz::reader()(std::string_view(reinterpret_cast<const char*>(bytes), count));
  return 0;
}
