// pset3 with the tiny part instead of the real ones.

#include <cstdlib>

#include "grader/app/app.hpp"
#include "tests/tiny_part/parts.hpp"

int main(int argc, char** argv) {
  const char* home = std::getenv("PSET3_HOME");
  return pset3::app::run(argc, argv,
                         {{home != nullptr ? home : PSET3_TINY_HOME, PSET3_OBJECTS_DIR},
                          pset3::testing::tiny_parts()});
}
