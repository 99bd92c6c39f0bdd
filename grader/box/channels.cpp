#include "grader/box/channels.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>

#include "grader/base/interrupt.hpp"

namespace pset3::box {
namespace {

constexpr std::size_t kChunk = 64ull << 10;
constexpr int kChunksATurn = 16;  // then the clock is looked at again

/// A write to a program that is gone must not end us, whatever the caller does with SIGPIPE.
class SigpipeHeld {
 public:
  SigpipeHeld() {
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    sigemptyset(&sigpipe_);
    sigaddset(&sigpipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_);
  }
  ~SigpipeHeld() {
    const int error = errno;
    const timespec at_once{};
    if (!was_pending_) {
      while (sigtimedwait(&sigpipe_, nullptr, &at_once) < 0 && errno == EINTR) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    errno = error;
  }
  SigpipeHeld(const SigpipeHeld&) = delete;
  SigpipeHeld& operator=(const SigpipeHeld&) = delete;

 private:
  sigset_t sigpipe_{};
  sigset_t before_{};
  bool was_pending_ = false;
};

int poll_timeout(Channels::Clock::time_point deadline) {
  using std::chrono::milliseconds;
  const auto left = std::chrono::ceil<milliseconds>(deadline - Channels::Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

void copy_to(int ours, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(ours, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;  // our reader is gone or slow; the text is kept all the same
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace

std::vector<Descriptor> Channels::open() {
  std::vector<Descriptor> theirs;
  Pipe input = make_pipe();
  theirs.push_back(std::move(input.read));
  input_ = std::move(input.write);
  for (Descriptor* ours : {&out_, &err_, &result_, &status_}) {
    Pipe pipe = make_pipe();
    theirs.push_back(std::move(pipe.write));
    *ours = std::move(pipe.read);
  }
  Pipe lifeline = make_pipe();
  theirs.push_back(std::move(lifeline.read));
  lifeline_ = std::move(lifeline.write);
  for (const Descriptor* ours : {&input_, &out_, &err_, &result_, &status_}) {
    set_nonblocking(*ours);
  }
  return theirs;
}

void Channels::drain_text(Descriptor& from, std::string& text, RelayedText& shown,
                          PrintableStream& safe, int ours) {
  std::array<char, kChunk> buffer;
  for (int turn = 0; turn < kChunksATurn && from; ++turn) {
    const ssize_t count = ::read(from.get(), buffer.data(), buffer.size());
    if (count < 0) {
      if (errno != EAGAIN && errno != EINTR) from.reset();
      return;
    }
    if (count == 0) return from.reset();
    const std::string_view bytes(buffer.data(), static_cast<std::size_t>(count));
    text += bytes.substr(0, text_bytes_ - std::min<std::uint64_t>(text_bytes_, text.size()));
    if (relay_) copy_to(ours, safe.add(shown.add(bytes)));
  }
}

void Channels::drain_status() {
  while (status_) {
    StubMessage message;
    const ssize_t count = ::read(status_.get(), &message, sizeof message);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return;
    if (count != sizeof message || message.magic != StubMessage::kMagic) return status_.reset();
    message.what[sizeof message.what - 1] = '\0';
    messages_.push_back(message);
  }
}

bool Channels::read_result(std::string& bytes, std::size_t count) {
  while (count > 0) {
    const std::size_t before = bytes.size();
    bytes.resize(before + std::min(count, kChunk));
    const ssize_t got = ::read(result_.get(), bytes.data() + before, bytes.size() - before);
    bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return true;
    if (got <= 0) {
      result_.reset();
      return false;
    }
    count -= static_cast<std::size_t>(got);
  }
  return true;
}

void Channels::read_ahead() {
  if (ahead_bytes_ > 0) {
    read_result(ahead_, ahead_bytes_ - ahead_.size());
    return;
  }
  std::string dropped;
  read_result(dropped, kChunk);
}

Channels::Ready Channels::wait(const Wish& wish, Clock::time_point deadline) {
  // poll leaves out negative descriptors.
  std::array<pollfd, 7> watched{{{out_.get(), POLLIN, 0},
                                 {err_.get(), POLLIN, 0},
                                 {status_.get(), POLLIN, 0},
                                 {wish.input ? input_.get() : -1, POLLOUT, 0},
                                 {wish.result ? result_.get() : -1, POLLIN, 0},
                                 {wish.process, POLLIN, 0},
                                 {heeds_interrupts_ ? interrupt_descriptor() : -1, POLLIN, 0}}};
  const int count = ::poll(watched.data(), watched.size(), poll_timeout(deadline));
  if (count > 0) {
    if (watched[0].revents != 0) drain_text(out_, out, shown_out_, safe_out_, STDOUT_FILENO);
    if (watched[1].revents != 0) drain_text(err_, err, shown_err_, safe_err_, STDERR_FILENO);
    if (watched[2].revents != 0) drain_status();
  }
  if (heeds_interrupts_) throw_if_interrupted();
  const bool any = count > 0;
  return {any && watched[3].revents != 0, any && watched[4].revents != 0,
          any && watched[5].revents != 0, Clock::now() >= deadline};
}

bool Channels::send(std::string_view bytes, Clock::time_point deadline) {
  const SigpipeHeld held;
  while (!bytes.empty() && input_) {
    const ssize_t count = ::write(input_.get(), bytes.data(), std::min(bytes.size(), kChunk));
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (count < 0 && errno == EAGAIN) {
      // No reader is left when the stub is gone, though bubblewrap may hold the pipe a bit longer.
      if (!status_) return false;
      const bool room = ahead_bytes_ == 0 || ahead_.size() < ahead_bytes_;
      const Ready ready = wait({true, room, -1}, deadline);
      if (ready.result) read_ahead();
      if (ready.deadline) return false;
    } else if (count < 0 && errno != EINTR) {
      input_.reset();
    }
  }
  return bytes.empty();
}

Channels::Got Channels::receive(std::size_t count, std::string& bytes, Clock::time_point deadline) {
  const std::size_t from_ahead = std::min(count, ahead_.size());
  bytes += ahead_.substr(0, from_ahead);
  ahead_.erase(0, from_ahead);
  const std::size_t wanted = bytes.size() + count - from_ahead;
  while (bytes.size() < wanted) {
    if (!result_) return Got::kEnd;
    const Ready ready = wait({false, true, -1}, deadline);
    if (ready.result && !read_result(bytes, wanted - bytes.size())) return Got::kEnd;
    if (ready.deadline && bytes.size() < wanted) return Got::kDeadline;
  }
  return Got::kAll;
}

bool Channels::wait_for_end(const Descriptor& process, Clock::time_point deadline) {
  bool ended = false;
  drop_results();
  while (!ended || status_) {
    const Ready ready = wait({false, true, ended ? -1 : process.get()}, deadline);
    ended = ended || ready.process;
    if (ready.result) read_ahead();
    if (ready.deadline && !(ended && !status_)) return false;
  }
  // Nobody is left to write, so that what is in the pipes is all.
  drain_text(out_, out, shown_out_, safe_out_, STDOUT_FILENO);
  drain_text(err_, err, shown_err_, safe_err_, STDERR_FILENO);
  if (relay_) {
    copy_to(STDOUT_FILENO, safe_out_.add(shown_out_.rest()) + safe_out_.rest());
    copy_to(STDERR_FILENO, safe_err_.add(shown_err_.rest()) + safe_err_.rest());
  }
  return true;
}

}  // namespace pset3::box
