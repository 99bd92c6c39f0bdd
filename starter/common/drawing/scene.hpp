#pragma once

#include <vector>

#include "starter/common/drawing/embree.hpp"
#include "starter/common/drawing/rendering.hpp"

namespace pset3::drawing {

/// What Embree does not keep for us: how each geometry looks. Indexed by its id.
struct Look {
  Colour colour = Colour::Ones();
  bool smooth = false;      ///< normals are interpolated
  bool with_edges = false;  ///< the rim of each face is dark
};

/// Inside of a Scene; only the renderer includes this.
struct Scene::Contents {
  RTCDevice device = nullptr;
  RTCScene scene = nullptr;
  std::vector<Look> looks;

  Contents();
  ~Contents();
  Contents(const Contents&) = delete;
  Contents& operator=(const Contents&) = delete;

  /// Hands a filled geometry to Embree and remembers its look.
  void attach(RTCGeometry geometry, const Look& look);
};

}  // namespace pset3::drawing
