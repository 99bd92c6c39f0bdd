#include <algorithm>
#include <charconv>
#include <regex>
#include <sstream>

#include "grader/build/build.hpp"

namespace pset3::build {
namespace {

constexpr std::size_t kLongestLine = 4000;

/// `#line` lets a file claim any line there is; what does not fit is no line.
int number_in(const std::string& digits) {
  int value = 0;
  const auto end = digits.data() + digits.size();
  return std::from_chars(digits.data(), end, value).ec == std::errc() ? value : 0;
}

const char* const kNameless = "put helpers of one file into a namespace without a name";

/// A header that is not there, and what to do about it.
std::string explain_missing_header(const std::string& header) {
  const std::string message = "'" + header + "' file not found";
  if (header.rfind("opencv2/", 0) == 0) {
    return message +
           "; of OpenCV there are opencv2/core.hpp, opencv2/imgproc.hpp and "
           "opencv2/imgcodecs.hpp";
  }
  if (header.find('/') != std::string::npos || header.find('.') == std::string::npos) {
    return message;
  }
  return message +
         "; hand in a header of your own (.hpp or .h, at most 64 KiB, at most 8 of them) in the "
         "same folder as the part's files";
}

std::string explain_compile_error(const std::string& message) {
  static const std::regex kMissing(R"(^'(.+)' file not found$)");
  std::smatch match;
  return std::regex_match(message, match, kMissing) ? explain_missing_header(match[1]) : message;
}

/// The few link errors that students make, in their words.
std::string explain_link_error(const std::string& message) {
  static const std::regex kInTwo(
      R"(^duplicate symbol: (?:\S*/)?(\S+)\.o: (?:\S*/)?([^\s()]+)\.o: (.*)$)");
  static const std::regex kDuplicate(R"(^duplicate symbol: \S+: \S+: (.*)$)");
  static const std::regex kUndefined(R"(^undefined symbol: (.*)$)");
  std::smatch match;
  if (std::regex_match(message, match, kInTwo)) {
    return match[3].str() + " is defined in " + std::min(match[1].str(), match[2].str()) +
           " and in " + std::max(match[1].str(), match[2].str()) + "; " + kNameless;
  }
  if (std::regex_match(message, match, kDuplicate)) {
    if (match[1] == "main")
      return "a submitted file defines main(); remove it, the grader has its own";
    return match[1].str() + " is defined twice; " + kNameless;
  }
  if (std::regex_match(message, match, kUndefined)) {
    return "nothing defines " + match[1].str() +
           "; keep the name, the arguments and the namespace that the header gives it";
  }
  return message;
}

/// Reads one line at a time; an error in a library's header waits for the note that tells which of
/// the student's lines asked for it.
class Reader {
 public:
  void read(const std::string& line);
  std::vector<Diagnostic> take();

 private:
  void add_elsewhere(const std::string& severity, const std::string& message);
  void give_place(const Diagnostic& note);
  bool was_told(const Diagnostic& diagnostic) const;

  std::vector<Diagnostic> diagnostics_;
  bool waits_for_place_ = false;
  Diagnostic includer_;  ///< the student's line that led into the header of the next complaint
};

bool Reader::was_told(const Diagnostic& diagnostic) const {
  return std::any_of(diagnostics_.begin(), diagnostics_.end(), [&](const Diagnostic& other) {
    return &other != &diagnostic && other.file == diagnostic.file &&
           other.line == diagnostic.line && other.severity == diagnostic.severity;
  });
}

/// A header that is missing below a library's is told at the line that asked for it; anything else
/// waits for a note that is nearer.
void Reader::add_elsewhere(const std::string& severity, const std::string& message) {
  const std::string explained = explain_compile_error(message);
  diagnostics_.push_back({"", 0, 0, severity, explained});
  waits_for_place_ = true;
  const bool is_missing = message.find("file not found") != std::string::npos;
  if (is_missing && !includer_.file.empty()) give_place(includer_);
}

/// One slip in a call of std::sort gives ten errors deep inside of it: the first is told.
void Reader::give_place(const Diagnostic& note) {
  waits_for_place_ = false;
  Diagnostic& error = diagnostics_.back();
  error.file = note.file;
  error.line = note.line;
  error.column = note.column;
  if (was_told(error)) diagnostics_.pop_back();
}

void Reader::read(const std::string& line) {
  static const std::regex kCompile(
      R"(^/src/([^:]+):(\d+):(\d+): (?:fatal )?(error|warning|note): (.*)$)");
  static const std::regex kIncluder(R"(^In file included from /src/([^:]+):(\d+):$)");
  static const std::regex kElsewhere(R"(^[^:]+:\d+:\d+: (?:fatal )?(error): (.*)$)");
  static const std::regex kLink(
      R"(^(?:mold|ld\.mold|/usr/bin/ld|ld): (?:error: |fatal: )?(?!warning)(.*)$)");
  std::smatch match;
  if (std::regex_match(line, match, kIncluder)) {
    includer_ = {match[1], number_in(match[2]), 0, "note", ""};
  } else if (std::regex_match(line, match, kCompile)) {
    const Diagnostic found{match[1], number_in(match[2]), number_in(match[3]), match[4],
                           explain_compile_error(match[5])};
    if (found.severity == "note" && waits_for_place_) return give_place(found);
    diagnostics_.push_back(found);
    waits_for_place_ = false;
  } else if (std::regex_match(line, match, kElsewhere)) {
    add_elsewhere(match[1], match[2]);
  } else if (std::regex_match(line, match, kLink)) {
    diagnostics_.push_back({"", 0, 0, "error", explain_link_error(match[1])});
  }
}

/// clang leaves out the notes of errors that follow from an earlier one: without a place they say
/// nothing beside one that has it.
std::vector<Diagnostic> Reader::take() {
  const auto is_placed = [](const Diagnostic& item) {
    return item.severity == "error" && !item.file.empty();
  };
  if (std::any_of(diagnostics_.begin(), diagnostics_.end(), is_placed)) {
    std::erase_if(diagnostics_, [](const Diagnostic& item) { return item.file.empty(); });
  }
  return std::move(diagnostics_);
}

}  // namespace

std::vector<Diagnostic> parse_diagnostics(const std::string& text) {
  Reader reader;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.size() > kLongestLine) line.resize(kLongestLine);
    reader.read(line);
  }
  return reader.take();
}

}  // namespace pset3::build
