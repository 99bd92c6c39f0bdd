#include "grader/gradebook/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "grader/base/csv.hpp"
#include "grader/base/error.hpp"
#include "grader/base/letter_case.hpp"
#include "grader/gradebook/person_name.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {
namespace {

constexpr const char* kWho = "student";
constexpr const char* kName = "name";
constexpr std::size_t kCommentBytes = 4000;

/// What a line is found by: the school's number, else the address, else the name.
std::string who_is(const Student& student) {
  if (!student.school_id.empty()) return student.school_id;
  return student.email.empty() ? student.name : student.email;
}

std::string comment_title(const std::string& item) { return item + " comment"; }

std::optional<double> number_in(std::string cell, char separator) {
  // Where lines are split at semicolons, a comma is a decimal point.
  if (separator == ';') std::replace(cell.begin(), cell.end(), ',', '.');
  double value = 0.0;
  const char* const end = cell.data() + cell.size();
  const auto [stop, error] = std::from_chars(cell.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

struct Columns {
  std::size_t who = 0;
  std::optional<std::size_t> name;
  std::map<std::string, std::size_t> points, comments;  ///< by item
};

Columns columns_of(const CsvLine& head, const std::vector<Item>& items) {
  Columns columns;
  std::optional<std::size_t> who;
  for (std::size_t i = 0; i < head.cells.size(); ++i) {
    const std::string& title = head.cells[i];
    if (title == kWho) who = i;
    if (title == kName) columns.name = i;
    for (const Item& item : items) {
      if (!item.is_written) continue;
      // "p1.e.written (5 points)"
      if (title.substr(0, title.find(" (")) == item.id) columns.points[item.id] = i;
      if (title == comment_title(item.id)) columns.comments[item.id] = i;
    }
  }
  if (!who || columns.points.empty()) {
    throw InputError(
        "the first line of the sheet must have a column \"student\" and one for a written "
        "question; `pset3 gradebook sheet` writes a sheet to fill in");
  }
  columns.who = *who;
  return columns;
}

class SheetReader {
 public:
  SheetReader(const std::vector<Item>& items, const std::vector<StudentRecord>& records) {
    for (const Item& item : items) items_[item.id] = &item;
    for (const StudentRecord& record : records) {
      for (const std::string& name :
           {record.student.school_id, record.student.email, record.student.name}) {
        if (name.empty()) continue;
        const auto [place, is_new] = records_.try_emplace(lowercase(name), &record);
        if (!is_new && place->second != &record) place->second = nullptr;
      }
    }
  }

  Sheet read(const CsvTable& table) {
    if (table.lines.empty()) throw InputError("the sheet is empty");
    const Columns columns = columns_of(table.lines[0], items_list());
    for (std::size_t i = 1; i < table.lines.size(); ++i) {
      read_line(table.lines[i], columns, table.separator);
    }
    return std::move(sheet_);
  }

 private:
  std::vector<Item> items_list() const {
    std::vector<Item> list;
    for (const auto& [id, item] : items_) list.push_back(*item);
    return list;
  }

  void fault(const CsvLine& line, const std::string& what) {
    sheet_.faults.push_back({line.number, what});
  }

  void read_line(const CsvLine& line, const Columns& columns, char separator) {
    const auto cell = [&](std::size_t column) {
      return column < line.cells.size() ? with_formula(line.cells[column]) : std::string();
    };
    const std::string who = report::one_line(cell(columns.who));
    const auto found = records_.find(lowercase(who));
    if (found == records_.end() || found->second == nullptr) {
      const bool is_unknown = found == records_.end();
      return fault(
          line, is_unknown ? fmt::format("there is no student \"{}\"", who)
                           : fmt::format("\"{}\" may be several students; write the number", who));
    }
    const auto [first, is_new] = seen_.try_emplace(found->second, line.number);
    if (!is_new) {
      return fault(line, fmt::format("{} stands in line {} too", who, first->second));
    }
    const std::string& name = found->second->student.name;
    const std::string told = columns.name ? report::one_line(cell(*columns.name)) : "";
    if (!told.empty() && words_in_order(told) != words_in_order(name)) {
      return fault(line, fmt::format("{} is {}, the line says {}", who, name, told));
    }
    for (const auto& [item, column] : columns.points) {
      const auto comment = columns.comments.find(item);
      take(line, *found->second, *items_.at(item), cell(column),
           comment == columns.comments.end() ? std::nullopt : std::optional(cell(comment->second)),
           separator);
    }
  }

  void take(const CsvLine& line, const StudentRecord& record, const Item& item,
            const std::string& points, const std::optional<std::string>& comment, char separator) {
    const auto known = record.scores.find(item.id);
    const std::string before = known == record.scores.end() ? "" : known->second.comment;
    const std::string text = comment ? report::block(*comment, kCommentBytes) : before;
    if (points.empty()) {
      ++(known == record.scores.end() ? sheet_.left_open : sheet_.left_as_is);
      if (!text.empty() && known == record.scores.end()) {
        fault(line, item.id + ": a comment and no points; write the points too");
      }
      return;
    }
    const std::optional<double> value = number_in(points, separator);
    if (!value) {
      return fault(line, fmt::format("{}: expected points, found \"{}\"", item.id,
                                     report::one_line(points, 40)));
    }
    try {
      require_points(item, *value);
    } catch (const InputError& error) {
      return fault(line, error.what());
    }
    const bool is_same =
        known != record.scores.end() && known->second.points == *value && before == text;
    if (is_same) {
      ++sheet_.unchanged;
    } else {
      sheet_.scores.push_back({record.student.id, item.id, *value, text});
    }
  }

  std::map<std::string, const Item*> items_;
  std::map<std::string, const StudentRecord*> records_;  ///< nullptr where several fit
  std::map<const StudentRecord*, std::size_t> seen_;
  Sheet sheet_;
};

}  // namespace

std::string sheet_of(const std::vector<Item>& items, const std::vector<StudentRecord>& records) {
  std::vector<std::string> head = {kWho, kName, "section"};
  for (const Item& item : items) {
    if (!item.is_written) continue;
    head.push_back(fmt::format("{} ({:g} points)", item.id, item.max_points));
    head.push_back(comment_title(item.id));
  }
  std::string csv = csv_line(head);
  for (const StudentRecord& record : records) {
    std::vector<std::string> cells = {without_formula(who_is(record.student)),
                                      without_formula(record.student.name),
                                      without_formula(record.student.section)};
    for (const Item& item : items) {
      if (!item.is_written) continue;
      const auto score = record.scores.find(item.id);
      const bool is_known = score != record.scores.end();
      cells.push_back(is_known ? fmt::format("{:g}", score->second.points) : "");
      cells.push_back(is_known ? without_formula(score->second.comment) : "");
    }
    csv += csv_line(cells);
  }
  return csv;
}

Sheet read_sheet(std::string_view csv, const std::vector<Item>& items,
                 const std::vector<StudentRecord>& records) {
  return SheetReader(items, records).read(read_csv(csv));
}

}  // namespace pset3::gradebook
