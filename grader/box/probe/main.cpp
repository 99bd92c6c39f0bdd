// Tries to get out of the box that it runs in, one way a call: `pset3-probe ACTION [ARGUMENT]`.
// Exit status 0: it held; 1: it did not, and stdout says what was reached; 2: wrong usage.

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

extern char** environ;

namespace {

constexpr int kHeld = 0;
constexpr int kBroken = 1;
constexpr int kUsage = 2;

int broken(const std::string& what) {
  std::puts(what.c_str());
  return kBroken;
}

bool opens(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  ::close(descriptor);
  return true;
}

int read_file(const std::string& path) {
  return opens(path, O_RDONLY) ? broken("read " + path) : kHeld;
}

/// A variable that the launcher has must be in no environment that can be read from here.
int find_canary(const std::string& canary) {
  if (std::getenv(canary.c_str()) != nullptr) return broken("the launcher's environment came in");
  for (const std::string& pid : {std::string("1"), std::to_string(::getppid())}) {
    char text[65536];
    const int file = ::open(("/proc/" + pid + "/environ").c_str(), O_RDONLY | O_CLOEXEC);
    const ssize_t count = file < 0 ? 0 : ::read(file, text, sizeof text);
    if (file >= 0) ::close(file);
    if (count > 0 &&
        std::string(text, static_cast<std::size_t>(count)).find(canary) != std::string::npos) {
      return broken("read the environment of process " + pid);
    }
  }
  return kHeld;
}

int open_first_process(const std::string& pid) {
  const std::string folder = "/proc/" + (pid.empty() ? "1" : pid);
  if (opens(folder + "/environ", O_RDONLY)) return broken("opened " + folder + "/environ");
  return opens(folder + "/mem", O_RDWR) ? broken("opened " + folder + "/mem") : kHeld;
}

int find_descriptors(const std::string&) {
  constexpr int kGiven = 3;
  constexpr int kMost = 65536;
  for (int descriptor = kGiven + 1; descriptor < kMost; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) >= 0) return broken("has " + std::to_string(descriptor));
  }
  return kHeld;
}

int connect_to(const std::string& port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(port.c_str())));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool connected =
      socket >= 0 && ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  return connected ? broken("connected to 127.0.0.1:" + port) : kHeld;
}

int write_into(const std::string&) {
  for (const char* folder : {"/", "/dev", "/dev/shm", "/usr", "/tmp", "/var/tmp", "/proc", "."}) {
    const std::string file = std::string(folder) + "/pset3-probe-was-here";
    if (opens(file, O_WRONLY | O_CREAT | O_EXCL)) {
      ::unlink(file.c_str());
      return broken(std::string("wrote into ") + folder);
    }
  }
  return kHeld;
}

int fork_beyond(const std::string& limit) {
  const int most = std::atoi(limit.c_str());
  std::vector<pid_t> children;
  while (static_cast<int>(children.size()) < most) {
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::pause();
      ::_exit(0);
    }
    if (pid < 0) break;
    children.push_back(pid);
  }
  for (const pid_t pid : children) ::kill(pid, SIGKILL);
  return static_cast<int>(children.size()) >= most
             ? broken("started " + std::to_string(children.size()) + " processes")
             : kHeld;
}

/// `KIND MIB`: private memory is written to, shared memory too; reserved memory is only mapped.
int allocate(const std::string& kind_and_mib) {
  constexpr std::size_t kMib = 1u << 20;
  const std::size_t space = kind_and_mib.find(' ');
  const std::string kind = kind_and_mib.substr(0, space);
  const int most = space == std::string::npos ? 0 : std::atoi(kind_and_mib.c_str() + space);
  const int flags = MAP_ANONYMOUS | (kind == "private" ? MAP_PRIVATE : MAP_SHARED);
  for (int i = 0; i < most; ++i) {
    void* block = ::mmap(nullptr, kMib, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (block == MAP_FAILED) return kHeld;
    if (kind != "reserved") std::memset(block, 1, kMib);
  }
  return broken("had all of " + std::to_string(most) + " MiB");
}

constexpr key_t kMessageKey = 0x70733374;

std::vector<std::string> message_places(const std::string& folder) {
  return {folder + "/pset3-message", "/dev/shm/pset3-message", "/var/tmp/pset3-message"};
}

/// For the next box to find: files, and shared memory.
int leave_message(const std::string& folder) {
  for (const std::string& place : message_places(folder)) opens(place, O_WRONLY | O_CREAT);
  ::shmget(kMessageKey, 1, IPC_CREAT | 0600);
  return kHeld;
}

/// Looks for it, and takes it away.
int find_message(const std::string& folder) {
  std::string found;
  for (const std::string& place : message_places(folder)) {
    if (::unlink(place.c_str()) == 0) found += " " + place;
  }
  const int memory = ::shmget(kMessageKey, 1, 0600);
  if (memory >= 0) {
    ::shmctl(memory, IPC_RMID, nullptr);
    found += " shared memory";
  }
  return found.empty() ? kHeld : broken("found the message in" + found);
}

/// Leaves a process behind that writes `file` a little later.
int survive(const std::string& file) {
  constexpr useconds_t kLater = 300'000;
  if (::fork() == 0) {
    ::setsid();
    if (::fork() == 0) {
      ::usleep(kLater);
      opens(file, O_WRONLY | O_CREAT);
    }
    ::_exit(0);
  }
  ::wait(nullptr);
  return kHeld;
}

int spin(const std::string&) {
  for (int signal = 1; signal < NSIG; ++signal) std::signal(signal, SIG_IGN);
  for (volatile unsigned turn = 0;; turn = turn + 1) {
  }
}

int flood(const std::string&) {
  const std::string text(1u << 16, 'x');
  for (;;) {
    if (::write(STDOUT_FILENO, text.data(), text.size()) < 0) return kHeld;
  }
}

int be_root(const std::string&) {
  return ::getuid() == 0 || ::geteuid() == 0 ? broken("runs as user 0") : kHeld;
}

struct Action {
  const char* name;
  int (*run)(const std::string&);
};

constexpr Action kActions[] = {{"read", read_file},
                               {"canary", find_canary},
                               {"first-process", open_first_process},
                               {"descriptors", find_descriptors},
                               {"connect", connect_to},
                               {"write", write_into},
                               {"fork", fork_beyond},
                               {"allocate", allocate},
                               {"leave-message", leave_message},
                               {"find-message", find_message},
                               {"survive", survive},
                               {"spin", spin},
                               {"flood", flood},
                               {"root", be_root}};

}  // namespace

int main(int count, char** words) {
  for (const Action& action : kActions) {
    if (count >= 2 && std::strcmp(action.name, words[1]) == 0) {
      return action.run(count >= 3 ? words[2] : "");
    }
  }
  std::fputs("usage: pset3-probe ACTION [ARGUMENT]\n", stderr);
  return kUsage;
}
