#include "tests/report/schema_check.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "grader/base/files.hpp"

namespace pset3::report {
namespace {

std::string output_of(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start " + command);
  std::string output;
  std::array<char, 4096> bytes{};
  while (const std::size_t count = std::fread(bytes.data(), 1, bytes.size(), pipe)) {
    output.append(bytes.data(), count);
  }
  if (::pclose(pipe) != 0 && output.empty()) output = "failed without a word: " + command;
  return output;
}

}  // namespace

std::string schema_faults(const std::string& schema,
                          const std::map<std::string, std::string>& documents) {
  const std::filesystem::path root = PSET3_SOURCE_DIR;
  const TemporaryFolder folder;
  // Debian's own Python: another one on the PATH need not have jsonschema.
  std::string command = "/usr/bin/python3 '" + (root / "tests/report/validate.py").string() +
                        "' '" + (root / schema).string() + "'";
  for (const auto& [name, text] : documents) {
    write_file(folder.path() / name, text);
    command += " '" + (folder.path() / name).string() + "'";
  }
  return output_of(command + " 2>&1");
}

std::string xml_faults(const std::string& schema,
                       const std::map<std::string, std::string>& documents) {
  const TemporaryFolder folder;
  std::string command = "xmllint --noout --nonet --schema '" +
                        (std::filesystem::path(PSET3_SOURCE_DIR) / schema).string() + "'";
  for (const auto& [name, text] : documents) {
    write_file(folder.path() / name, text);
    command += " '" + (folder.path() / name).string() + "'";
  }
  // It says of each sound document that it validates.
  return output_of(command + " 2>&1 | grep -v ' validates$'; true");
}

}  // namespace pset3::report
