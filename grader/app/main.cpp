#include <cstdlib>

#include "grader/app/app.hpp"
#include "grader/parts/parts.hpp"

namespace {

std::string from_environment(const char* name, const char* fallback) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : fallback;
}

}  // namespace

int main(int argc, char** argv) {
  const pset3::build::Home home{from_environment("PSET3_HOME", PSET3_SOURCE_DIR),
                                from_environment("PSET3_OBJECTS", PSET3_OBJECTS_DIR)};
  return pset3::app::run(argc, argv, {home, pset3::parts::all()});
}
