// `survivor FILE` leaves a daemon behind that writes into FILE for as long as it lives.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <initializer_list>

namespace {

void live(const char* path) {
  constexpr useconds_t kBeat = 20'000;
  constexpr int kBeats = 500;  // ten seconds, so that nothing stays should the box not hold
  const int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0666);
  for (int i = 0; i < kBeats; ++i) {
    if (write(file, ".", 1) != 1) return;
    usleep(kBeat);
  }
}

}  // namespace

int main(int, char** words) {
  for (const int signal : {SIGHUP, SIGTERM, SIGINT, SIGPIPE}) std::signal(signal, SIG_IGN);
  if (fork() == 0) {
    setsid();
    if (fork() == 0) live(words[1]);
    _exit(0);
  }
  wait(nullptr);
  constexpr useconds_t kUntilItLives = 100'000;
  usleep(kUntilItLives);
  return 11;
}
