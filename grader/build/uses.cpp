#include "grader/build/uses.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace pset3::build {
namespace {

bool is_part_of_a_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// "cv::fillPoly" -> "2cv8fillPoly".
std::string mangled_words(const std::string& name) {
  std::string mangled;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find("::", at), name.size());
    mangled += std::to_string(end - at) + name.substr(at, end - at);
    at = end + 2;
  }
  return mangled;
}

/// How a mangled name begins that lies in a namespace: a function, a constant one, tables of types.
constexpr std::array<std::string_view, 4> kBeginnings = {"_ZN", "_ZNK", "_ZTVN", "_ZTIN"};

bool is_named(const std::string& symbol, const std::string& words) {
  return std::any_of(kBeginnings.begin(), kBeginnings.end(), [&](std::string_view beginning) {
    return symbol.compare(0, beginning.size(), beginning) == 0 &&
           symbol.compare(beginning.size(), words.size(), words) == 0;
  });
}

/// Blanks out comments and text, and keeps the lines.
std::string code_of(const std::string& source) {
  std::string code = source;
  enum class In { kCode, kLine, kBlock, kText, kLetter } in = In::kCode;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const std::string_view two = std::string_view(source).substr(i, 2);
    const char c = source[i];
    const bool is_escaped = c == '\\' && (in == In::kText || in == In::kLetter);
    if (in == In::kCode) {
      if (two == "//") in = In::kLine;
      if (two == "/*") in = In::kBlock;
      if (c == '"') in = In::kText;
      if (c == '\'' && (i == 0 || !is_part_of_a_word(source[i - 1]))) in = In::kLetter;
      if (in == In::kCode || c == '"') continue;
    } else if ((in == In::kLine && c == '\n') || (in == In::kText && (c == '"' || c == '\n')) ||
               (in == In::kLetter && (c == '\'' || c == '\n'))) {
      in = In::kCode;
      continue;
    } else if (in == In::kBlock && two == "*/") {
      code[i] = code[i + 1] = ' ';
      ++i;
      in = In::kCode;
      continue;
    }
    if (c != '\n') code[i] = ' ';
    if (is_escaped && i + 1 < code.size() && source[i + 1] != '\n') code[++i] = ' ';
  }
  return code;
}

std::size_t find_word(const std::string& code, const std::string& word) {
  for (auto at = code.find(word); at != std::string::npos; at = code.find(word, at + 1)) {
    const bool begins = at == 0 || !is_part_of_a_word(code[at - 1]);
    const std::size_t end = at + word.size();
    if (begins && (end == code.size() || !is_part_of_a_word(code[end]))) return at;
  }
  return std::string::npos;
}

bool is_a_header(const std::string& name) { return name.find('/') != std::string::npos; }

/// @returns where an #include of the header begins, or npos.
std::size_t find_include(const std::string& source, const std::string& header) {
  for (auto at = source.find(header); at != std::string::npos; at = source.find(header, at + 1)) {
    const std::size_t line = source.rfind('\n', at) + 1;
    const std::string before = source.substr(line, at - line);
    const bool is_include = before.find("include") != std::string::npos &&
                            before.find_first_not_of(" \t") == before.find('#');
    if (is_include && before.find('#') != std::string::npos) return at;
  }
  return std::string::npos;
}

std::string last_word(std::string name) {
  while (!name.empty() && name.back() == ':') name.pop_back();
  const auto scope = name.rfind("::");
  return scope == std::string::npos ? name : name.substr(scope + 2);
}

}  // namespace

bool uses(const Symbols& object, const std::string& source, const std::string& name) {
  if (is_a_header(name)) return find_include(source, name) != std::string::npos;
  const bool is_of_c = name.find("::") == std::string::npos;
  const std::string words = is_of_c ? name : mangled_words(name);
  const auto is_it = [&](const std::string& symbol) {
    return is_of_c ? symbol == words : is_named(symbol, words);
  };
  // A function that a library defines in its header is compiled into the object.
  return std::any_of(object.used.begin(), object.used.end(), is_it) ||
         (!is_of_c && std::any_of(object.defined.begin(), object.defined.end(), is_it));
}

int line_of(const std::string& source, const std::string& name) {
  const std::size_t at =
      is_a_header(name) ? find_include(source, name) : find_word(code_of(source), last_word(name));
  if (at == std::string::npos) return 0;
  const auto end = source.begin() + static_cast<std::ptrdiff_t>(at);
  return 1 + static_cast<int>(std::count(source.begin(), end, '\n'));
}

const std::vector<std::string>& names_to_look_into() {
  static const std::vector<std::string> kNames = {"system",
                                                  "popen",
                                                  "fork",
                                                  "vfork",
                                                  "clone",
                                                  "execl",
                                                  "execle",
                                                  "execlp",
                                                  "execv",
                                                  "execve",
                                                  "execvp",
                                                  "fexecve",
                                                  "posix_spawn",
                                                  "posix_spawnp",
                                                  "dlopen",
                                                  "dlmopen",
                                                  "dlsym",
                                                  "dlvsym",
                                                  "socket",
                                                  "connect",
                                                  "ptrace",
                                                  "syscall",
                                                  "mprotect",
                                                  "memfd_create",
                                                  "process_vm_readv",
                                                  "process_vm_writev"};
  return kNames;
}

bool has_assembler(const std::string& source) {
  const std::string code = code_of(source);
  return find_word(code, "asm") != std::string::npos ||
         find_word(code, "__asm__") != std::string::npos ||
         find_word(code, "__asm") != std::string::npos;
}

}  // namespace pset3::build
