#pragma once

/// Embree 3 (Debian 12) or 4 (Debian 13): they differ in how a ray is followed.
#if __has_include(<embree4/rtcore.h>)
#include <embree4/rtcore.h>
#else
#include <embree3/rtcore.h>
#endif

namespace pset3::drawing {

/// Finds the first thing that `ray` meets. The rays of one picture lie close together, and Embree
/// may use that. `ray.hit.geomID` stays as it was when the ray meets nothing.
inline void follow(RTCScene scene, RTCRayHit& ray) {
#if RTC_VERSION_MAJOR >= 4
  RTCIntersectArguments arguments;
  rtcInitIntersectArguments(&arguments);
  arguments.flags = RTC_RAY_QUERY_FLAG_COHERENT;
  rtcIntersect1(scene, &ray, &arguments);
#else
  RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  context.flags = RTC_INTERSECT_CONTEXT_FLAG_COHERENT;
  rtcIntersect1(scene, &context, &ray);
#endif
}

/// @returns true when nothing is in the way of `ray`.
inline bool is_free(RTCScene scene, RTCRay ray) {
#if RTC_VERSION_MAJOR >= 4
  rtcOccluded1(scene, &ray, nullptr);
#else
  RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  rtcOccluded1(scene, &context, &ray);
#endif
  return ray.tfar > 0.0F;  // Embree sets it to minus infinity when something is in the way
}

}  // namespace pset3::drawing
