#include "grader/base/csv.hpp"

#include <algorithm>
#include <utility>

#include "grader/base/text.hpp"

namespace pset3 {
namespace {

char separator_of(std::string_view csv) {
  const std::string_view head = csv.substr(0, csv.find('\n'));
  const auto count = [&](char c) { return std::count(head.begin(), head.end(), c); };
  if (count('\t') > count(',') && count('\t') > count(';')) return '\t';
  return count(';') > count(',') ? ';' : ',';
}

bool begins_a_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
}

}  // namespace

CsvTable read_csv(std::string_view csv) {
  if (csv.substr(0, 3) == "\xEF\xBB\xBF") csv.remove_prefix(3);
  CsvTable table;
  table.separator = separator_of(csv);
  CsvLine line{1, {}};
  std::size_t number = 1;
  std::string cell;
  bool is_quoted = false;
  const auto end_cell = [&] { line.cells.push_back(trimmed(std::exchange(cell, ""))); };
  const auto end_line = [&] {
    end_cell();
    const bool is_empty = std::all_of(line.cells.begin(), line.cells.end(),
                                      [](const auto& text) { return text.empty(); });
    if (!is_empty) table.lines.push_back(std::move(line));
    line = {number, {}};
  };
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (c == '\n') ++number;
    if (c == '"') {
      if (is_quoted && csv.substr(i + 1, 1) == "\"")
        cell += csv[++i];
      else
        is_quoted = !is_quoted;
    } else if (!is_quoted && c == table.separator) {
      end_cell();
    } else if (!is_quoted && c == '\n') {
      end_line();
    } else {
      cell += c;
    }
  }
  end_line();
  return table;
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += ',';
    if (cells[i].find_first_of(",;\"\r\n\t") == std::string::npos) {
      line += cells[i];
      continue;
    }
    line += '"';
    for (const char c : cells[i]) line += c == '"' ? "\"\"" : std::string(1, c);
    line += '"';
  }
  return line + "\r\n";
}

std::string without_formula(std::string_view text) {
  return (begins_a_formula(text) ? "'" : "") + std::string(text);
}

std::string with_formula(std::string_view cell) {
  const bool is_marked = cell.substr(0, 1) == "'" && begins_a_formula(cell.substr(1));
  return std::string(is_marked ? cell.substr(1) : cell);
}

}  // namespace pset3
