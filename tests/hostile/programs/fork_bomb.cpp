// `fork_bomb count` says how many processes it can have; `fork_bomb` doubles without end.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main(int count, char**) {
  constexpr int kEnough = 1000;
  if (count < 2) {
    for (;;) fork();
  }
  int children = 0;
  while (children < kEnough) {
    const pid_t pid = fork();
    if (pid == 0) {
      pause();
      return 0;
    }
    if (pid < 0) break;
    ++children;
  }
  std::printf("%d\n", children + 1);
}
