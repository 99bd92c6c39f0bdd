// Takes the place of the bundled pages where the program is built without Node.
#include "grader/report/html/assets.hpp"

namespace pset3::report::html {

const Assets& assets() {
  static const Assets kNone = {};
  return kNone;
}

}  // namespace pset3::report::html
