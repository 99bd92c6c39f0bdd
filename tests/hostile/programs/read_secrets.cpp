// Looks for what it must not see: `read_secrets VARIABLE PATH… `. Prints what it reached.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

void try_to_open(const std::string& path, int flags) {
  const int descriptor = open(path.c_str(), flags);
  if (descriptor < 0) return;
  char byte = 0;
  // The kernel lets some files of /proc be opened and read as empty.
  if (read(descriptor, &byte, 1) == 1 || (flags & O_ACCMODE) == O_RDWR) {
    std::printf("reached %s\n", path.c_str());
  }
  close(descriptor);
}

}  // namespace

int main(int count, char** words) {
  if (std::getenv(words[1]) != nullptr) std::printf("has %s\n", words[1]);
  for (int i = 2; i < count; ++i) {
    const std::string path = words[i];
    try_to_open(path, O_RDONLY);
    for (const char* root :
         {"/proc/1/root", "/proc/1/cwd/..", "/proc/self/root/..", "/dev/fd/3/.."}) {
      try_to_open(root + path, O_RDONLY);
    }
  }
  for (const std::string& pid : {std::string("1"), std::to_string(getppid())}) {
    try_to_open("/proc/" + pid + "/environ", O_RDONLY);
    try_to_open("/proc/" + pid + "/maps", O_RDONLY);
    try_to_open("/proc/" + pid + "/mem", O_RDWR);
  }
  for (const char* path : {"/etc/shadow", "/etc/passwd", "/etc/hostname", "/dev/vda", "/dev/sda",
                           "/dev/kmsg", "/dev/mem", "/sys/kernel/notes", "/proc/kcore"}) {
    try_to_open(path, O_RDONLY);
  }
  try_to_open("/proc/sysrq-trigger", O_RDWR);
  try_to_open("/proc/sys/kernel/core_pattern", O_RDWR);
}
