#pragma once

#include <sys/resource.h>

#include <vector>

namespace pset3::box {

/// What a seccomp filter has to make up for.
enum class Filter {
  kNone,        ///< L0
  kNamespaced,  ///< namespaces hide network, IPC objects and processes
  kShared,      ///< no namespaces: sockets and System V IPC are refused too
};

/// The stub's command line: `name=value` words, "--", then the program and its arguments. Made by
/// the parent alone (command.cpp), so that it is parsed without ceremony.
struct StubOptions {
  rlim_t address_space = RLIM_INFINITY;
  rlim_t data = RLIM_INFINITY;
  rlim_t cpu_s = RLIM_INFINITY;
  rlim_t file_bytes = RLIM_INFINITY;
  rlim_t processes = RLIM_INFINITY;
  Filter filter = Filter::kNone;
  bool pid_namespace = false;  ///< the stub is pid 1
  bool charged = false;        ///< a cgroup charges memory that no resource limit sees
  bool landlock = false;
  bool close_descriptors = true;
  bool hide = true;  ///< the stub cannot be read or traced by the program
  const char* folder = "/";
  std::vector<const char*> readable;  ///< for Landlock
  std::vector<const char*> writable;
  std::vector<char*> environment;  ///< ends with a null pointer
  char** program = nullptr;
  std::vector<const char*> without;  ///< defences that a test takes off, see box/defences.hpp

  bool has(const char* defence) const;
};

/// @returns the options, with a null `program` when a word is not known.
StubOptions parse_stub_options(int count, char** words);

}  // namespace pset3::box
