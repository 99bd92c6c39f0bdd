#include "grader/build/symbols.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <string_view>

#include "grader/base/files.hpp"

namespace pset3::build {
namespace {

/// The namespaces of the grader's own code in the box, mangled. A starter's header names none.
constexpr std::array<std::string_view, 3> kOursAlone = {"5pset33run", "5pset36arrays",
                                                        "5pset37adapter"};

constexpr std::size_t kMostComplaints = 5;

bool is_ours_alone(const std::string& symbol) {
  return std::any_of(kOursAlone.begin(), kOursAlone.end(),
                     [&](std::string_view part) { return symbol.find(part) != std::string::npos; });
}

Diagnostic error_in(const std::string& file, const std::string& message) {
  return {file, 0, 0, "error", message};
}

Diagnostic complaint(const std::string& file, const std::string& symbol, bool ours_alone) {
  const std::string name = readable_symbol(symbol);
  if (symbol == "main") {
    return error_in(file, file + " defines main(); remove it, the grader has its own");
  }
  if (ours_alone || name.rfind("__", 0) == 0 || name.rfind("pset3_", 0) == 0) {
    return error_in(file, file + " defines " + name + ", which is the grader's own; remove it");
  }
  return error_in(file, file + " defines " + name +
                            ", which is given; rename yours, or put it into a namespace without "
                            "a name");
}

}  // namespace

Symbols parse_symbols(const std::string& listing) {
  Symbols symbols;
  std::istringstream lines(listing);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name;
    std::string type;
    if (!(words >> name >> type) || type.size() != 1) continue;  // a library names its members
    const char letter = type[0];
    const bool is_weak = letter == 'W' || letter == 'V' || letter == 'u';
    const bool is_strong = !is_weak && letter >= 'A' && letter <= 'Z' && letter != 'U';
    if (is_weak || is_strong) symbols.defined.push_back(name);
    if (is_strong) symbols.strong.push_back(name);
    if (letter == 'U' || letter == 'w' || letter == 'v') symbols.used.push_back(name);
  }
  return symbols;
}

std::vector<std::string> listing_command(const std::vector<std::string>& files) {
  std::vector<std::string> command = {"/usr/bin/nm", "-P"};
  command.insert(command.end(), files.begin(), files.end());
  return command;
}

std::vector<Diagnostic> own_definitions_of_ours(const Toolkit& toolkit, const std::string& file,
                                                const Symbols& object) {
  std::vector<std::string> ours = parse_symbols(read_file(toolkit.folder / kOwnSymbolsFile)).strong;
  std::sort(ours.begin(), ours.end());
  std::vector<Diagnostic> complaints;
  // Those that the file's own text defines come first; the others follow from them.
  for (const auto* symbols : {&object.strong, &object.defined}) {
    for (const std::string& symbol : *symbols) {
      const bool ours_alone = is_ours_alone(symbol);
      if (!ours_alone && !std::binary_search(ours.begin(), ours.end(), symbol)) continue;
      if (complaints.size() < kMostComplaints) {
        complaints.push_back(complaint(file, symbol, ours_alone));
      }
    }
    if (!complaints.empty()) break;
  }
  return complaints;
}

std::string readable_symbol(const std::string& symbol) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> text(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free);
  return status == 0 ? text.get() : symbol;
}

}  // namespace pset3::build
