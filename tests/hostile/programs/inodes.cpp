// `inodes FOLDER COUNT` makes that many empty files, which no limit on bytes sees.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

int main(int, char** words) {
  const std::string folder = words[1];
  const int count = std::atoi(words[2]);
  for (int i = 0; i < count; ++i) {
    const int file = open((folder + "/" + std::to_string(i)).c_str(), O_WRONLY | O_CREAT, 0600);
    if (file < 0) return 0;
    close(file);
  }
  std::puts("made all files");
}
