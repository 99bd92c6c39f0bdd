#include "grader/judge/input_sizes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace pset3::judge {
namespace {

bool same_number(double a, double b) {
  return std::abs(a - b) <= 2e-4 * std::max(std::abs(a), std::abs(b));
}

void add_sizes_of(const std::string& name, const std::vector<std::int64_t>& shape,
                  arrays::DType dtype, std::vector<Size>& sizes) {
  double all = 1.0;
  const std::vector<std::string> axes = axes_of(dtype, shape.size());
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const auto size = static_cast<double>(shape[axis]);
    all *= size;
    sizes.push_back({fmt::format("{}s_of_{}", axes[axis], name),
                     fmt::format("the number of {}s of \"{}\"", axes[axis], name), size});
  }
  if (shape.size() > 1) {
    sizes.push_back(
        {"values_of_" + name, fmt::format("the number of values of \"{}\"", name), all});
  }
}

/// Single numbers first: they are most likely meant.
std::vector<Size> sizes_in(const OutputPair& pair) {
  std::vector<Size> sizes;
  std::vector<Size> of_axes;
  for (const auto& [name, array] : *pair.inputs) {
    if (array.element_count() == 1) {
      sizes.push_back({name, "\"" + name + "\"", numbers_of(array)[0]});
    } else {
      add_sizes_of(name, array.shape(), array.dtype(), of_axes);
    }
  }
  add_sizes_of(pair.name, pair.shape, pair.dtype, of_axes);
  sizes.insert(sizes.end(), of_axes.begin(), of_axes.end());
  return sizes;
}

}  // namespace

std::optional<Size> size_with(const std::vector<OutputPair>& pairs,
                              const std::vector<double>& wanted) {
  std::vector<Size> left = sizes_in(pairs[0]);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::vector<Size> here = sizes_in(pairs[i]);
    std::erase_if(left, [&](const Size& size) {
      const auto own = std::find_if(here.begin(), here.end(),
                                    [&](const Size& other) { return other.slug == size.slug; });
      return own == here.end() || !same_number(own->value, wanted[i]);
    });
  }
  if (left.empty()) return std::nullopt;
  return left[0];
}

}  // namespace pset3::judge
