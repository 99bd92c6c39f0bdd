#include "grader/pipeline/source_places.hpp"

#include <cctype>
#include <sstream>

#include "grader/base/hash.hpp"

namespace pset3::pipeline {
namespace {

bool is_name_sign(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Whether a line has the name as a whole word with a parenthesis behind it.
bool has_call_form(const std::string& line, const std::string& name) {
  for (std::size_t at = line.find(name); at != std::string::npos; at = line.find(name, at + 1)) {
    const std::size_t behind = line.find_first_not_of(' ', at + name.size());
    const bool is_whole = at == 0 || !is_name_sign(line[at - 1]);
    if (is_whole && behind != std::string::npos && line[behind] == '(') return true;
  }
  return false;
}

}  // namespace

int line_of_function(const std::string& source, const std::string& name) {
  std::istringstream stream(source);
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string::npos || line.compare(begin, 2, "//") == 0 || line[begin] == '*') {
      continue;
    }
    const std::size_t end = line.find_last_not_of(" \t\r");
    if (line[end] != ';' && has_call_form(line, name)) return number;
  }
  return 0;
}

nlohmann::json source_places(const judge::Rubric& rubric,
                             const std::map<std::string, std::string>& files,
                             const std::map<std::string, std::string>& paths) {
  nlohmann::json places = nlohmann::json::object();
  for (const auto& [name, bytes] : files) {
    const auto path = paths.find(name);
    places[name] = {{"path", path == paths.end() ? name : path->second},
                    {"sha256", sha256_of(bytes)}};
  }
  for (const judge::CheckSpec& check : rubric.checks) {
    const auto file = files.find(check.files.at(0));
    if (file == files.end()) continue;
    for (const std::string& function : check.functions) {
      const std::string name = function.substr(function.rfind(':') + 1);
      if (const int line = line_of_function(file->second, name)) {
        places[file->first]["functions"][function] = line;
      }
    }
  }
  return places;
}

}  // namespace pset3::pipeline
