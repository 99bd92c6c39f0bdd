// Looks for rights that a program of a submission must not have, and for programs that give some.
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <initializer_list>

namespace {

bool is_of_interest(const char* line) {
  for (const char* name : {"CapEff:", "CapPrm:", "NoNewPrivs:"}) {
    if (std::strncmp(line, name, std::strlen(name)) == 0) return true;
  }
  return false;
}

/// Capabilities in use, and whether a program with the bit for its owner could give more.
void print_rights() {
  std::FILE* status = std::fopen("/proc/self/status", "r");
  char line[256];
  while (status != nullptr && std::fgets(line, sizeof line, status) != nullptr) {
    if (!is_of_interest(line)) continue;
    const char* value = std::strrchr(line, '\t') + 1;
    const bool good = line[0] == 'N' ? std::strcmp(value, "1\n") == 0
                                     : std::strspn(value, "0") == std::strlen(value) - 1;
    if (!good) std::printf("has %s", line);
  }
}

/// su without a password asks for one at once only when it runs as its owner; without, it says so.
void try_setuid_program(const char* path) {
  struct stat status {};
  if (stat(path, &status) != 0 || (status.st_mode & S_ISUID) == 0) return;
  const pid_t child = fork();
  if (child == 0) {
    execl(path, path, "-s", "/usr/bin/id", "root", nullptr);
    _exit(1);
  }
  int ended = 0;
  waitpid(child, &ended, 0);
  if (WIFEXITED(ended) && WEXITSTATUS(ended) == 0) std::printf("ran %s as its owner\n", path);
}

}  // namespace

int main() {
  print_rights();
  if (setuid(0) == 0) std::puts("became user 0");
  if (setgid(0) == 0) std::puts("became group 0");
  try_setuid_program("/usr/bin/su");
}
