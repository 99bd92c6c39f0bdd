// `plant_links FOLDER TARGET` fills a folder with links to TARGET and pipes, named as outputs are.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <string>

int main(int, char** words) {
  const std::string folder = words[1];
  int planted = 0;
  for (const char* name : {"results.json", "object.o", "stdout", "carve.o", ".."}) {
    planted += symlink(words[2], (folder + "/" + name).c_str()) == 0 ? 1 : 0;
  }
  for (const char* name : {"results", "report.txt"}) {
    planted += mkfifo((folder + "/" + name).c_str(), 0666) == 0 ? 1 : 0;
  }
  std::printf("planted %d\n", planted);
}
