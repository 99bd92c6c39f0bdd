// Runs on whatever it is told.
#include <csignal>

int main() {
  for (int signal = 1; signal < NSIG; ++signal) std::signal(signal, SIG_IGN);
  for (volatile unsigned turn = 0;; turn = turn + 1) {
  }
}
