#include "grader/box/stub/options.hpp"

#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace pset3::box {
namespace {

/// @returns what follows `name` in `word`, or null.
char* value_of(char* word, const char* name) {
  const std::size_t length = std::strlen(name);
  return std::strncmp(word, name, length) == 0 ? word + length : nullptr;
}

bool parse_number(char* word, StubOptions& options) {
  const struct {
    const char* name;
    rlim_t* number;
  } numbers[] = {{"as=", &options.address_space},
                 {"data=", &options.data},
                 {"cpu=", &options.cpu_s},
                 {"file=", &options.file_bytes},
                 {"processes=", &options.processes}};
  for (const auto& [name, number] : numbers) {
    if (const char* value = value_of(word, name)) {
      *number = std::strtoull(value, nullptr, 10);
      return true;
    }
  }
  return false;
}

bool parse_text(char* word, StubOptions& options) {
  if (char* variable = value_of(word, "env=")) {
    options.environment.push_back(variable);
  } else if (const char* readable = value_of(word, "read=")) {
    options.readable.push_back(readable);
  } else if (const char* writable = value_of(word, "write=")) {
    options.writable.push_back(writable);
  } else if (const char* defence = value_of(word, "without=")) {
    options.without.push_back(defence);
  } else if (const char* folder = value_of(word, "folder=")) {
    options.folder = folder;
  } else {
    return false;
  }
  return true;
}

bool parse_switch(const char* word, StubOptions& options) {
  if (std::strcmp(word, "filter=namespaced") == 0) {
    options.filter = Filter::kNamespaced;
  } else if (std::strcmp(word, "filter=shared") == 0) {
    options.filter = Filter::kShared;
  } else if (std::strcmp(word, "pid-namespace") == 0) {
    options.pid_namespace = true;
  } else if (std::strcmp(word, "charged") == 0) {
    options.charged = true;
  } else if (std::strcmp(word, "landlock") == 0) {
    options.landlock = true;
  } else if (std::strcmp(word, "keep-descriptors") == 0) {
    options.close_descriptors = false;
  } else {
    return false;
  }
  return true;
}

}  // namespace

bool StubOptions::has(const char* defence) const {
  for (const char* left_out : without) {
    if (std::strcmp(left_out, defence) == 0) return false;
  }
  return true;
}

StubOptions parse_stub_options(int count, char** words) {
  StubOptions options;
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(words[i], "--") == 0) {
      if (i + 1 < count) options.program = words + i + 1;
      break;
    }
    if (!parse_number(words[i], options) && !parse_text(words[i], options) &&
        !parse_switch(words[i], options)) {
      break;
    }
  }
  for (char** ours = environ; !options.has("environment") && *ours != nullptr; ++ours) {
    options.environment.push_back(*ours);
  }
  options.environment.push_back(nullptr);
  options.hide = options.has("hidden_stub");
  return options;
}

}  // namespace pset3::box
