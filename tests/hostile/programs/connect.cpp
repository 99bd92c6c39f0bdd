// `connect PORT NAME` tries TCP and UDP to 127.0.0.1:PORT and the abstract socket NAME.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

bool reaches(int type, int port) {
  const int descriptor = socket(AF_INET, type, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
         send(descriptor, "x", 1, MSG_NOSIGNAL) == 1;
}

bool reaches(const char* name) {
  const int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path + 1, name, sizeof address.sun_path - 2);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + std::strlen(name));
  return connect(descriptor, reinterpret_cast<sockaddr*>(&address), size) == 0;
}

}  // namespace

int main(int, char** words) {
  if (reaches(SOCK_STREAM, std::atoi(words[1]))) std::puts("tcp");
  if (reaches(SOCK_DGRAM, std::atoi(words[1]))) std::puts("udp");
  if (reaches(words[2])) std::puts("abstract");
}
