#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pset3 {

struct CsvLine {
  std::size_t number = 0;  ///< of its first line in the file, from 1
  std::vector<std::string> cells;
};

struct CsvTable {
  char separator = ',';
  std::vector<CsvLine> lines;  ///< without those that are empty
};

/// Reads a table as spreadsheets and learning platforms write it: separated by commas, semicolons
/// or tabs (whichever the first line has most of), cells quoted where they need it, with or without
/// a byte order mark. Spaces around a cell are dropped.
CsvTable read_csv(std::string_view csv);

/// One line of RFC 4180, with its line end: cells with separators, quotes or line ends are quoted.
std::string csv_line(const std::vector<std::string>& cells);

/// Foreign text for a cell that spreadsheets must not take for a formula: what begins with one of
/// = + - @, a tab or a carriage return gets a single quote in front, as OWASP advises.
std::string without_formula(std::string_view text);
/// The text that was given to `without_formula`.
std::string with_formula(std::string_view cell);

}  // namespace pset3
