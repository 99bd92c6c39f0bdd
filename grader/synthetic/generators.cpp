#include "grader/synthetic/generators.hpp"

#include "grader/synthetic/p0_neural_nets.hpp"
#include "grader/synthetic/p1_space_carving.hpp"
#include "grader/synthetic/p2_representation_learning.hpp"

namespace pset3::synthetic {

Generators all_generators() {
  Generators all;
  all.merge(p0::generators());
  all.merge(p1::generators());
  all.merge(p2::generators());
  return all;
}

}  // namespace pset3::synthetic
