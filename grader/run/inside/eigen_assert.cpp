#include "grader/run/inside/eigen_assert.hpp"

#include <stdexcept>
#include <string>

namespace pset3::inside {

void eigen_assertion_failed(const char* expression) {
  throw std::logic_error(std::string("Eigen: a size or an index is wrong; this must hold: ") +
                         expression);
}

}  // namespace pset3::inside
