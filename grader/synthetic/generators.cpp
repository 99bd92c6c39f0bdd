#include "grader/synthetic/generators.hpp"

#include "grader/synthetic/p0_neural_nets.hpp"
#include "grader/synthetic/p1_space_carving.hpp"
#include "grader/synthetic/p2_representation_learning.hpp"
#include "grader/synthetic/p3_supervised_depth.hpp"
#include "grader/synthetic/p4_unsupervised_depth.hpp"

namespace pset3::synthetic {

Generators all_generators() {
  Generators all;
  all.merge(p0::generators());
  all.merge(p1::generators());
  all.merge(p2::generators());
  all.merge(p3::generators());
  all.merge(p4::generators());
  return all;
}

}  // namespace pset3::synthetic
