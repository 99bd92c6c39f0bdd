#include "grader/parts/p1_space_carving/judge/rows.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace pset3::judge::p1 {
namespace {

using Key = std::array<std::int64_t, 3>;

constexpr std::uint32_t kFree = std::numeric_limits<std::uint32_t>::max();

Key bits_of(const double* row) {
  // Adding zero turns -0 into 0.
  return {std::bit_cast<std::int64_t>(row[0] + 0.0), std::bit_cast<std::int64_t>(row[1] + 0.0),
          std::bit_cast<std::int64_t>(row[2] + 0.0)};
}

std::uint64_t hash_of(const Key& key) {
  std::uint64_t state = 0;
  for (const std::int64_t part : key) {
    state = (state ^ static_cast<std::uint64_t>(part)) * 0x9E3779B97F4A7C15ull;
    state ^= state >> 29;
  }
  return state;
}

/// A double that may be huge, as a cell number.
std::int64_t cell(double value, double size) {
  return static_cast<std::int64_t>(std::clamp(std::floor(value / size), -9e18, 9e18));
}

}  // namespace

/// A hash table without removal: open addressing, at most half full. std::unordered_map takes
/// several times as long for a million rows.
class RowIndex::Table {
 public:
  explicit Table(std::vector<Key> keys)
      : keys_(std::move(keys)), slots_(std::bit_ceil(2 * keys_.size() + 1), kFree) {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const std::size_t slot = slot_of(keys_[i]);
      if (slots_[slot] == kFree) slots_[slot] = static_cast<std::uint32_t>(i);
    }
  }

  std::optional<std::size_t> find(const Key& key) const {
    const std::uint32_t found = slots_[slot_of(key)];
    if (found == kFree) return std::nullopt;
    return found;
  }

 private:
  std::size_t slot_of(const Key& key) const {
    std::size_t slot = hash_of(key) & (slots_.size() - 1);
    while (slots_[slot] != kFree && keys_[slots_[slot]] != key) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    return slot;
  }

  std::vector<Key> keys_;
  std::vector<std::uint32_t> slots_;
};

Rows rows_of(const arrays::Array& array) {
  if (array.shape().size() != 2 || array.shape()[1] != 3) {
    throw std::invalid_argument("expected F64 (N, 3), got " + describe(array));
  }
  return {array.data<double>(), static_cast<std::size_t>(array.shape()[0])};
}

RowIndex::RowIndex(Rows rows) : rows_(rows) {
  double largest = 0.0;
  std::vector<Key> keys;
  keys.reserve(rows.count);
  for (std::size_t i = 0; i < rows.count; ++i) {
    keys.push_back(bits_of(rows[i]));
    for (int axis = 0; axis < 3; ++axis) largest = std::max(largest, std::abs(rows[i][axis]));
  }
  tolerance_ = std::max(1e-6 * largest, std::numeric_limits<double>::min());
  exact_ = std::make_unique<Table>(std::move(keys));
}

RowIndex::~RowIndex() = default;

std::optional<std::size_t> RowIndex::exact(const double* row) const {
  return exact_->find(bits_of(row));
}

std::optional<std::size_t> RowIndex::near(const double* row) const {
  const double size = 4 * tolerance_;
  if (!near_) {
    std::vector<Key> keys;
    keys.reserve(rows_.count);
    for (std::size_t i = 0; i < rows_.count; ++i) {
      const double* own = rows_[i];
      keys.push_back({cell(own[0], size), cell(own[1], size), cell(own[2], size)});
    }
    near_ = std::make_unique<Table>(std::move(keys));
  }
  for (unsigned corner = 0; corner < 8; ++corner) {
    Key key{};
    for (unsigned axis = 0; axis < 3; ++axis) {
      const double shift = (corner >> axis & 1u) != 0 ? tolerance_ : -tolerance_;
      key[axis] = cell(row[axis] + shift, size);
    }
    const std::optional<std::size_t> found = near_->find(key);
    if (!found) continue;
    const double* own = rows_[*found];
    const double distance =
        std::max({std::abs(own[0] - row[0]), std::abs(own[1] - row[1]), std::abs(own[2] - row[2])});
    if (distance <= tolerance_) return found;
  }
  return std::nullopt;
}

RowMatch match(const RowIndex& index, Rows answer) {
  RowMatch result;
  result.copies.assign(index.size(), 0);
  for (std::size_t i = 0; i < answer.count; ++i) {
    std::optional<std::size_t> found = index.exact(answer[i]);
    if (!found) {
      found = index.near(answer[i]);
      (found ? result.moved : result.foreign) += 1;
      std::optional<std::size_t>& first = found ? result.first_moved : result.first_foreign;
      if (!first) first = i;
    }
    if (!found) continue;
    if (result.copies[*found]++ > 0) {
      ++result.repeated;
      if (!result.first_repeated) result.first_repeated = i;
    }
  }
  return result;
}

void append_ends(const RowMatch& matched, std::vector<double>& sketch) {
  if (matched.copies.empty()) return;
  sketch.push_back(matched.has(0) ? 1.0 : 0.0);
  sketch.push_back(matched.has(matched.copies.size() - 1) ? 1.0 : 0.0);
}

}  // namespace pset3::judge::p1
