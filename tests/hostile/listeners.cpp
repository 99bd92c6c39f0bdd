#include "tests/hostile/listeners.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <stdexcept>

namespace pset3::box {
namespace {

void need(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
}

}  // namespace

Listeners::Listeners()
    : tcp_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      udp_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)),
      abstract_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      name_("pset3-hostile-test-" + std::to_string(::getpid())) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  need(::bind(tcp_.get(), generic, size) == 0 && ::listen(tcp_.get(), 8) == 0, "listen");
  need(::getsockname(tcp_.get(), generic, &size) == 0, "getsockname");
  need(::bind(udp_.get(), generic, size) == 0, "bind");
  port_ = ntohs(address.sin_port);
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  std::memcpy(local.sun_path + 1, name_.data(), name_.size());
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name_.size());
  need(::bind(abstract_.get(), reinterpret_cast<sockaddr*>(&local), length) == 0 &&
           ::listen(abstract_.get(), 8) == 0,
       "listen on an abstract socket");
}

}  // namespace pset3::box
