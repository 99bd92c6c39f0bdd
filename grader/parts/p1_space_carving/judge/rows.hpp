#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "grader/arrays/array.hpp"

namespace pset3::judge::p1 {

/// An (N, 3) F64 array, row by row.
struct Rows {
  const double* values = nullptr;
  std::size_t count = 0;
  const double* operator[](std::size_t row) const { return values + 3 * row; }
};
/// @throws std::invalid_argument when the array is not F64 (N, 3).
Rows rows_of(const arrays::Array& array);

/// Finds rows by their values. The rows must be distinct and outlive the index.
class RowIndex {
 public:
  explicit RowIndex(Rows rows);
  ~RowIndex();
  RowIndex(const RowIndex&) = delete;
  RowIndex& operator=(const RowIndex&) = delete;

  /// The row with exactly these three values (0 and -0 are one value).
  std::optional<std::size_t> exact(const double* row) const;
  /// The row that these three values differ from by no more than a millionth of the largest
  /// coordinate: what a cast to float does.
  std::optional<std::size_t> near(const double* row) const;
  std::size_t size() const { return rows_.count; }

 private:
  class Table;
  Rows rows_;
  double tolerance_ = 0.0;
  std::unique_ptr<Table> exact_;
  mutable std::unique_ptr<Table> near_;  // made when it is first needed: seldom
};

/// Where the rows of an answer come from.
struct RowMatch {
  std::vector<std::uint32_t> copies;  ///< how often each row of the index occurs, exactly or nearly
  std::size_t foreign = 0;            ///< rows that are near to none of the index
  std::size_t moved = 0;              ///< rows that are near to one, and not equal
  std::size_t repeated = 0;           ///< rows that occurred before
  std::optional<std::size_t> first_foreign;
  std::optional<std::size_t> first_moved;
  std::optional<std::size_t> first_repeated;
  bool has(std::size_t row) const { return copies[row] > 0; }
};
RowMatch match(const RowIndex& index, Rows answer);

/// Appends to a sketch whether the first and the last row of the index occur: a loop that begins
/// or ends one too late loses no other.
void append_ends(const RowMatch& matched, std::vector<double>& sketch);

}  // namespace pset3::judge::p1
