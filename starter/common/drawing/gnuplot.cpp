#include "starter/common/drawing/gnuplot.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "starter/common/errors.hpp"

extern char** environ;

namespace pset3::drawing {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }
  void close() {
    if (number_ >= 0) {
      ::close(std::exchange(number_, -1));
    }
  }

 private:
  int number_;
};

struct Pipe {
  explicit Pipe(std::array<int, 2> ends) : read(ends[0]), write(ends[1]) {}
  Descriptor read;
  Descriptor write;

  static std::array<int, 2> open() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      throw std::runtime_error(std::string("cannot make a pipe to gnuplot: ") +
                               std::strerror(errno));
    }
    return ends;
  }
};

// gnuplot may stop reading before the end; that must not kill this program.
class IgnoreBrokenPipe {
 public:
  IgnoreBrokenPipe() : before_(std::signal(SIGPIPE, SIG_IGN)) {}
  ~IgnoreBrokenPipe() { std::signal(SIGPIPE, before_); }
  IgnoreBrokenPipe(const IgnoreBrokenPipe&) = delete;
  IgnoreBrokenPipe& operator=(const IgnoreBrokenPipe&) = delete;

 private:
  void (*before_)(int);
};

pid_t start(int in, int out, int errors) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
  // -d: no start-up file of the user's may change how charts look.
  std::array<const char*, 3> arguments = {"gnuplot", "-d", nullptr};
  pid_t child = 0;
  const int error = posix_spawnp(&child, arguments[0], &actions, nullptr,
                                 const_cast<char* const*>(arguments.data()), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT) {
    throw std::runtime_error(
        "the program gnuplot, which draws the charts, is not installed; install gnuplot-nox");
  }
  if (error != 0) {
    throw std::runtime_error(std::string("cannot start gnuplot: ") + std::strerror(error));
  }
  return child;
}

void write_all(int to, const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t now = ::write(to, bytes.data() + done, bytes.size() - done);
    if (now < 0 && errno != EINTR) {
      return;  // gnuplot has stopped, and its own message says why
    }
    done += now > 0 ? static_cast<std::size_t>(now) : 0;
  }
}

std::string read_all(int from) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t now = 1; now != 0;) {
    now = ::read(from, buffer.data(), buffer.size());
    if (now < 0 && errno != EINTR) {
      break;
    }
    text.append(buffer.data(), now > 0 ? static_cast<std::size_t>(now) : 0);
  }
  return text;
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

void run_gnuplot(const std::string& script, const std::filesystem::path& output) {
  const Descriptor file(::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.number() < 0) {
    throw DataError(output.string() + ": cannot write the chart: " + std::strerror(errno));
  }
  Pipe to_child(Pipe::open());
  Pipe from_child(Pipe::open());
  const IgnoreBrokenPipe guard;
  const pid_t child = start(to_child.read.number(), file.number(), from_child.write.number());
  to_child.read.close();
  from_child.write.close();
  write_all(to_child.write.number(), script);
  to_child.write.close();
  const std::string complaint = read_all(from_child.read.number());
  const int status = wait_for(child);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || ::lseek(file.number(), 0, SEEK_END) == 0) {
    throw std::runtime_error(output.string() + ": gnuplot drew no chart: " + complaint);
  }
}

}  // namespace pset3::drawing
