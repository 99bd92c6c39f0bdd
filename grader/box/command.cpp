#include "grader/box/command.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "grader/base/error.hpp"
#include "grader/box/defences.hpp"
#include "grader/box/stub/message.hpp"

namespace pset3::box {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr const char* kStubInside = "/.pset3-stub";
constexpr const char* kOfTheSystem[] = {"/etc/alternatives", "/etc/ld.so.cache", "/etc/fonts"};
constexpr std::uint64_t kMappedInCgroup = 16ull << 30;

void append(Words& words, std::initializer_list<std::string> more) {
  words.insert(words.end(), more);
}

std::string bubblewrap() {
  for (const char* path : {"/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"}) {
    if (::access(path, X_OK) == 0) return path;
  }
  throw GraderError("bubblewrap is not installed: apt-get install bubblewrap");
}

void append_system(Words& words) {
  append(words, {"--ro-bind", "/usr", "/usr"});
  for (const char* folder : {"/lib", "/lib32", "/lib64", "/bin", "/sbin"}) {
    if (fs::is_symlink(folder)) {
      append(words, {"--symlink", fs::read_symlink(folder).string(), folder});
    } else if (fs::is_directory(folder)) {
      append(words, {"--ro-bind", folder, folder});
    }
  }
  for (const char* path : kOfTheSystem) append(words, {"--ro-bind-try", path, path});
  append(words, {"--proc", "/proc", "--dev", "/dev"});
}

void append_namespaces(Words& words) {
  append(words, {"--unshare-user", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
                 "--uid", "65534", "--gid", "65534"});
  if (has(Defence::kIpcNamespace)) words.emplace_back("--unshare-ipc");
  if (has(Defence::kHostName)) append(words, {"--unshare-uts", "--hostname", "box"});
  if (has(Defence::kCgroupNamespace)) words.emplace_back("--unshare-cgroup-try");
  if (has(Defence::kNoNewNamespaces)) words.emplace_back("--disable-userns");
  if (has(Defence::kEnvironment)) words.emplace_back("--clearenv");
  if (has(Defence::kNetworkNamespace)) words.emplace_back("--unshare-net");
  if (has(Defence::kPidNamespace)) append(words, {"--unshare-pid", "--as-pid-1"});
}

Words bubblewrap_words(const BoxSpec& spec, const fs::path& stub) {
  Words words{bubblewrap()};
  append_namespaces(words);
  append_system(words);
  append(words, {"--ro-bind", stub.string(), kStubInside});
  if (spec.limits.tmp_bytes > 0) {
    if (has(Defence::kTmpSize)) append(words, {"--size", std::to_string(spec.limits.tmp_bytes)});
    append(words, {"--tmpfs", "/tmp"});
  } else {
    append(words, {"--dir", "/tmp"});
  }
  const std::string to_read = has(Defence::kReadOnlyBinds) ? "--ro-bind" : "--bind";
  for (const Bind& bind : spec.read_only) {
    append(words, {to_read, bind.host.string(), bind.inside.string()});
  }
  for (const Bind& bind : spec.writable) {
    append(words, {"--bind", bind.host.string(), bind.inside.string()});
  }
  // Last: mount points can be made in / until then.
  if (has(Defence::kRemount)) append(words, {"--remount-ro", "/dev", "--remount-ro", "/"});
  append(words, {"--", kStubInside});
  return words;
}

void append_limits(Words& words, const Limits& limits, Level level) {
  const auto cpu_s = (limits.cpu.count() + 999) / 1000;
  const bool charged = level == Level::kCgroup;
  const std::uint64_t address_space = charged ? std::max(kMappedInCgroup, 2 * limits.memory_bytes)
                                              : limits.memory_bytes + kMappedOnly;
  append(words, {fmt::format("cpu={}", cpu_s), fmt::format("file={}", limits.file_bytes)});
  if (charged) words.emplace_back("charged");
  if (!has(Defence::kMemoryLimit)) return;
  words.push_back(fmt::format("as={}", address_space));
  if (!charged) {
    words.push_back(fmt::format("data={}", limits.memory_bytes));
  }
}

/// Threads of our user: without user namespaces a limit on processes counts them too.
std::size_t threads_of_ours() {
  std::size_t count = 0;
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator("/proc", gone)) {
    struct stat status {};
    if (::stat(entry.path().c_str(), &status) != 0 || status.st_uid != ::geteuid()) continue;
    for (fs::directory_iterator task(entry.path() / "task", gone), end; !gone && task != end;
         task.increment(gone)) {
      ++count;
    }
  }
  return count;
}

void append_processes(Words& words, int processes, Level level) {
  std::size_t allowed = static_cast<std::size_t>(processes) + kOwnInNamespace;
  if (level < Level::kNamespaces && ::geteuid() != 0) allowed += threads_of_ours();
  if (has(Defence::kProcessLimit)) words.push_back(fmt::format("processes={}", allowed));
}

/// What the stub itself puts up and is to leave out.
void append_left_out(Words& words) {
  for (int i = static_cast<int>(Defence::kEnvironment); i < static_cast<int>(Defence::kCount);
       ++i) {
    const auto defence = static_cast<Defence>(i);
    if (!has(defence)) words.push_back(fmt::format("without={}", name_of(defence)));
  }
}

void append_confinement(Words& words, const BoxSpec& spec, Level level) {
  if (level >= Level::kNamespaces && has(Defence::kPidNamespace)) {
    words.emplace_back("pid-namespace");
  }
  if (level >= Level::kLandlock && has(Defence::kSeccomp)) {
    words.emplace_back(level == Level::kLandlock ? "filter=shared" : "filter=namespaced");
  }
  if (!has(Defence::kDescriptors)) words.emplace_back("keep-descriptors");
  append_left_out(words);
  if (level != Level::kLandlock || !has(Defence::kLandlock)) return;
  words.emplace_back("landlock");
  for (const char* path : {"/usr", "/lib", "/lib64", "/bin", "/sbin", "/proc"}) {
    words.push_back(fmt::format("read={}", path));
  }
  for (const char* path : kOfTheSystem) words.push_back(fmt::format("read={}", path));
  for (const Bind& bind : spec.read_only) words.push_back("read=" + bind.host.string());
  for (const Bind& bind : spec.writable) words.push_back("write=" + bind.host.string());
}

bool may_start_a_path(const std::string& text, std::size_t at) {
  if (at == 0) return true;
  const char before = text[at - 1];
  if (before == '=' || before == ':' || before == ',') return true;
  return at == 2 && text[0] == '-' && std::isalpha(static_cast<unsigned char>(before)) != 0;
}

}  // namespace

std::string with_host_paths(std::string text, const std::vector<Bind>& binds) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!may_start_a_path(text, at)) continue;
    const Bind* longest = nullptr;
    for (const Bind& bind : binds) {
      const std::string& inside = bind.inside.native();
      const std::size_t end = at + inside.size();
      const bool whole =
          end >= text.size() || std::string_view("/:,=").find(text[end]) != std::string_view::npos;
      if (text.compare(at, inside.size(), inside) != 0 || !whole) continue;
      if (longest == nullptr || inside.size() > longest->inside.native().size()) longest = &bind;
    }
    if (longest == nullptr) continue;
    text.replace(at, longest->inside.native().size(), longest->host.native());
    at += longest->host.native().size() - 1;
  }
  return text;
}

std::vector<std::string> command_of(const BoxSpec& spec, Level level, const fs::path& stub) {
  const bool namespaces = level >= Level::kNamespaces;
  Words words = namespaces ? bubblewrap_words(spec, stub) : Words{stub.string()};
  append_limits(words, spec.limits, level);
  append_processes(words, spec.limits.processes, level);
  append_confinement(words, spec, level);
  std::vector<Bind> binds;
  if (!namespaces) {
    binds = spec.read_only;
    binds.insert(binds.end(), spec.writable.begin(), spec.writable.end());
  }
  words.push_back("folder=" + with_host_paths(spec.working_folder.string(), binds));
  for (const auto& [name, value] : spec.environment) {
    words.push_back("env=" + name + "=" + with_host_paths(value, binds));
  }
  words.emplace_back("--");
  for (const std::string& word : spec.argv) words.push_back(with_host_paths(word, binds));
  return words;
}

}  // namespace pset3::box
