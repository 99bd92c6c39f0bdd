#pragma once

#include <cstdint>
#include <exception>
#include <stdexcept>

#include "starter/common/errors.hpp"

namespace pset3::run {

/// How a dataset's get() answers an index that there is no example of: 0 = it returned one, 1 = it
/// threw std::out_of_range, 2 = it threw something else.
/// @throws NotImplemented that a stub throws
template <typename Dataset>
std::int64_t refusal_of(const Dataset& dataset, std::int64_t index) {
  try {
    dataset.get(index);
  } catch (const std::out_of_range&) {
    return 1;
  } catch (const NotImplemented&) {
    throw;
  } catch (const std::exception&) {
    return 2;
  }
  return 0;
}

}  // namespace pset3::run
