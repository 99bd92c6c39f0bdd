// Prints on stdout, stderr and the result pipe without end.
#include <fcntl.h>
#include <unistd.h>

#include <string>

int main() {
  const std::string text(1u << 16, 'x');
  for (int descriptor = 1; descriptor <= 3; ++descriptor) fcntl(descriptor, F_SETFL, O_NONBLOCK);
  for (;;) {
    for (int descriptor = 1; descriptor <= 3; ++descriptor) {
      if (write(descriptor, text.data(), text.size()) < 0) continue;
    }
  }
}
