// Opens for writing, or replaces, what runs or will run: itself, the launcher, the libraries.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace {

void try_to_change(const std::string& path) {
  const int file = open(path.c_str(), O_WRONLY | O_APPEND);
  if (file >= 0) {
    std::printf("opened %s\n", path.c_str());
    close(file);
  }
  if (access(path.c_str(), F_OK) == 0 && truncate(path.c_str(), 0) == 0) {
    std::printf("truncated %s\n", path.c_str());
  }
}

}  // namespace

int main(int count, char** words) {
  for (const char* path :
       {"/proc/self/exe", "/proc/1/exe", "/.pset3-stub", "/usr/bin/bwrap", "/usr/bin/true",
        "/lib/x86_64-linux-gnu/libc.so.6", "/etc/ld.so.cache", "/etc/ld.so.preload"}) {
    try_to_change(path);
  }
  try_to_change("/proc/" + std::to_string(getppid()) + "/exe");
  for (int i = 0; i < count; ++i) {
    try_to_change(words[i]);
    const std::string beside = std::string(words[i]) + ".beside";
    if (rename(words[i], beside.c_str()) == 0) std::printf("renamed %s\n", words[i]);
  }
}
